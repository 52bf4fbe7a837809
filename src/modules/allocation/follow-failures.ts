// What a rule wants where no location can send an order: a person, a queue, another try after a while, the next supply, an end by a date.
import { HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, type NewJob, schedule } from '../../platform/engine/index.ts'
import { cancelUnits, loadOrders } from '../orders/index.ts'
import type { Ground } from './prepare-ground.ts'
import { type NewException, openExceptionsOf } from './store.ts'
import type { Decided, Decision } from './types.ts'

export const ALLOCATE = 'allocation.allocate'
const GIVE_UP = 'allocation.give-up'

/**
 * Sets the clocks that the rules ask for: another try, whatever was tried before; the end of waiting, once for each stay in the queue. What
 * was rejected for the day and has no place tries again when the day is over.
 */
export async function followFailures(tx: Tx, decided: readonly Decided[]): Promise<void> {
  const days = decided.flatMap(({ decision, order, cause, bounded, out_until }): NewJob[] =>
    cause !== 'rejected' || bounded || out_until === null || decision.rest.every((units) => units === 0)
      ? []
      : [{ step: ALLOCATE, subject: order.order_id, due_at: out_until, payload: { cause: 'waited' } }],
  )
  const jobs = decided.flatMap(({ decision, order, in_queue, bounded }): NewJob[] => {
    const { guidance, plan } = decision
    if (plan !== null || guidance === null || bounded) return []
    if (guidance.on_failure === 'wait')
      return [
        {
          step: ALLOCATE,
          subject: order.order_id,
          due_at: later(tx.now, guidance.wait_minutes * MINUTE_MS),
          payload: { cause: 'waited' },
        },
      ]
    if (guidance.on_failure === 'cancel' && !in_queue)
      return [{ step: GIVE_UP, subject: order.order_id, due_at: later(tx.now, guidance.cancel_hours * HOUR_MS) }]
    return []
  })
  await schedule(tx, [...days, ...jobs])
}

/** The date by which a rule wants it sent has come: units that still wait for a place are cancelled, their stock and money go back. */
export const giveUpWaiting = inside(GIVE_UP, { batch: 20 }, async (tx, jobs) => {
  const open = new Set(
    (
      await openExceptionsOf(
        tx,
        jobs.map((job) => job.subject),
      )
    ).map((row) => row.order_id),
  )
  for (const order of await loadOrders(tx, [...open], { lock: true })) {
    const lines = order.lines
      .map(({ line_no, units }) => ({ line_no, quantity: units.reserved + units.backordered }))
      .filter((line) => line.quantity > 0)
    if (order.commercial === 'confirmed' && lines.length > 0) await cancelUnits(tx, order, lines, 'not_allocatable')
  }
})

/** The entry in the queue of an order, or of the part of it, that has no place. */
export function exceptionOf(
  tx: Tx,
  ground: Ground,
  { decision, order, bounded }: Decided,
  decision_id: string,
): NewException {
  const { demand, rest } = decision
  const missing = demand.lines.filter((_line, index) => (rest[index] ?? 0) > 0)
  const net = new Map(order.lines.map((line) => [line.line_no, line]))
  const value = demand.lines.reduce((sum, { line_no }, index) => {
    const line = net.get(line_no)
    return line === undefined ? sum : sum + (line.net * BigInt(rest[index] ?? 0)) / BigInt(line.ordered)
  }, 0n)
  return {
    exception_id: tx.newId(),
    order_id: order.order_id,
    network_id: order.network_id,
    reason: bounded ? 'too_many_attempts' : reasonOf(ground, decision),
    queue:
      decision.plan === null && decision.guidance?.on_failure === 'park' ? decision.guidance.queue || 'parked' : null,
    skus: [...new Set(missing.map((line) => line.sku))],
    units: rest.reduce((sum, units) => sum + units, 0),
    value,
    currency: order.currency,
    decision_id,
  }
}

const byRule: ReadonlySet<string | null> = new Set([
  'rule_location',
  'rule_radius',
  'rule_capability',
  'rule_limit',
  'rule_safety',
])

/** Why an order, or a part of it, has no place. */
export function reasonOf(ground: Ground, { candidates, guidance, plan }: Decision): string {
  if (guidance === null) return 'no_rule'
  if (plan === null && guidance.on_failure !== 'next') {
    const asked = { wait: 'waiting', park: 'parked', backorder: 'backorder', cancel: 'waiting' } as const
    return asked[guidance.on_failure]
  }
  const there = candidates.filter(({ site, removed }) => site.location.state === 'open' && removed !== 'locked')
  const open = there.filter((candidate) => candidate.removed !== 'disrupted')
  // only what a disruption has closed has the goods
  if (open.length < there.length && plan === null && open.every((candidate) => candidate.removed === 'no_stock'))
    return 'disrupted'
  if (open.length === 0) return 'no_location'
  // who has the goods has refused them
  const refused = open.filter((candidate) => candidate.removed === 'excluded').length
  if (refused > 0 && plan === null && open.every(({ removed }) => removed === 'excluded' || removed === 'no_stock'))
    return 'refused'
  const unserved = open.some((candidate) => candidate.removed === 'no_carrier' || candidate.removed === 'out_of_area')
  const ruled = open.some((candidate) => candidate.removed === null || byRule.has(candidate.removed))
  if (!unserved) return ruled && plan === null ? 'rules' : 'no_stock'
  return ground.services.length === 0 && ground.without_rate.length > 0 ? 'no_currency_rate' : 'no_carrier'
}
