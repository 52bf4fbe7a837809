// The columns of the order list, and which of them this reader wants.
import { useSyncExternalStore } from 'react'
import type { OrderListItem } from '../../../src/contracts/views-orders.ts'
import { Icon } from '../parts/icon.tsx'
import { Pill, State } from '../parts/states.tsx'
import type { Column } from '../parts/table.tsx'
import { Ago, City, Money } from '../parts/values.tsx'
import { type Key, type Text, useText } from '../text.ts'

export const columnNames = [
  'number',
  'placed',
  'customer',
  'goods',
  'commercial',
  'money',
  'fulfilment',
  'service',
  'place',
  'channel',
  'promise',
  'external',
  'units',
  'total',
] as const
export type ColumnName = (typeof columnNames)[number]
const USUAL: readonly ColumnName[] = [
  'number',
  'placed',
  'customer',
  'goods',
  'commercial',
  'money',
  'fulfilment',
  'service',
  'place',
  'channel',
  'total',
]

export const columnTitles: Readonly<Record<ColumnName, Key>> = {
  number: 'column.number',
  placed: 'column.placed',
  customer: 'column.customer',
  goods: 'column.goods',
  commercial: 'axis.commercial',
  money: 'axis.money',
  fulfilment: 'axis.fulfilment',
  service: 'axis.service',
  place: 'column.place',
  channel: 'column.channel',
  promise: 'column.promise',
  external: 'column.external',
  units: 'column.units',
  total: 'column.total',
}

export function orderColumns(
  { t, format }: Text,
  channelName: (channel: string) => string,
): Readonly<Record<ColumnName, Column<OrderListItem>>> {
  const title = (name: ColumnName) => ({ key: name, title: t(columnTitles[name]) })
  return {
    number: {
      ...title('number'),
      cell: (order) => <OrderNumber order={order} urgent={t('orders.urgent')} />,
      width: 128,
    },
    placed: { ...title('placed'), cell: (order) => <Ago at={order.placed_at} />, width: 104 },
    customer: {
      ...title('customer'),
      cell: (order) => <span className="clip cell-name">{order.customer_name ?? t('orders.nameless')}</span>,
    },
    goods: {
      ...title('goods'),
      from: 'wide',
      cell: (order) => <Goods order={order} more={(count) => t('orders.more_lines', { count })} />,
    },
    commercial: {
      ...title('commercial'),
      cell: (order) => <State kind="commercial" state={order.axes.commercial} plain />,
    },
    money: { ...title('money'), cell: (order) => <State kind="money" state={order.axes.money} plain /> },
    fulfilment: {
      ...title('fulfilment'),
      cell: (order) => <State kind="fulfilment" state={order.axes.fulfilment} plain />,
    },
    service: { ...title('service'), cell: (order) => <Service order={order} /> },
    place: {
      ...title('place'),
      from: 'wide',
      cell: (order) => (
        <span className="clip cell-place">
          <City city={order.ship_city} region={order.ship_region} country={order.ship_country} />
        </span>
      ),
    },
    channel: {
      ...title('channel'),
      from: 'wide',
      cell: (order) => <span className="clip cell-place">{channelName(order.channel)}</span>,
    },
    promise: {
      ...title('promise'),
      cell: (order) => (order.promised_at === null ? '—' : format.date(order.promised_at)),
    },
    external: {
      ...title('external'),
      cell: (order) => <span className="mono clip cell-place">{order.external_id}</span>,
    },
    units: { ...title('units'), align: 'right', cell: (order) => format.number(order.units) },
    total: {
      ...title('total'),
      align: 'right',
      cell: (order) => <Money amount={order.total} currency={order.currency} strong />,
    },
  }
}

/** Holds come before everything else that service has to say. */
function Service({ order }: { order: OrderListItem }) {
  const { label } = useText()
  const [first, ...others] = order.holds
  if (first === undefined) {
    if (order.axes.service === 'clear') return <span className="quiet">—</span>
    return <State kind="service" state={order.axes.service} />
  }
  return (
    <Pill tone="bad" icon="pause">
      {label('hold', first)}
      {others.length > 0 ? ` +${others.length}` : ''}
    </Pill>
  )
}

function OrderNumber({ order, urgent }: { order: OrderListItem; urgent: string }) {
  return (
    <span className="row order-number">
      <span className="mono">{order.number}</span>
      {order.priority > 0 && (
        <span className="urgent" title={urgent}>
          <Icon name="bolt" size={14} />
          <span className="visually-hidden">{urgent}</span>
        </span>
      )}
    </span>
  )
}

function Goods({ order, more }: { order: OrderListItem; more: (count: number) => string }) {
  return (
    <span className="row cell-goods">
      <span className="clip">{order.first_title ?? '—'}</span>
      {order.line_count > 1 && <span className="quiet small nowrap">{more(order.line_count - 1)}</span>}
    </span>
  )
}

const KEPT = 'ordo.order-columns'
const listeners = new Set<() => void>()
let known: { text: string | null; columns: readonly ColumnName[] } = { text: null, columns: USUAL }

function read(): readonly ColumnName[] {
  const text = localStorage.getItem(KEPT)
  if (text !== known.text) {
    const wanted = text?.split(',') ?? []
    const columns = columnNames.filter((name) => wanted.includes(name))
    known = { text, columns: columns.length === 0 ? USUAL : columns }
  }
  return known.columns
}

/** The columns that this reader keeps, in the order of the list; null goes back to the usual ones. */
export function useColumnChoice(): readonly [readonly ColumnName[], (columns: readonly ColumnName[] | null) => void] {
  const chosen = useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
  const choose = (columns: readonly ColumnName[] | null) => {
    if (columns === null) localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, columns.join(','))
    for (const listener of listeners) listener()
  }
  return [chosen, choose]
}
