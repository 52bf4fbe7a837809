// What a rule wants where no location can send an order: a person, a queue, another try after a while, the next supply, an end by a date.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Tx } from '../../platform/db.ts'
import { inside, type NewJob, schedule } from '../../platform/engine/index.ts'
import type { SlotBook } from '../capacity/index.ts'
import { cancelUnits, isBlocked, loadOrders, unitsIn } from '../orders/index.ts'
import { endsAt, hindrancesOf, keptTry, nextMoment, nextTries, type Wait, waitsBy } from './find-next-try.ts'
import { reasonOf } from './find-reason.ts'
import type { Guidance } from './guidance.ts'
import type { Ground } from './prepare-ground.ts'
import { type NewException, type NextTry, type Stay, staysOf } from './store-exceptions.ts'
import type { Decided } from './types.ts'

export const ALLOCATE = 'allocation.allocate'
export const TRY_AGAIN = 'allocation.try-again'
const END_WAITING = 'allocation.end-waiting'

/** What has no place, or only a part of it, with its entry in the queue. */
export function waitsOf(tx: Tx, ground: Ground, decided: readonly (Decided & { decision_id: string })[]): Wait[] {
  return decided
    .filter(({ decision }) => decision.rest.some((units) => units > 0))
    .map((one) => ({ one, entry: exceptionOf(tx, ground, one, one.decision_id) }))
}

/** Nothing of it was placed, and the queue says of it what it said before. */
export function isAsBefore({ one: { decision, stay }, entry }: Wait): boolean {
  return (
    decision.plan === null &&
    stay !== null &&
    stay.reason === entry.reason &&
    stay.queue === entry.queue &&
    stay.ruled_by === entry.ruled_by &&
    stay.units === entry.units &&
    stay.skus.join() === entry.skus.join()
  )
}

export interface Clocks {
  /** What is new in the queue or other than before, with its next try. */
  readonly entries: readonly NewException[]
  /** What is as before and has another next try. */
  readonly tries: readonly NextTry[]
  readonly jobs: readonly NewJob[]
}

/** When each of them is tried again, and the jobs that see to it; whose date has come is given up. */
export async function clocksOf(tx: Tx, ground: Ground, waits: readonly Wait[], slots: SlotBook): Promise<Clocks> {
  const moments = await nextTries(tx, ground, waits, slots)
  const entries: NewException[] = []
  const tries: NextTry[] = []
  waits.forEach((wait, index) => {
    const next = moments[index] ?? null
    const { entry } = wait
    const { stay } = wait.one
    if (stay === null || !isAsBefore(wait)) {
      entries.push({ ...entry, ...nextMoment(next) })
      return
    }
    const kept = keptTry(stay, next, tx.now)
    const same = stay.try_again_at?.getTime() === kept.try_again_at?.getTime()
    if (!same || stay.hindrances.join() !== entry.hindrances.join())
      tries.push({ exception_id: stay.exception_id, hindrances: entry.hindrances, ...kept })
  })
  const times = new Set([...entries, ...tries].flatMap(({ try_again_at }) => try_again_at?.getTime() ?? []))
  const clocks = [...times].map((time): NewJob => ({ step: TRY_AGAIN, subject: tx.tenant, due_at: new Date(time) }))
  return { entries, tries, jobs: [...clocks, ...waits.flatMap((wait) => endOf(wait, tx.now))] }
}

// Cancelling locks what comes before stock in the order of locks: it is done in a transaction of its own.
function endOf({ one, entry }: Wait, now: Date): NewJob[] {
  const rule = waitsBy(one)
  if (one.stay === null || rule === null || entry.cancel_from === null || endsAt(entry.cancel_from, rule) > now)
    return []
  return [{ step: END_WAITING, subject: entry.order_id, payload: { exception: one.stay.exception_id } }]
}

const Payload = Compile(Type.Object({ exception: Type.String({ maxLength: 64 }) }))

/**
 * The date by which a rule wants it sent has come, and it was tried in vain just now: units that look for a place are cancelled, their stock
 * and money go back. What is held, has left the queue since, is no longer to be cancelled, or has got more units that look for a place is let be.
 */
export const endWaiting = inside(END_WAITING, { batch: 20 }, async (tx, jobs) => {
  const orders = await loadOrders(
    tx,
    jobs.map((job) => job.subject),
    { lock: true },
  )
  const meant = new Set(jobs.flatMap(({ payload }) => (Payload.Check(payload) ? [payload.exception] : [])))
  const stays = await staysOf(
    tx,
    orders.map((order) => order.order_id),
  )
  const doomed = new Map(
    stays
      .filter(({ exception_id, cancel_from }) => meant.has(exception_id) && cancel_from !== null)
      .map((stay) => [stay.order_id, stay]),
  )
  for (const order of orders) {
    const stay = doomed.get(order.order_id)
    if (stay === undefined || order.commercial !== 'confirmed' || isBlocked(order, 'allocate').length > 0) continue
    const waiting = unitsIn(order, 'reserved')
    const lines = order.lines
      .map(({ line_no, units }) => ({ line_no, quantity: units.reserved }))
      .filter((line) => line.quantity > 0)
    if (waiting > 0 && waiting <= stay.units) await cancelUnits(tx, order, lines, 'not_allocatable')
  }
})

/** The dates that the program before this one set: what still waits is tried, and ended by its rule if that is in vain. */
export const giveUpWaiting = inside('allocation.give-up', { batch: 200 }, async (tx, jobs) => {
  await schedule(
    tx,
    jobs.map(({ subject }) => ({ step: ALLOCATE, subject, payload: { cause: 'waited' } })),
  )
})

/** The entry in the queue of an order, or of the part of it, that has no place. */
export function exceptionOf(tx: Tx, ground: Ground, one: Decided, decision_id: string): NewException {
  const { decision, order, bounded, stay, by } = one
  const { demand, rest } = decision
  const rule = waitsBy(one)
  const missing = demand.lines.filter((_line, index) => (rest[index] ?? 0) > 0)
  const net = new Map(order.lines.map((line) => [line.line_no, line]))
  const value = demand.lines.reduce((sum, { line_no }, index) => {
    const line = net.get(line_no)
    return line === undefined ? sum : sum + (line.net * BigInt(rest[index] ?? 0)) / BigInt(line.ordered)
  }, 0n)
  return {
    exception_id: stay?.exception_id ?? tx.newId(),
    order_id: order.order_id,
    network_id: order.network_id,
    reason: bounded ? 'too_many_attempts' : reasonOf(ground, decision),
    queue: rule?.on_failure === 'park' ? rule.queue || 'parked' : null,
    hindrances: hindrancesOf(decision),
    ruled_by: `${by.version_id} ${rule?.rule_id ?? ''}`,
    ...nextMoment(null),
    cancel_from: cancelFrom(tx.now, rule, stay),
    home: [...demand.home],
    skus: [...new Set(missing.map((line) => line.sku))],
    units: rest.reduce((sum, units) => sum + units, 0),
    value,
    currency: order.currency,
    decision_id,
  }
}

// After too many attempts too: a person may decide until the date.
function cancelFrom(now: Date, rule: Guidance | null, stay: Stay | null): Date | null {
  return rule?.on_failure === 'cancel' ? (stay?.cancel_from ?? now) : null
}
