// Ordo's design tokens as Ant Design reads them; the same values are CSS variables in styles/tokens.css.
import type { ThemeConfig } from 'antd'

const LATIN = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial'
const HAN = '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei"'

/** Chinese faces come first where Chinese is read, so that Latin fallbacks never shape its punctuation. */
export function themeFor(language: string): ThemeConfig {
  return {
    token: {
      colorPrimary: '#2746c4',
      colorInfo: '#1d5fb8',
      colorSuccess: '#0b7a4b',
      colorWarning: '#9a5800',
      colorError: '#b42318',
      colorText: '#161b26',
      colorTextSecondary: '#4a5364',
      colorTextTertiary: '#5f6980',
      colorTextPlaceholder: '#6b7488',
      colorBorder: '#cfd4dc',
      colorBorderSecondary: '#e3e6eb',
      colorBgLayout: '#f5f6f8',
      colorFillAlter: '#f8f9fa',
      colorLink: '#2746c4',
      borderRadius: 6,
      borderRadiusLG: 10,
      controlHeight: 32,
      fontSize: 13,
      lineHeight: 1.5385,
      fontFamily: language === 'zh-CN' ? `${HAN}, ${LATIN}, sans-serif` : `${LATIN}, ${HAN}, sans-serif`,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      wireframe: false,
    },
    components: {
      Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Modal: { titleFontSize: 16 },
      Drawer: { paddingLG: 20 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
  }
}
