// Settings: people, keys for programs, webhooks; each with what it may and since when.
import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useMay, useSession } from '../frame/session.tsx'
import { Facts, Page } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { ApiKeys } from './api-keys.tsx'
import { Staff } from './staff.tsx'
import { Webhooks } from './webhooks.tsx'
import '../styles/exceptions.css'

export function SettingsPage() {
  const { t } = useText()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const items = [
    { key: 'merchant', label: t('settings.merchant'), children: <Merchant /> },
    ...(may('identity.write')
      ? [
          { key: 'staff', label: t('settings.staff'), children: <Staff /> },
          { key: 'keys', label: t('settings.keys'), children: <ApiKeys /> },
        ]
      : []),
    ...(may('webhooks.write') ? [{ key: 'webhooks', label: t('settings.webhooks'), children: <Webhooks /> }] : []),
  ]
  return (
    <Page title={t('nav.settings')}>
      <section className="card flush settings">
        <Tabs
          activeKey={params.get('tab') ?? 'merchant'}
          onChange={(key) => setParams({ tab: key }, { replace: true })}
          items={items}
        />
      </section>
    </Page>
  )
}

function Merchant() {
  const { t, label } = useText()
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
          [t('settings.zone'), session.merchant.time_zone],
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
