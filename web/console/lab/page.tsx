// The lab: comparisons that were made, and a new one: orders of the past decided again under two sets of rules.
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { ComparisonRow } from '../../../src/contracts/lab.ts'
import { ask } from '../../shared/api.ts'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useStaffNames } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { Experiments } from './experiments.tsx'
import { NewComparison } from './new-comparison.tsx'
import '../styles/lab.css'

export function LabPage() {
  const { t } = useText()
  const may = useMay()
  const go = useNavigate()
  const [params, setParams] = useSearchParams()
  // A draft's own page leads here with its id: the comparison begins with it.
  const draft_id = params.get('draft')
  const [isAsking, setAsking] = useState(draft_id !== null)
  const close = () => {
    setAsking(false)
    setParams({}, { replace: true })
  }
  return (
    <Page
      title={t('lab.title')}
      extra={
        may('policies.write') && (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('lab.new')}
          </Button>
        )
      }
    >
      <AllocationTabs here="/app/lab" />
      <p className="quiet">{t('lab.text')}</p>
      <List />
      <Experiments />
      {isAsking && may('policies.write') && (
        <NewComparison draft_id={draft_id} onClose={close} onMade={(id) => void go(`/app/lab/${id}`)} />
      )}
    </Page>
  )
}

function List() {
  const { t } = useText()
  const list = usePaged<ComparisonRow>({
    key: ['lab', 'list'],
    read: (cursor, signal) => ask('GET /lab/comparisons', { query: { cursor, limit: 25 }, signal }),
    live_ms: 5_000,
  })
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <LoadingRows />
  if (list.items.length === 0)
    return (
      <section className="card">
        <Empty icon="chart" title={t('lab.none')}>
          {t('lab.none_text')}
        </Empty>
      </section>
    )
  return (
    <section className="card flush">
      <Rows items={list.items} />
      <MoreRows list={list} />
    </section>
  )
}

function isWhole({ state }: ComparisonRow): boolean {
  return state !== 'cancelled' && state !== 'failed'
}

function Rows({ items }: { items: readonly ComparisonRow[] }) {
  const { t, either, format } = useText()
  const go = useNavigate()
  const names = useStaffNames()
  const saved = ({ compared, currency }: ComparisonRow) =>
    compared.orders === 0 ? '—' : format.money(compared.cost_b - compared.cost_a, currency)
  return (
    <Table
      caption={t('lab.title')}
      rows={items}
      rowKey={(one) => one.comparison_id}
      onOpen={(one) => void go(`/app/lab/${one.comparison_id}`)}
      columns={[
        {
          key: 'name',
          title: t('lab.name'),
          cell: (one) => <Link to={`/app/lab/${one.comparison_id}`}>{one.name}</Link>,
        },
        { key: 'state', title: t('stock.state'), cell: (one) => <State kind="comparison" state={one.state} plain /> },
        { key: 'a', title: 'A', from: 'medium', cell: (one) => either(one.a.title.en, one.a.title.zh) },
        { key: 'b', title: 'B', from: 'medium', cell: (one) => either(one.b.title.en, one.b.title.zh) },
        {
          key: 'orders',
          title: t('lab.orders'),
          align: 'right',
          // of one that was stopped or failed, those that its figures stand on
          cell: (one) => format.number(isWhole(one) ? one.progress.all : one.progress.done),
        },
        { key: 'cost', title: t('lab.cost_difference'), align: 'right', cell: saved },
        {
          key: 'by',
          title: t('lab.by'),
          from: 'wide',
          cell: (one) => names.get(one.created_by.slice(one.created_by.indexOf(':') + 1)) ?? '—',
        },
        { key: 'at', title: t('lab.made'), from: 'wide', cell: (one) => <Ago at={one.created_at} /> },
      ]}
    />
  )
}
