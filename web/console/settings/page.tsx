// Settings: locations, people, keys for programs, webhooks; each with what it may and since when.
import { useSearchParams } from 'react-router'
import { useMay, useSession } from '../frame/session.tsx'
import { Facts, Page } from '../parts/page.tsx'
import { TabBar } from '../parts/tabs.tsx'
import { zoneName } from '../parts/zoned-field.ts'
import { useText } from '../text.ts'
import { ApiKeys } from './api-keys.tsx'
import { Locations } from './locations.tsx'
import { Staff } from './staff.tsx'
import { Webhooks } from './webhooks.tsx'
import '../styles/exceptions.css'

export function SettingsPage() {
  const { t } = useText()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const first = { key: 'merchant', name: t('settings.merchant'), children: <Merchant /> }
  const items = [
    first,
    ...(may('catalog.write') ? [{ key: 'locations', name: t('settings.locations'), children: <Locations /> }] : []),
    ...(may('identity.write')
      ? [
          { key: 'staff', name: t('settings.staff'), children: <Staff /> },
          { key: 'keys', name: t('settings.keys'), children: <ApiKeys /> },
        ]
      : []),
    ...(may('webhooks.write') ? [{ key: 'webhooks', name: t('settings.webhooks'), children: <Webhooks /> }] : []),
  ]
  const chosen = items.find(({ key }) => key === params.get('tab')) ?? first
  return (
    <Page title={t('nav.settings')}>
      <section className="card flush settings">
        <TabBar
          label={t('nav.settings')}
          tabs={items}
          chosen={chosen.key}
          onChoose={(key) => setParams({ tab: key }, { replace: true })}
        />
        {chosen.children}
      </section>
    </Page>
  )
}

function Merchant() {
  const { t, label, language } = useText()
  const session = useSession()
  return (
    <div className="page merchant">
      <Facts
        rows={[
          [t('settings.name'), session.merchant.name],
          [
            t('login.merchant'),
            <span key="code" className="mono">
              {session.merchant.code}
            </span>,
          ],
          [t('settings.currency'), session.merchant.base_currency],
          [t('settings.zone'), `${zoneName(session.merchant.time_zone, language)} (${session.merchant.time_zone})`],
          [t('settings.you'), `${session.name} · ${label('role', session.role)}`],
          [
            t('settings.api'),
            <a key="api" href="/reference" target="_blank" rel="noreferrer">
              /reference
            </a>,
          ],
        ]}
      />
    </div>
  )
}
