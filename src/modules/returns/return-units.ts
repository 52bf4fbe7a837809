// Returns in bulk, as an import knows them: what came back, when and why; requested, received, restocked and owed in one go.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { receiveReturn as bookReturn } from '../inventory/index.ts'
import { loadOrders, moveUnits, recordEvents } from '../orders/index.ts'
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

/** Takes back delivered units of many orders, each entry whole or not at all, in the order given. One return per order and moment. */
export async function returnUnits(tx: Tx, entries: readonly ReturnedUnits[]): Promise<BulkReturns> {
  if (entries.length === 0) return { accepted: [], refused: [], owed: new Map() }
  const orders = new Map(
    (
      await loadOrders(
        tx,
        entries.map((entry) => entry.order_id),
        { lock: true },
      )
    ).map((order) => [order.order_id, order]),
  )
  const lines = new Map(
    [...orders.values()].flatMap((order) =>
      order.lines.map((line): [string, { sku: string; left: number }] => [
        `${line.order_id} ${line.line_no}`,
        { sku: line.sku, left: line.units.delivered },
      ]),
    ),
  )
  const places = new Map(
    (await shippedFrom(tx, [...orders.keys()])).map((place) => [
      `${place.order_id} ${place.line_no}`,
      place.location_id,
    ]),
  )
  const accepted: (ReturnedUnits & { return_id: string; sku: string })[] = []
  const refused: (ReturnedUnits & { possible: number })[] = []
  const ids = new Map<string, string>()
  for (const entry of entries) {
    const known = lines.get(`${entry.order_id} ${entry.line_no}`)
    if (known === undefined || known.left < entry.quantity || !places.has(`${entry.order_id} ${entry.line_no}`))
      refused.push({ ...entry, possible: known?.left ?? 0 })
    else {
      known.left -= entry.quantity
      const moment = `${entry.order_id} ${entry.at.getTime()} ${entry.reason}`
      const return_id = ids.get(moment) ?? tx.newId()
      ids.set(moment, return_id)
      accepted.push({ ...entry, return_id, sku: known.sku })
    }
  }
  if (accepted.length === 0) return { accepted, refused, owed: new Map() }
  const parts = sumLines(accepted)
  const byReturn = [...Map.groupBy(parts, (part) => part.return_id).values()].flatMap((mine) => {
    const [first] = mine
    const order = first === undefined ? undefined : orders.get(first.order_id)
    return first === undefined || order === undefined ? [] : [{ first, order, lines: mine }]
  })
  await insertReturns(
    tx,
    byReturn.map(({ first, order }) => ({
      ...first,
      state: 'closed',
      note: null,
      location_id: places.get(`${first.order_id} ${first.line_no}`) ?? null,
      currency: order.currency,
    })),
    parts,
  )
  await moveUnits(
    tx,
    parts.flatMap((part) => [
      { ...part, from: 'delivered' as const, to: 'returned' as const },
      { ...part, from: 'returned' as const, to: 'restocked' as const },
    ]),
  )
  await bookReturn(
    tx,
    parts.flatMap((part) => {
      const location_id = places.get(`${part.order_id} ${part.line_no}`)
      return location_id === undefined
        ? []
        : [
            {
              location_id,
              sku: part.sku,
              quantity: part.quantity,
              condition: 'sellable' as const,
              reference: part.return_id,
            },
          ]
    }),
  )
  const amounts = await oweRefunds(
    tx,
    byReturn.map(({ first, order, lines: mine }) => ({ return_id: first.return_id, order, lines: mine })),
  )
  await recordEvents(
    tx,
    byReturn.map(({ first, order, lines: mine }, index) => ({
      order_id: order.order_id,
      type: 'order.returned',
      data: {
        return: first.return_id,
        reason: first.reason,
        at: first.at,
        refund: amounts[index],
        lines: mine.slice(0, LINES_TOLD).map(({ line_no, quantity }) => ({ line_no, quantity })),
      },
    })),
  )
  await publish(
    tx,
    byReturn.map(({ first }) => ({
      type: 'return.closed',
      subject: first.return_id,
      version: 1,
      data: { order: first.order_id },
    })),
  )
  const owed = new Map<string, bigint>()
  for (const [index, { order }] of byReturn.entries())
    owed.set(order.order_id, (owed.get(order.order_id) ?? 0n) + (amounts[index] ?? 0n))
  return { accepted: accepted.map(({ sku: _sku, ...entry }) => entry), refused, owed }
}

const LINES_TOLD = 200

/** One row per return and line: the same line may be named twice at one moment. */
function sumLines<Part extends { return_id: string; line_no: number; quantity: number }>(
  parts: readonly Part[],
): Part[] {
  return [...Map.groupBy(parts, (part) => `${part.return_id} ${part.line_no}`).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ ...first, quantity: same.reduce((sum, part) => sum + part.quantity, 0) }]
  })
}
