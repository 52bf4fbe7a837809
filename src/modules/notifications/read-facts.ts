// What a message says of its order, from the order and the data of its fact. Pure.
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { OrderFacts } from '../orders/index.ts'
import type { Facts } from './compose-message.ts'
import type { Message } from './store.ts'

const Line = Type.Object({ quantity: Type.Integer() })
// at most 5,000: an order has at most 2,000 lines
const Lines = Type.Array(Line, { maxItems: 5_000 })
const Data = Type.Object({
  amount: Type.Optional(Type.Integer()),
  complete: Type.Optional(Type.Boolean()),
  lines: Type.Optional(Lines),
  backordered: Type.Optional(Lines),
  arrives_at: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z$' })),
})

type OfOrder = Pick<
  Facts,
  'kind' | 'number' | 'currency' | 'total' | 'goods' | 'amount' | 'units' | 'whole' | 'arrives_at'
>

/** The figures of a message; units that nobody counted are those that stand in the order now. */
export function toldOf(message: Pick<Message, 'kind' | 'data'>, order: OrderFacts): OfOrder {
  const data = Value.Check(Data, message.data) ? message.data : {}
  const counted = (data.lines ?? data.backordered ?? []).reduce((sum, line) => sum + line.quantity, 0)
  const units = message.kind === 'backordered' && counted === 0 ? unitsIn(order, ['backordered']) : counted
  return {
    kind: message.kind,
    number: order.number,
    currency: order.currency,
    total: order.total,
    goods: order.lines.map(({ title, sku, ordered, net }) => ({ title: title ?? sku, quantity: ordered, net })),
    amount: BigInt(data.amount ?? 0),
    units,
    whole: isWhole(message, order, data.complete),
    arrives_at: data.arrives_at === undefined ? null : new Date(data.arrives_at),
  }
}

function isWhole({ kind }: Pick<Message, 'kind'>, order: OrderFacts, complete: boolean | undefined): boolean {
  if (complete !== undefined) return complete
  if (kind === 'cancelled') return order.commercial === 'cancelled' || order.commercial === 'rejected'
  const waiting = unitsIn(order, ['open', 'backordered', 'reserved', 'allocated', 'released', 'picked', 'packed'])
  return kind === 'delivered' ? waiting + unitsIn(order, ['shipped']) === 0 : waiting === 0
}

function unitsIn(order: OrderFacts, buckets: readonly (keyof OrderFacts['lines'][number]['units'])[]): number {
  return order.lines.reduce((sum, line) => sum + buckets.reduce((all, bucket) => all + line.units[bucket], 0), 0)
}
