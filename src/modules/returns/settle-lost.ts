// Lost parcels: a person chooses whether what they were worth is refunded or was sent again, for each unit once.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { endHolds, LOST_HOLD, loadOrders, type OrderFacts, orderProblem } from '../orders/index.ts'
import { oweRefunds, refundsFor } from './owe-refunds.ts'
import { returnProblem } from './problems.ts'
import { decidedLost, insertReturns } from './store.ts'

export interface LostChoice {
  readonly order_id: string
  readonly outcome: 'refund' | 'reshipped'
  readonly note: string | null
}

/** Decides all lost units of an order that are not decided yet; answers the id of the return that stands for them. Throws nothing_lost. */
export async function settleLost(tx: Tx, { order_id, outcome, note }: LostChoice): Promise<string> {
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown')
  const lines = await undecided(tx, order)
  if (lines.length === 0) throw returnProblem('nothing_lost', { order_id })
  const return_id = tx.newId()
  const reason = outcome === 'refund' ? 'lost' : 'reshipped'
  const { currency } = order
  await insertReturns(
    tx,
    [{ return_id, order_id, state: 'closed', reason, note, location_id: null, currency, at: tx.now }],
    lines.map((line) => ({ ...line, return_id })),
  )
  // The lines are counted already, as lost units that are refunded.
  const [owed = 0n] = outcome === 'refund' ? await oweRefunds(tx, [{ return_id, order, lines: [] }]) : []
  await publish(tx, [{ type: 'return.closed', subject: return_id, version: 1, data: { order: order_id } }])
  // What is owed holds the order until it was asked of payment.
  if (owed === 0n) await endLost(tx, [order])
  return return_id
}

/** What a refund of all lost units that are not decided yet would pay back. */
export async function previewLost(tx: Tx, order: OrderFacts): Promise<bigint> {
  const [amount = 0n] = await refundsFor(tx, [{ order, lines: await undecided(tx, order) }])
  return amount
}

async function undecided(tx: Tx, { order_id, lines }: OrderFacts) {
  const decided = new Map((await decidedLost(tx, [order_id])).map((row) => [row.line_no, row.refunded + row.reshipped]))
  return lines.flatMap(({ line_no, sku, units }) => {
    const quantity = units.lost - (decided.get(line_no) ?? 0)
    return quantity > 0 ? [{ order_id, line_no, sku, quantity }] : []
  })
}

/** Ends the holds of lost units: they are decided. */
export async function endLost(tx: Tx, orders: readonly OrderFacts[]): Promise<void> {
  await endHolds(
    tx,
    orders.flatMap((order) => order.holds.filter((hold) => hold.kind === LOST_HOLD).map((hold) => hold.hold_id)),
    'released',
  )
}
