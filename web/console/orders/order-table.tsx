// The order list itself: rows that the keyboard walks through, a selection for bulk work, cards on a narrow screen.
import { Checkbox } from 'antd'
import { useEffect, useRef } from 'react'
import type { OrderListItem } from '../../../src/contracts/views-orders.ts'
import { useChannelName } from '../frame/places.ts'
import { Pill, State } from '../parts/states.tsx'
import { cellClass, openUnlessControl } from '../parts/table.tsx'
import { Ago, Money } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { orderColumns, useColumnChoice } from './columns.tsx'

interface OrderTableProps {
  readonly orders: readonly OrderListItem[]
  /** The row that the keyboard is at. */
  readonly at: string | null
  readonly selected: ReadonlySet<string>
  readonly onPoint: (order_id: string) => void
  readonly onSelect: (order_ids: readonly string[], isOn: boolean) => void
}

export function OrderTable({ orders, at, selected, onPoint, onSelect }: OrderTableProps) {
  const text = useText()
  const { t } = text
  const [chosen] = useColumnChoice()
  const all = orderColumns(text, useChannelName())
  const columns = chosen.map((name) => all[name])
  const ids = orders.map((order) => order.order_id)
  const isAll = ids.length > 0 && ids.every((id) => selected.has(id))
  return (
    <div className="table-scroll order-table">
      <table className="table">
        <caption className="visually-hidden">{t('nav.orders')}</caption>
        <thead>
          <tr>
            <th scope="col" className="select-cell">
              <Checkbox
                aria-label={t('orders.select_all')}
                checked={isAll}
                indeterminate={!isAll && selected.size > 0}
                onChange={(event) => onSelect(ids, event.target.checked)}
              />
            </th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={cellClass(column)} style={{ width: column.width }}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Row key={order.order_id} isAt={order.order_id === at} onPoint={() => onPoint(order.order_id)}>
              <td className="select-cell">
                <Checkbox
                  aria-label={t('orders.select', { number: order.number })}
                  checked={selected.has(order.order_id)}
                  onChange={(event) => onSelect([order.order_id], event.target.checked)}
                />
              </td>
              {columns.map((column) => (
                <td key={column.key} className={cellClass(column)}>
                  {column.cell(order)}
                </td>
              ))}
            </Row>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ isAt, onPoint, children }: { isAt: boolean; onPoint: () => void; children: React.ReactNode }) {
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (isAt) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isAt])
  return (
    <tr
      ref={row}
      className={isAt ? 'at' : undefined}
      aria-current={isAt ? 'true' : undefined}
      onClick={(event) => openUnlessControl(event, onPoint)}
    >
      {children}
    </tr>
  )
}

/** One order as a card, for narrow screens. */
export function OrderCards({
  orders,
  onOpen,
}: {
  orders: readonly OrderListItem[]
  onOpen: (order: OrderListItem) => void
}) {
  const { t, label } = useText()
  return (
    <ul className="order-cards">
      {orders.map((order) => (
        <li key={order.order_id}>
          <button type="button" className="order-card" onClick={() => onOpen(order)}>
            <span className="row between">
              <span className="mono strong">{order.number}</span>
              <Money amount={order.total} currency={order.currency} strong />
            </span>
            <span className="row between">
              <span className="clip">{order.customer_name ?? t('orders.nameless')}</span>
              <span className="quiet small">
                <Ago at={order.placed_at} />
              </span>
            </span>
            <span className="clip quiet small">
              {order.first_title}
              {order.line_count > 1 ? ` ${t('orders.more_lines', { count: order.line_count - 1 })}` : ''}
            </span>
            <span className="row wrap">
              <State kind="commercial" state={order.axes.commercial} />
              <State kind="money" state={order.axes.money} />
              <State kind="fulfilment" state={order.axes.fulfilment} />
              {order.holds[0] !== undefined && (
                <Pill tone="bad" icon="pause">
                  {label('hold', order.holds[0])}
                </Pill>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
