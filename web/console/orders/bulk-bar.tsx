// What is selected, and what can be done with all of it: one order after the other, each answered for itself, stoppable.
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Progress } from 'antd'
import { useRef, useState } from 'react'
import type { OrderListItem } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { sentence } from '../parts/conditions.tsx'
import { saveCsv } from '../parts/csv.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'

interface Run {
  readonly done: number
  readonly failed: readonly string[]
  readonly of: number
}

export function BulkBar({ orders, onDone }: { orders: readonly OrderListItem[]; onDone: () => void }) {
  const { t, format } = useText()
  const { modal, message } = App.useApp()
  const may = useMay()
  const bulk = useBulk(onDone)
  const note = t('bulk.hold_note')
  const hold = (order: OrderListItem) =>
    ask('POST /orders/:id/holds', {
      params: { id: order.order_id },
      body: { kind: 'manual', note, blocks: ['confirm', 'allocate', 'release', 'ship'] },
    })
  const cancel = (order: OrderListItem) =>
    ask('POST /orders/:id/cancellation', { params: { id: order.order_id }, body: { reason: 'other' } })
  const confirm = (title: string, content: string, work: (order: OrderListItem) => Promise<unknown>, danger: boolean) =>
    void modal.confirm({
      title,
      content,
      okText: title,
      okButtonProps: { danger },
      cancelText: t('action.back'),
      onOk: () =>
        void bulk
          .start(orders, work)
          .then(
            (failed) =>
              failed.length > 0 &&
              message.warning(t('bulk.failed', { count: failed.length, numbers: failed.slice(0, 5).join(', ') }), 8),
          ),
    })
  const count = { count: orders.length }
  return (
    <section className="bulk-bar" aria-label={t('bulk.selected', count)}>
      <strong>{t('bulk.selected', count)}</strong>
      {bulk.run === null ? (
        <>
          {may('orders.hold') && (
            <Button onClick={() => confirm(t('bulk.hold', count), t('bulk.hold_text'), hold, false)}>
              {t('action.hold')}
            </Button>
          )}
          {may('orders.cancel') && (
            <Button danger onClick={() => confirm(t('bulk.cancel', count), t('bulk.cancel_text'), cancel, true)}>
              {t('action.cancel_order')}
            </Button>
          )}
          <Button onClick={() => exportCsv(orders, t('nav.orders'), format.dateTime)}>{t('chart.csv')}</Button>
          <button type="button" className="ghost" aria-label={t('bulk.clear')} onClick={onDone}>
            <Icon name="cross" />
          </button>
        </>
      ) : (
        <>
          <Progress
            percent={Math.round((bulk.run.done / bulk.run.of) * 100)}
            size="small"
            className="bulk-progress"
            status="active"
            format={() => `${bulk.run?.done}/${bulk.run?.of}`}
          />
          <Button onClick={bulk.stop}>{t('action.stop')}</Button>
        </>
      )}
    </section>
  )
}

/** Runs one command over many orders, in order; answers the numbers of those that were refused. */
function useBulk(onDone: () => void) {
  const { t } = useText()
  const queries = useQueryClient()
  const [run, setRun] = useState<Run | null>(null)
  const isStopped = useRef(false)
  const start = async (
    orders: readonly OrderListItem[],
    work: (order: OrderListItem) => Promise<unknown>,
  ): Promise<readonly string[]> => {
    isStopped.current = false
    const failed: string[] = []
    for (const [index, order] of orders.entries()) {
      if (isStopped.current) break
      setRun({ done: index, failed, of: orders.length })
      await work(order).catch((error: unknown) =>
        failed.push(`${order.number} (${sentence(error, t('problem.unknown'))})`),
      )
    }
    setRun(null)
    onDone()
    await queries.invalidateQueries({ queryKey: ['orders'] })
    return failed
  }
  return {
    run,
    start,
    stop: () => {
      isStopped.current = true
    },
  }
}

function exportCsv(orders: readonly OrderListItem[], name: string, time: (at: string) => string): void {
  const head = [
    'number',
    'placed_at',
    'channel',
    'external_id',
    'commercial',
    'money',
    'fulfilment',
    'service',
    'units',
    'currency',
    'total_minor',
  ]
  const rows = orders.map((order) => [
    order.number,
    time(order.placed_at),
    order.channel,
    order.external_id,
    order.axes.commercial,
    order.axes.money,
    order.axes.fulfilment,
    order.axes.service,
    order.units,
    order.currency,
    order.total,
  ])
  saveCsv(name, head, rows)
}
