// The orders of a disruption, the most urgent first: where each goes instead, what that costs, when it arrives, what became of it.
import { Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type AffectedOrder, affectedPlans, type DisruptionView } from '../../../src/contracts/disruptions.ts'
import { ask } from '../../shared/api.ts'
import { useLocations } from '../frame/places.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Card } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { Pill, State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { useText } from '../text.ts'
import { isMoving } from './disruption-data.ts'

type Plan = (typeof affectedPlans)[number]

export function AffectedOrders({ disruption }: { disruption: DisruptionView }) {
  const { t, label } = useText()
  const [plan, setPlan] = useState<Plan | ''>('')
  const { disruption_id, state } = disruption
  const list = usePaged({
    key: ['disruptions', 'orders', disruption_id, plan, state, disruption.progress.waiting],
    read: (cursor, signal) =>
      ask('GET /disruptions/:disruption_id/orders', {
        params: { disruption_id },
        query: { cursor, limit: 50, ...(plan === '' ? {} : { plan }) },
        signal,
      }),
    ...(isMoving(disruption) ? { live_ms: 2000 } : {}),
  })
  return (
    <Card
      id="disruption-orders"
      title={t('disruption.affected')}
      flush={list.items.length > 0}
      extra={
        <Select
          aria-label={t('disruption.filter')}
          value={plan}
          className="disruption-filter"
          options={[
            { value: '', label: t('disruption.every') },
            ...affectedPlans.map((value) => ({ value, label: label('affected', value) })),
          ]}
          onChange={setPlan}
        />
      }
    >
      {list.error !== null && list.data === undefined && (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data === undefined && list.error === null && <LoadingRows />}
      {list.data !== undefined && list.items.length === 0 && (
        <Empty icon="done" title={t('disruption.no_orders')}>
          {t('disruption.no_orders_text')}
        </Empty>
      )}
      {list.items.length > 0 && <Orders rows={list.items} currency={disruption.currency} />}
      <MoreRows list={list} />
    </Card>
  )
}

function Orders({ rows, currency }: { rows: readonly AffectedOrder[]; currency: string }) {
  const { t } = useText()
  return (
    <Table
      caption={t('disruption.affected')}
      rows={rows.map(asItIs)}
      rowKey={(row) => row.order_id}
      columns={[
        {
          key: 'number',
          title: t('disruption.order'),
          cell: (row) => (
            <Link to={`/app/orders/${row.order_id}`} className="mono">
              {row.number}
            </Link>
          ),
        },
        { key: 'way', title: t('disruption.way'), cell: (row) => <Way row={row} /> },
        {
          key: 'units',
          title: t('disruption.pieces'),
          align: 'right',
          cell: (row) => (row.unmet === 0 ? row.units : t('disruption.of', { left: row.unmet, all: row.units })),
        },
        {
          key: 'cost',
          title: t('disruption.cost'),
          align: 'right',
          cell: (row) => <Cost row={row} currency={currency} />,
        },
        { key: 'arrives', title: t('disruption.arrives'), from: 'medium', cell: (row) => <Arrives row={row} /> },
        { key: 'what', title: t('disruption.outcome'), cell: (row) => <Outcome row={row} /> },
      ]}
    />
  )
}

/** The plan ends where an order is asked back: what is back lies where it was, and of what is neither there nor where it went no figure of the plan holds. */
function asItIs(row: AffectedOrder): AffectedOrder {
  if (row.back === null || row.back === 'asked' || row.back === 'stays') return row
  const { cost_before, arrives_before } = row
  const now =
    row.back === 'returned'
      ? { cost_after: cost_before, arrives_after: arrives_before }
      : { cost_after: null, arrives_after: null }
  return { ...row, ...now, to: [], unmet: 0 }
}

function Way({ row }: { row: AffectedOrder }) {
  const { either, format, t } = useText()
  const places = useLocations()
  const names = (list: AffectedOrder['from']) =>
    format.list(
      list.map(({ location_id }) => {
        const known = places.find((place) => place.location_id === location_id)
        return known === undefined ? location_id : either(known.name, known.name_zh ?? null)
      }),
    )
  if (row.to.length === 0) return <span>{names(row.from)}</span>
  return (
    <span>
      {names(row.from)} <span aria-hidden="true">→</span>
      <span className="visually-hidden">{t('disruption.to')}</span> {names(row.to)}
    </span>
  )
}

function Cost({ row, currency }: { row: AffectedOrder; currency: string }) {
  const { format } = useText()
  if (row.cost_after === null) return <span className="quiet">—</span>
  const more = row.cost_before === null ? null : row.cost_after - row.cost_before
  return (
    <span className="money nowrap">
      {format.money(row.cost_after, currency)}
      {more !== null && more !== 0 && (
        <span className="quiet small">
          {' '}
          {more > 0 ? '+' : '−'}
          {format.money(Math.abs(more), currency)}
        </span>
      )}
    </span>
  )
}

function Arrives({ row }: { row: AffectedOrder }) {
  const { t, format } = useText()
  if (row.arrives_after === null) return <span className="quiet">—</span>
  const isLate = row.promised_at !== null && row.arrives_after > row.promised_at
  return (
    <span className="nowrap">
      {format.monthDay(row.arrives_after)}{' '}
      {isLate && (
        <Pill tone="warn" icon="clock">
          {t('disruption.too_late')}
        </Pill>
      )}
    </span>
  )
}

function Outcome({ row }: { row: AffectedOrder }) {
  const { either, label } = useText()
  const now = row.back ?? row.result ?? row.plan
  const why = ((): string | null => {
    if (row.back === 'stays') return row.back_cause === null ? null : label('disruption.stays', row.back_cause)
    if (row.back === 'inbox' || row.back === 'waits' || row.back === 'gone')
      return label('disruption.unplaced', row.back)
    return row.cause_text === null || row.back !== null ? null : either(row.cause_text.en, row.cause_text.zh)
  })()
  return (
    <>
      <State kind="affected" state={now} plain />
      {why !== null && <div className="quiet small">{why}</div>}
    </>
  )
}
