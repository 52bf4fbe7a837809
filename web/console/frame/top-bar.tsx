// Above every page: search, the reader's location, language, and who they are.
import { useQueryClient } from '@tanstack/react-query'
import { Dropdown, Tooltip } from 'antd'
import { ask } from '../../shared/api.ts'
import { Icon } from '../parts/icon.tsx'
import { switchLanguage, useText } from '../text.ts'
import { useChosenLocation, useLocations } from './places.ts'
import { enterSession, useSession } from './session.tsx'

export function TopBar({ onSearch, onHelp, onMenu }: { onSearch: () => void; onHelp: () => void; onMenu: () => void }) {
  const { t } = useText()
  const isMac = navigator.userAgent.includes('Mac')
  return (
    <header className="top-bar">
      <button type="button" className="ghost nav-button" aria-label={t('nav.label')} onClick={onMenu}>
        <Icon name="menu" />
      </button>
      <button type="button" className="search-button" onClick={onSearch} aria-keyshortcuts="/ Meta+K Control+K">
        <Icon name="search" />
        <span className="grow clip">{t('search.placeholder')}</span>
        <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <div className="row top-right">
        <LocationChoice />
        <LanguageChoice />
        <Tooltip title={t('help.title')}>
          <button type="button" className="ghost from-medium" aria-label={t('help.title')} onClick={onHelp}>
            <Icon name="help" />
          </button>
        </Tooltip>
        <PersonMenu />
      </div>
    </header>
  )
}

function LocationChoice() {
  const { t, either } = useText()
  const locations = useLocations()
  const [chosen, choose] = useChosenLocation()
  const here = locations.find((location) => location.location_id === chosen)
  const shown = here === undefined ? t('location.all') : either(here.name, here.name_zh)
  const items = [
    { key: '', label: t('location.all') },
    ...locations.map((location) => ({ key: location.location_id, label: either(location.name, location.name_zh) })),
  ]
  return (
    <Dropdown menu={{ items, selectedKeys: [chosen], onClick: ({ key }) => choose(key) }} trigger={['click']}>
      <button type="button" className="ghost labelled" aria-label={`${t('location.choose')}: ${shown}`}>
        <Icon name="pin" />
        <span className="clip from-medium">{shown}</span>
        <Icon name="down" size={12} />
      </button>
    </Dropdown>
  )
}

export function LanguageChoice() {
  const { language } = useText()
  const other = language === 'zh-CN' ? 'en' : 'zh-CN'
  return (
    <button
      type="button"
      className="ghost labelled"
      lang={other}
      onClick={() => void switchLanguage(other)}
      aria-label={other === 'en' ? 'EN: switch to English' : '中文：切换到中文'}
    >
      <Icon name="globe" />
      <span>{other === 'en' ? 'EN' : '中文'}</span>
    </button>
  )
}

function PersonMenu() {
  const { t, label } = useText()
  const session = useSession()
  const queries = useQueryClient()
  const logOut = () => {
    void ask('DELETE /session').finally(() => enterSession(queries, null))
  }
  const items = [
    {
      key: 'who',
      disabled: true,
      label: (
        <span className="person-card">
          <strong>{session.name}</strong>
          <span className="small">{session.email}</span>
          <span className="small">{label('role', session.role)}</span>
        </span>
      ),
    },
    { type: 'divider' as const },
    { key: 'out', icon: <Icon name="logout" />, label: t('session.log_out'), onClick: logOut },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className="avatar" aria-label={t('session.menu', { name: session.name })}>
        {[...session.name.trim()][0]?.toUpperCase() ?? '·'}
      </button>
    </Dropdown>
  )
}
