// Returns in bulk, as an import knows them: what came back, when and why; requested, received, restocked and owed in one go.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { receiveReturn as bookReturn } from '../inventory/index.ts'
import { loadOrders, moveUnits, type OrderFacts, recordEvents } from '../orders/index.ts'
import { shippedFrom } from '../warehouse/index.ts'
import { oweRefunds } from './owe-refunds.ts'
import { insertReturns } from './store.ts'

export interface ReturnedUnits {
  readonly order_id: string
  readonly line_no: number
  readonly quantity: number
  readonly reason: string
  readonly at: Date
}

export interface BulkReturns {
  readonly accepted: readonly (ReturnedUnits & { readonly return_id: string })[]
  /** More than was delivered and not returned before; nothing of these was done. */
  readonly refused: readonly (ReturnedUnits & { readonly possible: number })[]
  /** What the accepted are worth, by order: asked of payment by the step returns.refund. */
  readonly owed: ReadonlyMap<string, bigint>
}

/** Takes back delivered units of many orders, each entry whole or not at all, in the order given. One return per order, moment and reason. */
export async function returnUnits(tx: Tx, entries: readonly ReturnedUnits[]): Promise<BulkReturns> {
  if (entries.length === 0) return { accepted: [], refused: [], owed: new Map() }
  const order_ids = entries.map((entry) => entry.order_id)
  const orders = new Map((await loadOrders(tx, order_ids, { lock: true })).map((order) => [order.order_id, order]))
  const shipped = await shippedFrom(tx, [...orders.keys()])
  const places = new Map(shipped.map((place) => [`${place.order_id} ${place.line_no}`, place.location_id]))
  const { accepted, refused } = sortOut(tx, entries, orders, places)
  const parts = sumLines(accepted)
  const made = [...Map.groupBy(parts, (part) => part.return_id).values()].flatMap((lines): Made[] => {
    const [first] = lines
    const order = first === undefined ? undefined : orders.get(first.order_id)
    return first === undefined || order === undefined ? [] : [{ first, order, lines }]
  })
  if (made.length === 0) return { accepted, refused, owed: new Map() }
  await insertReturns(
    tx,
    made.map(({ first, order }) => ({ ...first, state: 'closed', note: null, currency: order.currency })),
    parts,
  )
  await moveBack(tx, parts)
  const amounts = await oweRefunds(
    tx,
    made.map(({ first, order, lines }) => ({ return_id: first.return_id, order, lines })),
  )
  await tell(tx, made, amounts)
  const owed = new Map<string, bigint>()
  for (const [index, { order }] of made.entries())
    owed.set(order.order_id, (owed.get(order.order_id) ?? 0n) + (amounts[index] ?? 0n))
  return { accepted, refused, owed }
}

type Part = ReturnedUnits & { readonly return_id: string; readonly sku: string; readonly location_id: string }

interface Made {
  readonly first: Part
  readonly order: OrderFacts
  readonly lines: readonly Part[]
}

function sortOut(
  tx: Tx,
  entries: readonly ReturnedUnits[],
  orders: ReadonlyMap<string, OrderFacts>,
  places: ReadonlyMap<string, string>,
) {
  const left = new Map<string, { readonly sku: string; units: number }>()
  for (const { lines } of orders.values())
    for (const line of lines)
      left.set(`${line.order_id} ${line.line_no}`, { sku: line.sku, units: line.units.delivered })
  const ids = new Map<string, string>()
  const accepted: Part[] = []
  const refused: (ReturnedUnits & { possible: number })[] = []
  for (const entry of entries) {
    const key = `${entry.order_id} ${entry.line_no}`
    const line = left.get(key)
    const location_id = places.get(key)
    if (line === undefined || location_id === undefined || line.units < entry.quantity) {
      refused.push({ ...entry, possible: line?.units ?? 0 })
      continue
    }
    line.units -= entry.quantity
    const moment = `${entry.order_id} ${entry.at.getTime()} ${entry.reason}`
    const return_id = ids.get(moment) ?? tx.newId()
    ids.set(moment, return_id)
    accepted.push({ ...entry, return_id, sku: line.sku, location_id })
  }
  return { accepted, refused }
}

async function moveBack(tx: Tx, parts: readonly Part[]): Promise<void> {
  await moveUnits(
    tx,
    parts.flatMap(({ order_id, line_no, quantity }) => [
      { order_id, line_no, quantity, from: 'delivered' as const, to: 'returned' as const },
      { order_id, line_no, quantity, from: 'returned' as const, to: 'restocked' as const },
    ]),
  )
  await bookReturn(
    tx,
    parts.map(({ location_id, sku, quantity, return_id }) => ({
      location_id,
      sku,
      quantity,
      condition: 'sellable',
      reference: return_id,
    })),
  )
}

async function tell(tx: Tx, made: readonly Made[], amounts: readonly bigint[]): Promise<void> {
  await recordEvents(
    tx,
    made.map(({ first, order, lines }, index) => ({
      order_id: order.order_id,
      type: 'order.returned',
      data: {
        return: first.return_id,
        reason: first.reason,
        at: first.at,
        refund: amounts[index],
        lines: lines.slice(0, LINES_TOLD).map(({ line_no, quantity }) => ({ line_no, quantity })),
      },
    })),
  )
  await publish(
    tx,
    made.map(({ first }) => ({
      type: 'return.closed',
      subject: first.return_id,
      version: 1,
      data: { order: first.order_id },
    })),
  )
}

const LINES_TOLD = 200

/** One row per return and line: the same line may be named twice at one moment. */
function sumLines(parts: readonly Part[]): Part[] {
  return [...Map.groupBy(parts, (part) => `${part.return_id} ${part.line_no}`).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ ...first, quantity: same.reduce((sum, part) => sum + part.quantity, 0) }]
  })
}
