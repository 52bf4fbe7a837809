// The step of a replay: it lists the orders, then goes through them stretch by stretch, each in one transaction, so that a crash loses one stretch at most.
import { HOUR_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { deadLettersOf, type InsideStep, inside, schedule } from '../../platform/engine/index.ts'
import { factsAsOf } from '../../platform/facts.ts'
import { REPLAY } from './ask-comparison.ts'
import { ORDERS_AT_MOST } from './limits.ts'
import { keptSide } from './outcomes.ts'
import { Replay, type ReplayedOrder, ReplayFailed } from './replay.ts'
import { sideOf } from './sides.ts'
import { type ComparisonRecord, comparisons, endComparison } from './store.ts'
import {
  addLoad,
  fillQueue,
  insertChanged,
  insertStretch,
  lockWaiting,
  moveOn,
  type NewChanged,
  type NewLoad,
  queuedAfter,
  startComparison,
} from './store-replay.ts'
import { addOrder, comparable, differs, type LabSums, sumsIn } from './sums.ts'

const STRETCH = 500
/** As many as are decided together at most. */
const BATCH = 200
const IN_MEMORY_AT_MOST = 2

/** Replays by comparison with how far they have come: what another process, or a transaction that failed, has moved is made anew. */
const inMemory = new Map<string, { readonly replay: Replay; readonly done: number }>()

/** The step with stretches of so many orders. */
export function replayStep(stretch: number): InsideStep {
  return inside(REPLAY, { batch: 1, serial: true }, async (tx, jobs) => {
    for (const { subject } of jobs) {
      const [comparison] = await comparisons(tx, { comparison_id: subject })
      try {
        if (comparison?.state === 'waiting') await start(tx, comparison)
        else if (comparison?.state === 'running') await goOn(tx, comparison, stretch)
        else inMemory.delete(subject)
      } catch (error) {
        if (!(error instanceof ReplayFailed)) throw error
        inMemory.delete(subject)
        await endComparison(tx, subject, 'failed', error.message)
      }
    }
  })
}

const DETAIL_AT_MOST = 500

/** A comparison whose replay was given up ends as failed with what went wrong: nobody waits for it any more. */
export const failGivenUp = inside('lab.fail-given-up', { batch: 50 }, async (tx, jobs) => {
  const letters = await deadLettersOf(
    tx,
    REPLAY,
    jobs.map((job) => job.subject),
  )
  for (const { subject, error } of letters)
    await endComparison(tx, subject, 'failed', 'broken', error.slice(0, DETAIL_AT_MOST))
})

/** Scheduled when a comparison is asked for, and again after each stretch until it is over. */
export const replayOrders = replayStep(STRETCH)

async function start(tx: Tx, comparison: ComparisonRecord): Promise<void> {
  const { comparison_id } = comparison
  // who cancels it now waits until its queue is there, and deletes that too
  if (!(await lockWaiting(tx, comparison_id))) return
  const { orders, opens_at, closes_at } = await fillQueue(tx, comparison, { limit: ORDERS_AT_MOST + 1, batch: BATCH })
  if (orders === 0 || opens_at === null || closes_at === null) throw new ReplayFailed('no_orders')
  if (orders > ORDERS_AT_MOST) throw new ReplayFailed('too_many_orders')
  const stood = comparison.facts === 'now' || (await factsAsOf(tx, 'location', opens_at)).length > 0
  const result: LabSums = { ...sumsIn(comparison.result), notes: notesFor(comparison, stood) }
  await startComparison(tx, comparison_id, { orders, opens_at, closes_at, result })
  await schedule(tx, [{ step: REPLAY, subject: comparison_id }])
}

function notesFor({ clock, stock, facts, side_a }: ComparisonRecord, stood: boolean): string[] {
  return [
    `clock_${clock}`,
    `stock_${stock}`,
    stood ? `facts_${facts}` : 'facts_missing',
    'capacity',
    'decided_once',
    'destination',
    'rule_limits',
    'pace',
    ...(sideOf(side_a).side.of === 'happened' ? ['happened_parts'] : []),
  ]
}

async function goOn(tx: Tx, comparison: ComparisonRecord, stretch: number): Promise<void> {
  const { comparison_id, done } = comparison
  const rows = wholeBatches(await queuedAfter(tx, comparison_id, done, stretch + 1), stretch)
  const known = inMemory.get(comparison_id)
  inMemory.delete(comparison_id)
  const replay = known?.done === done ? known.replay : await Replay.open(tx, comparison)
  const replayed = await replay.run(tx, rows)
  const taken = replay.takenSince()
  const sums = sumsIn(comparison.result)
  const changed = replayed.flatMap((order) => changeOf(order, addOrder(sums, order.promised_at, order.a, order.b)))
  addLost(sums, replayed)
  const to = rows.at(-1)?.rank ?? done
  // whoever has cancelled it meanwhile has ended it: nothing more is kept of it
  if (!(await moveOn(tx, comparison_id, { from: done, to, result: sums }))) return
  await insertChanged(tx, comparison_id, changed)
  await addLoad(tx, comparison_id, loadOf(replayed))
  if (to === comparison.orders) {
    await endComparison(tx, comparison_id, 'done')
    return
  }
  await insertStretch(tx, comparison_id, to, taken)
  await schedule(tx, [{ step: REPLAY, subject: comparison_id }])
  remember(comparison_id, replay, to)
}

function addLost({ lost }: LabSums, replayed: readonly ReplayedOrder[]): void {
  lost.destinations += replayed.filter((order) => order.is_lost).length
  lost.reasons += replayed.filter(({ a }) => a.unknown).length
}

// The last batch may go on beyond what was read.
function wholeBatches<Row extends { readonly batch: number }>(rows: readonly Row[], stretch: number): readonly Row[] {
  const last = rows.at(-1)?.batch
  return rows.length > stretch ? rows.filter((row) => row.batch !== last) : rows
}

function remember(comparison_id: string, replay: Replay, done: number): void {
  for (const oldest of inMemory.keys()) {
    if (inMemory.size < IN_MEMORY_AT_MOST) break
    inMemory.delete(oldest)
  }
  inMemory.set(comparison_id, { replay, done })
}

function changeOf({ order_id, at, promised_at, a, b }: ReplayedOrder, what: NewChanged['what']): NewChanged[] {
  if (!differs(a, b)) return []
  const difference = comparable(a, b) ? (b.cost ?? 0) - (a.cost ?? 0) : null
  return [{ order_id, at, promised_at, a: keptSide(a), b: keptSide(b), difference, what }]
}

function loadOf(replayed: readonly ReplayedOrder[]): NewLoad[] {
  const loads = new Map<string, { -readonly [Key in keyof NewLoad]: NewLoad[Key] }>()
  for (const { at, a, b } of replayed) {
    const hour = new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
    const there = (location_id: string) => {
      const key = `${location_id} ${hour.getTime()}`
      const load = loads.get(key) ?? { location_id, at: hour, a_orders: 0, a_units: 0, b_orders: 0, b_units: 0 }
      loads.set(key, load)
      return load
    }
    for (const { location_id, units } of a.places) {
      const load = there(location_id)
      load.a_orders += 1
      load.a_units += units
    }
    for (const { location_id, units } of b.places) {
      const load = there(location_id)
      load.b_orders += 1
      load.b_units += units
    }
  }
  return [...loads.values()]
}
