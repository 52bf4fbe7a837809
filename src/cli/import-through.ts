// Imported orders all the way to the customer's door: automatic steps, the floor and the carriers played, then the returns. Holds stay: people end them.
import { setTimeout as wait } from 'node:timers/promises'
import { applyReturns, formatMicro, type GivenBack, parseMicro } from '../modules/intake/index.ts'
import type { OrderFacts } from '../modules/orders/index.ts'
import { returnUnits } from '../modules/returns/index.ts'
import { recordScans } from '../modules/tracking/index.ts'
import { nextToRush, type RushedParcel, type RushPlace, rushFulfilments } from '../modules/warehouse/index.ts'
import { DAY_MS, later } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { drain, type Step } from '../platform/engine/index.ts'
import type { Context, Runtime } from '../platform/runtime.ts'
import { type Standing, standingOf } from './import-standing.ts'

export interface ThroughOutcome extends Standing {
  readonly run_id: string
  readonly parcels: number
  readonly returns: readonly { readonly state: string; readonly rows: number; readonly units: number }[]
  readonly seconds: number
}

const ROUNDS_AT_MOST = 50
const FULFILMENTS_AT_ONCE = 100
const LINES_AT_ONCE = 3_000

export interface Through {
  readonly steps: ReadonlyMap<string, Step>
  readonly run_id: string
  readonly currency: string
  /** The floor is played for orders of this channel alone. */
  readonly channel: string
  /** Refreshes the figures of the planner: tables that were empty a minute ago hold hundreds of thousands of rows. */
  readonly analyse: () => Promise<void>
}

/** Runs until nothing more moves; answers how the orders of the import stand then. */
export async function carryThrough(
  context: Context,
  { steps, run_id, currency, channel, analyse }: Through,
): Promise<ThroughOutcome> {
  const began_ms = performance.now()
  const { runtime, tenant } = context
  let parcels = 0
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    await analyse()
    await work(runtime, steps, tenant, nothing())
    await analyse()
    const sent = await work(runtime, steps, tenant, sendAll(context, channel))
    parcels += sent
    if (sent === 0) break
  }
  const returns = await work(runtime, steps, tenant, applyReturns(context, run_id, takeBack))
  const seconds = (performance.now() - began_ms) / 1000
  return { run_id, ...(await standingOf(context, run_id, currency)), parcels, returns, seconds }
}

const IDLE_MS = 20

/**
 * Runs the tenant's steps until nothing is due and `feeding`, which makes more of them, has ended; answers what that answers. One batch at a time: the
 * baskets of an import share their SKUs, so batches of allocation at the same time would only wait for each other's stock rows.
 */
async function work<Fed>(
  runtime: Runtime,
  steps: ReadonlyMap<string, Step>,
  tenant: string,
  feeding: Promise<Fed>,
): Promise<Fed> {
  let isFed = false
  const fed = feeding.finally(() => {
    isFed = true
  })
  const lane = async () => {
    for (;;) {
      const last = isFed
      const jobs = await drain(runtime, steps, tenant)
      if (jobs === 0 && last) return
      if (jobs === 0) await wait(IDLE_MS)
    }
  }
  const [answer] = await Promise.all([fed, lane()])
  return answer
}

async function nothing(): Promise<void> {}

// A day after it was placed an order leaves, two days later it is there; never in the future.
async function sendAll(context: Context, channel: string): Promise<number> {
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
    // One transaction: a kill between hand-over and arrival would leave parcels that nobody sends on.
    const parcels = await context.transaction(async (tx) => {
      const rushed = await rushFulfilments(tx, ids, leavesAt, (order) => order.channel === channel)
      await recordScans(
        tx,
        rushed.map((parcel) => arrival(parcel, past)),
      )
      return rushed
    })
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

// Each answer is used once: a file may give the same units of the same line back twice at the same minute.
async function takeBack(tx: Tx, entries: readonly GivenBack[]) {
  const { accepted, refused } = await returnUnits(tx, entries)
  const [done, not] = [[...accepted], [...refused]]
  return entries.map((entry) => {
    const taken = takeSame(done, entry)
    if (taken !== undefined) return { return_id: taken.return_id, problem: null }
    return { return_id: null, problem: `return_too_many: ${takeSame(not, entry)?.possible ?? 0} possible` }
  })
}

function takeSame<Answer extends GivenBack>(answers: Answer[], entry: GivenBack): Answer | undefined {
  const index = answers.findIndex(
    (one) =>
      one.order_id === entry.order_id &&
      one.line_no === entry.line_no &&
      one.quantity === entry.quantity &&
      one.at.getTime() === entry.at.getTime(),
  )
  return index < 0 ? undefined : answers.splice(index, 1)[0]
}

/** The outcome as people read it; `accepted` is what the rows of these orders are worth in the file. */
export function throughReport(outcome: ThroughOutcome, currency: string, accepted: string): string {
  const all = Object.values(outcome.orders).reduce((sum, { count }) => sum + count, 0)
  // not money: seconds
  const took = outcome.seconds.toFixed(1)
  const speed = Math.round(all / Math.max(outcome.seconds, 0.001))
  return [
    `to the end of the way: ${all} orders in ${took} s, ${speed} orders/s`,
    ...Object.entries(outcome.orders).map(
      ([state, { count, total }]) => `  ${state.padEnd(12)} ${String(count).padStart(8)} orders  ${total} ${currency}`,
    ),
    `  books        total ${outcome.money.total}, captured ${outcome.money.captured}, refunded ${outcome.money.refunded} ${currency}`,
    `  of the file  accepted ${accepted} ${currency}; kept in whole minor units the orders differ from it by ${difference(outcome.money.total, accepted)}`,
    `  units        ${Object.entries(outcome.units)
      .map(([bucket, count]) => `${count} ${bucket}`)
      .join(', ')}`,
    `  parcels      ${outcome.parcels} delivered`,
    ...outcome.returns.map(({ state, rows, units }) => `  returns      ${state}: ${rows} rows, ${units} units`),
    ...Object.entries(outcome.waiting).map(([reason, count]) => `  not at their end: ${count} orders, ${reason}`),
  ].join('\n')
}

function difference(books: string, file: string): string {
  return formatMicro((parseMicro(books) ?? 0n) - (parseMicro(file) ?? 0n))
}
