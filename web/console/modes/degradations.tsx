// Degraded mode: when values failed, how many orders were decided under it, and what came of them once good values were back.
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { DegradationView } from '../../../src/contracts/degradations.ts'
import { ask } from '../../shared/api.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Card } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { useText } from '../text.ts'
import { EndDegradation } from './end-degradation.tsx'
import { ReconcilePolicy } from './reconcile-policy.tsx'

export function Degradations() {
  const { t, label } = useText()
  const [open, setOpen] = useState<DegradationView | null>(null)
  const [ending, setEnding] = useState<DegradationView | null>(null)
  const list = usePaged({
    key: ['modes', 'degradations'],
    read: (cursor, signal) => ask('GET /degradations', { query: { cursor, limit: 10 }, signal }),
    live_ms: 15_000,
  })
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <LoadingRows />
  return (
    <Card id="degradations" title={t('degraded.title')} flush={list.items.length > 0}>
      {list.items.length === 0 && <p className="quiet">{t('degraded.none')}</p>}
      <ReconcilePolicy />
      {list.items.length > 0 && (
        <>
          <Rows items={list.items} onOpen={setOpen} onEnd={setEnding} />
          <MoreRows list={list} />
        </>
      )}
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        size={720}
        title={open === null ? '' : label('degraded.kind', open.kind)}
      >
        {open !== null && <Orders degradation={open} />}
      </Drawer>
      {ending !== null && <EndDegradation degradation={ending} onClose={() => setEnding(null)} />}
    </Card>
  )
}

interface RowsProps {
  readonly items: readonly DegradationView[]
  readonly onOpen: (degradation: DegradationView) => void
  readonly onEnd: (degradation: DegradationView) => void
}

function Rows({ items, onOpen, onEnd }: RowsProps) {
  const { t, label, format } = useText()
  return (
    <Table
      caption={t('degraded.title')}
      rows={items}
      rowKey={(one) => one.degradation_id}
      columns={[
        { key: 'kind', title: t('degraded.what'), cell: (one) => label('degraded.kind', one.kind) },
        {
          key: 'state',
          title: t('promotion.state'),
          cell: (one) => <State kind="degraded" state={one.state} plain />,
        },
        { key: 'since', title: t('promotion.from'), cell: (one) => format.moment(one.since) },
        {
          key: 'ended',
          title: t('promotion.until'),
          from: 'medium',
          cell: (one) => (one.ended_at === null ? '—' : format.moment(one.ended_at)),
        },
        {
          key: 'orders',
          title: t('degraded.orders'),
          align: 'right',
          cell: (one) => (
            <Button type="link" size="small" disabled={one.orders.decided === 0} onClick={() => onOpen(one)}>
              {format.number(one.orders.decided)}
            </Button>
          ),
        },
        {
          key: 'outcome',
          title: t('degraded.outcome'),
          from: 'medium',
          cell: (one) => outcomeOf(one, t, (count) => format.number(count)),
        },
        {
          key: 'dearer',
          title: t('degraded.dearer'),
          align: 'right',
          cell: (one) => format.money(one.dearer, one.currency),
        },
        {
          key: 'saved',
          title: t('degraded.saved'),
          align: 'right',
          from: 'wide',
          cell: (one) => format.money(one.saved, one.currency),
        },
        {
          key: 'end',
          title: '',
          align: 'right',
          cell: (one) =>
            one.available_actions.some((action) => action.allowed) && (
              <Button size="small" onClick={() => onEnd(one)}>
                {t('degraded.end')}
              </Button>
            ),
        },
      ]}
    />
  )
}

type Say = ReturnType<typeof useText>['t']

function outcomeOf({ orders }: DegradationView, t: Say, number: (count: number) => string): string {
  const { waiting, same, kept, moved, gone } = orders
  return t('degraded.outcome_sum', {
    waiting: number(waiting),
    same: number(same),
    kept: number(kept),
    moved: number(moved),
    gone: number(gone),
  })
}

function Orders({ degradation }: { degradation: DegradationView }) {
  const { t, format } = useText()
  const { degradation_id, cause, currency, end_reason } = degradation
  const list = usePaged({
    key: ['modes', 'degraded-orders', degradation_id],
    read: (cursor, signal) =>
      ask('GET /degradations/:degradation_id/orders', {
        params: { degradation_id },
        query: { cursor, limit: 50 },
        signal,
      }),
    live_ms: 15_000,
  })
  const money = (amount: number | null) => (amount === null ? '—' : format.money(amount, currency))
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <LoadingRows />
  return (
    <div className="stack">
      <p className="quiet">{cause}</p>
      {end_reason !== null && <p className="quiet">{t('degraded.ended_for', { reason: end_reason })}</p>}
      <Table
        caption={t('degraded.orders')}
        rows={list.items}
        rowKey={(one) => one.decision_id}
        columns={[
          {
            key: 'number',
            title: t('degraded.order'),
            cell: (one) => <Link to={`/app/orders/${one.order_id}`}>{one.number}</Link>,
          },
          {
            key: 'result',
            title: t('degraded.outcome'),
            cell: (one) => <State kind="reconciled" state={one.result ?? 'waiting'} plain />,
          },
          { key: 'now', title: t('degraded.cost_now'), align: 'right', cell: (one) => money(one.cost_now) },
          { key: 'best', title: t('degraded.cost_best'), align: 'right', cell: (one) => money(one.cost_best) },
        ]}
      />
      <MoreRows list={list} />
    </div>
  )
}
