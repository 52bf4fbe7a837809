// The merchant's name and colour above, help below, the language to choose; nothing else around the answer.
import type { CSSProperties, ReactNode } from 'react'
import type { ShopView } from '../../src/contracts/views-tracking.ts'
import { readable } from './colour.ts'
import { type Language, useWords } from './words.ts'

declare module 'react' {
  interface CSSProperties {
    '--brand'?: string
  }
}

export function Frame({
  shop,
  onLanguage,
  children,
}: {
  shop: ShopView | null
  onLanguage: (to: Language) => void
  children: ReactNode
}) {
  const { language, t } = useWords()
  const other = language === 'zh-CN' ? 'en' : 'zh-CN'
  const style: CSSProperties = shop?.colour == null ? {} : { '--brand': readable(shop.colour) }
  return (
    <div className="page" style={style}>
      <a className="skip" href="#answer">
        {t('skip')}
      </a>
      <header className="head">
        <span className="shop">{shop?.name ?? ''}</span>
        <button type="button" className="language" lang={other} onClick={() => onLanguage(other)}>
          {other === 'en' ? 'English' : '中文'}
        </button>
      </header>
      <main id="answer">{children}</main>
      {shop !== null && (shop.help_url !== null || shop.help_phone !== null) && <Help shop={shop} />}
    </div>
  )
}

function Help({ shop }: { shop: ShopView }) {
  const { t } = useWords()
  return (
    <footer className="help">
      <h2>{t('help.title')}</h2>
      <p className="quiet">{t('help.text', { shop: shop.name })}</p>
      <p className="help-ways">
        {shop.help_url !== null && (
          <a className="button" href={shop.help_url}>
            {t('help.write')}
          </a>
        )}
        {shop.help_phone !== null && (
          <a className="button plain" href={`tel:${shop.help_phone.replace(/[^+\d]/g, '')}`}>
            {t('help.call', { phone: shop.help_phone })}
          </a>
        )}
      </p>
    </footer>
  )
}
