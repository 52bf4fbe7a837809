// Disruptions: what is closed now, what is planned, what was; a new one, and one opened with its plan.
import { Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { DisruptionView } from '../../../src/contracts/disruptions.ts'
import { ask } from '../../shared/api.ts'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { Detail } from './detail.tsx'
import { NewDisruption } from './new-disruption.tsx'
import '../styles/rules.css'
import '../styles/disruptions.css'

export function DisruptionsPage() {
  const { t } = useText()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const [isDrafting, setDrafting] = useState(false)
  const id = params.get('id')
  const open = (disruption_id: string | null) => setParams(disruption_id === null ? {} : { id: disruption_id })
  return (
    <Page
      title={t('disruption.title')}
      extra={
        may('allocation.decide') &&
        id === null && (
          <Button type="primary" onClick={() => setDrafting(true)}>
            {t('disruption.new')}
          </Button>
        )
      }
    >
      <AllocationTabs here="/app/disruptions" />
      {id === null ? <List onOpen={open} /> : <Detail key={id} disruption_id={id} onBack={() => open(null)} />}
      {isDrafting && (
        <NewDisruption
          onClose={() => setDrafting(false)}
          onMade={(made) => {
            setDrafting(false)
            open(made)
          }}
        />
      )}
    </Page>
  )
}

function List({ onOpen }: { onOpen: (disruption_id: string) => void }) {
  const { t } = useText()
  const list = usePaged({
    key: ['disruptions', 'list'],
    read: (cursor, signal) => ask('GET /disruptions', { query: { cursor, limit: 25 }, signal }),
    live_ms: 10_000,
  })
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <LoadingRows />
  if (list.items.length === 0)
    return (
      <section className="card">
        <Empty icon="warehouse" title={t('disruption.none')}>
          {t('disruption.none_text')}
        </Empty>
      </section>
    )
  return (
    <section className="card flush">
      <Rows items={list.items} onOpen={onOpen} />
      <MoreRows list={list} />
    </section>
  )
}

function Rows({ items, onOpen }: { items: readonly DisruptionView[]; onOpen: (disruption_id: string) => void }) {
  const { t, label, either, format } = useText()
  return (
    <Table
      caption={t('disruption.title')}
      rows={items}
      rowKey={(one) => one.disruption_id}
      onOpen={(one) => onOpen(one.disruption_id)}
      columns={[
        {
          key: 'name',
          title: t('disruption.name'),
          cell: (one) => (
            <Button type="link" size="small" onClick={() => onOpen(one.disruption_id)}>
              {one.name}
            </Button>
          ),
        },
        {
          key: 'state',
          title: t('disruption.state'),
          cell: (one) => <State kind="disruption" state={one.state} plain />,
        },
        {
          key: 'reason',
          title: t('disruption.reason'),
          from: 'medium',
          cell: (one) => label('disruption.why', one.reason),
        },
        {
          key: 'where',
          title: t('disruption.where'),
          cell: (one) => format.list(one.locations.slice(0, 3).map((place) => either(place.name, place.name_zh))),
        },
        {
          key: 'orders',
          title: t('disruption.orders'),
          align: 'right',
          cell: (one) => format.number(one.totals.orders),
        },
        { key: 'from', title: t('disruption.from'), from: 'wide', cell: (one) => format.moment(one.from) },
        {
          key: 'until',
          title: t('disruption.until'),
          from: 'wide',
          cell: (one) => (one.until === null ? t('disruption.open_end') : format.moment(one.until)),
        },
        { key: 'made', title: t('disruption.made'), from: 'wide', cell: (one) => <Ago at={one.created_at} /> },
      ]}
    />
  )
}
