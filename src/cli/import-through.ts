// Imported orders all the way to the customer's door: automatic steps, holds released, the floor and the carriers played, then the returns.

import { applyReturns, type GivenBack, ordersOfRun } from '../modules/intake/index.ts'
import { endHolds, loadOrders, type OrderFacts } from '../modules/orders/index.ts'
import { balances } from '../modules/payment/index.ts'
import { returnUnits } from '../modules/returns/index.ts'
import { recordScans } from '../modules/tracking/index.ts'
import { nextToRush, type RushedParcel, type RushPlace, rushFulfilments } from '../modules/warehouse/index.ts'
import { DAY_MS, later } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { drain, type Step } from '../platform/engine/index.ts'
import { formatMinor } from '../platform/money.ts'
import type { Context } from '../platform/runtime.ts'

export interface ThroughOutcome {
  readonly run_id: string
  /** Orders by commercial state, with what their customers owe together. */
  readonly orders: Readonly<Record<string, { readonly count: number; readonly total: string }>>
  /** What the books say of money, all orders together. */
  readonly money: { readonly total: string; readonly captured: string; readonly refunded: string }
  /** Units of all lines by where they are. */
  readonly units: Readonly<Record<string, number>>
  readonly parcels: number
  readonly holds_released: number
  readonly returns: readonly { readonly state: string; readonly rows: number; readonly units: number }[]
}

const ROUNDS_AT_MOST = 50
const PAGE = 200
const FULFILMENTS_AT_ONCE = 100
const LINES_AT_ONCE = 3_000
const NOTE = 'released by the import: an order of the past'

/** Runs until nothing more moves; answers how the orders of the import stand then. */
export async function carryThrough(
  context: Context,
  steps: ReadonlyMap<string, Step>,
  run_id: string,
  currency: string,
): Promise<ThroughOutcome> {
  const { runtime, tenant } = context
  let parcels = 0
  let holds_released = 0
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    await drain(runtime, steps, tenant)
    const released = await releaseHolds(context, run_id)
    const sent = await sendAll(context)
    holds_released += released
    parcels += sent
    if (released + sent === 0) break
  }
  const returns = await applyReturns(context, run_id, takeBack)
  await drain(runtime, steps, tenant)
  return { run_id, ...(await standing(context, run_id, currency)), parcels, holds_released, returns }
}

async function* pagesOf(context: Context, run_id: string): AsyncGenerator<string[]> {
  for (let after = 0; ; ) {
    const rows = await context.transaction((tx) => ordersOfRun(tx, run_id, after, PAGE))
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => row.order_id)
    after = last.group_no
  }
}

// Nobody reviews an order of the past: what the rules hold is let go, and the note says by whom.
async function releaseHolds(context: Context, run_id: string): Promise<number> {
  let released = 0
  for await (const ids of pagesOf(context, run_id)) {
    const orders = await context.transaction((tx) => loadOrders(tx, ids, { lock: false }))
    const holds = orders.flatMap((order) => order.holds.map((hold) => hold.hold_id))
    if (holds.length === 0) continue
    await context.transaction((tx) => endHolds(tx, holds, 'released', NOTE))
    released += holds.length
  }
  return released
}

// A day after it was placed an order leaves, two days later it is there; never in the future.
async function sendAll(context: Context): Promise<number> {
  const now = context.runtime.clock.now()
  const past = (at: Date) => (at < now ? at : now)
  const leavesAt = (orders: readonly OrderFacts[]) => {
    const placed_ms = Math.max(...orders.map((order) => order.placed_at.getTime()))
    return past(later(new Date(placed_ms), DAY_MS))
  }
  let sent = 0
  let after: RushPlace | null = null
  for (;;) {
    const place: RushPlace | null = after
    const next: RushPlace[] = await context.transaction((tx) =>
      nextToRush(tx, place, FULFILMENTS_AT_ONCE, LINES_AT_ONCE),
    )
    const last = next.at(-1)
    if (last === undefined) return sent
    const ids = next.map((fulfilment) => fulfilment.fulfilment_id)
    const parcels = await context.transaction((tx) => rushFulfilments(tx, ids, leavesAt))
    await context.transaction((tx) =>
      recordScans(
        tx,
        parcels.map((parcel) => arrival(parcel, past)),
      ),
    )
    sent += parcels.length
    after = last
  }
}

function arrival(parcel: RushedParcel, past: (at: Date) => Date) {
  return {
    carrier: parcel.carrier,
    event_id: `import ${parcel.parcel_id}`,
    tracking_number: parcel.tracking_number,
    at: past(later(parcel.handed_over_at, 2 * DAY_MS)),
    code: 'delivered',
    place: null,
  }
}

async function takeBack(tx: Tx, entries: readonly GivenBack[]) {
  const { accepted, refused } = await returnUnits(tx, entries)
  const same = (a: GivenBack, b: GivenBack) =>
    a.order_id === b.order_id &&
    a.line_no === b.line_no &&
    a.quantity === b.quantity &&
    a.at.getTime() === b.at.getTime()
  return entries.map((entry) => {
    const done = accepted.find((one) => same(one, entry))
    if (done !== undefined) return { return_id: done.return_id, problem: null }
    const possible = refused.find((one) => same(one, entry))?.possible ?? 0
    return { return_id: null, problem: `return_too_many: ${possible} possible` }
  })
}

async function standing(
  context: Context,
  run_id: string,
  currency: string,
): Promise<Pick<ThroughOutcome, 'orders' | 'money' | 'units'>> {
  const totals = new Map<string, { count: number; total: bigint }>()
  const units: Record<string, number> = {}
  const money = { total: 0n, captured: 0n, refunded: 0n }
  for await (const ids of pagesOf(context, run_id)) {
    const [orders, paid] = await context.transaction(
      async (tx) => [await loadOrders(tx, ids, { lock: false }), await balances(tx, ids)] as const,
    )
    for (const order of orders) {
      const sum = totals.get(order.commercial) ?? { count: 0, total: 0n }
      totals.set(order.commercial, { count: sum.count + 1, total: sum.total + order.total })
      money.total += order.total
      for (const line of order.lines)
        for (const [bucket, count] of Object.entries(line.units))
          if (count > 0) units[bucket] = (units[bucket] ?? 0) + count
    }
    for (const { captured, refunded } of [...paid.values()].flat()) {
      money.captured += captured
      money.refunded += refunded
    }
  }
  const written = (amount: bigint) => formatMinor(amount, currency)
  return {
    orders: Object.fromEntries(
      [...totals].map(([state, { count, total }]) => [state, { count, total: written(total) }]),
    ),
    money: { total: written(money.total), captured: written(money.captured), refunded: written(money.refunded) },
    units,
  }
}

/** The outcome as people read it. */
export function throughReport(outcome: ThroughOutcome, currency: string): string {
  return [
    'to the end of the way:',
    ...Object.entries(outcome.orders).map(
      ([state, { count, total }]) => `  ${state.padEnd(12)} ${String(count).padStart(8)} orders  ${total} ${currency}`,
    ),
    `  books        total ${outcome.money.total}, captured ${outcome.money.captured}, refunded ${outcome.money.refunded} ${currency}`,
    `  units        ${Object.entries(outcome.units)
      .map(([bucket, count]) => `${count} ${bucket}`)
      .join(', ')}`,
    `  parcels      ${outcome.parcels} delivered, ${outcome.holds_released} holds released`,
    ...outcome.returns.map(({ state, rows, units }) => `  returns      ${state}: ${rows} rows, ${units} units`),
  ].join('\n')
}
