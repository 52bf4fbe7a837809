// Orders that nothing could send try again when something has changed for them: stock came, a location opened, a person says so.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, type NewJob, schedule } from '../../platform/engine/index.ts'
import { currentFacts, factsAsOf } from '../../platform/facts.ts'
import { catalogKinds, locationsIn } from '../catalog/index.ts'
import * as inventory from '../inventory/index.ts'
import { isBlocked, loadOrders, orderProblem, unitsIn } from '../orders/index.ts'
import { ALLOCATE } from './follow-failures.ts'
import { resolveExceptions } from './keep-exceptions.ts'
import { allocationProblem } from './problems.ts'
import { insertExclusions, type NewExclusion, waitingBecause, waitingFor } from './store.ts'

const ORDERS_AT_MOST = 1000
const FOLLOW_LOCATIONS = 'allocation.follow-locations'
const AHEAD_MS = 3650 * DAY_MS

async function again(tx: Tx, order_ids: readonly string[], cause: string): Promise<void> {
  await schedule(
    tx,
    order_ids.map((subject) => ({ step: ALLOCATE, subject, payload: { cause } })),
  )
}

/** On stock.supplied: the orders that miss this SKU, the longest waiting first. */
export const retrySupplied = inside('allocation.retry', { batch: 200 }, async (tx, jobs) => {
  const supplied = await inventory.skusOfStock(
    tx,
    jobs.map((job) => job.subject),
  )
  for (const [network_id, rows] of Map.groupBy(supplied, (row) => row.network_id)) {
    const waiting = await waitingFor(
      tx,
      network_id,
      rows.map((row) => row.sku),
      ORDERS_AT_MOST,
    )
    await again(
      tx,
      waiting.map((row) => row.order_id),
      'supplied',
    )
  }
})

/** On location.changed: stock follows the location, and what waited in its network tries again; a change of the future is taken up in its time. */
export const followLocations = inside(FOLLOW_LOCATIONS, { batch: 50 }, async (tx, jobs) => {
  const changed = new Set(jobs.map((job) => job.subject))
  const current = locationsIn(await currentFacts(tx, catalogKinds))
  const networks = new Set<string>()
  for (const { location_id, network, state, version_id } of current.values()) {
    if (!changed.delete(version_id)) continue
    await inventory.followLocation(tx, { location_id, network_id: network, is_open: state === 'open' })
    networks.add(network)
  }
  for (const network of networks) {
    const waiting = await waitingFor(tx, network, [], ORDERS_AT_MOST)
    await again(
      tx,
      waiting.map((row) => row.order_id),
      'location',
    )
  }
  if (changed.size === 0) return
  const planned = (await factsAsOf(tx, 'location', later(tx.now, AHEAD_MS))).filter(
    (fact) => changed.has(fact.version_id) && fact.valid_from > tx.now,
  )
  await schedule(
    tx,
    planned.map((fact) => ({ step: FOLLOW_LOCATIONS, subject: fact.version_id, due_at: fact.valid_from })),
  )
})

/** What no carrier took tries again: rates or currency rates have changed. */
export async function retryUnserved(tx: Tx): Promise<void> {
  const waiting = await waitingBecause(tx, ['no_carrier', 'no_currency_rate'], ORDERS_AT_MOST)
  await again(
    tx,
    waiting.map((row) => row.order_id),
    'rates',
  )
}

/** On rates.changed: once for all changes of a batch. */
export const followRates = inside('allocation.follow-rates', { batch: 200 }, (tx) => retryUnserved(tx))

/** On disruption.ended: what waited in any network tries again. */
export const followDisruptions = inside('allocation.follow-disruptions', { batch: 50 }, (tx) => retryAll(tx))

/** On promotion.begun: the same, limits may be raised. */
export const followPromotions = inside('allocation.follow-promotions', { batch: 50 }, (tx) => retryAll(tx))

async function retryAll(tx: Tx): Promise<void> {
  const networks = new Set(
    [...locationsIn(await currentFacts(tx, catalogKinds)).values()].map((location) => location.network),
  )
  for (const network of networks) {
    const waiting = await waitingFor(tx, network, [], ORDERS_AT_MOST)
    await again(
      tx,
      waiting.map((row) => row.order_id),
      'location',
    )
  }
}

/** Jobs that look for a place for these orders, at their former places first if `home` names some; then `next_step` runs for each. */
export function allocationJobs(
  order_ids: readonly string[],
  asked: {
    readonly cause: string
    readonly home?: (order_id: string) => readonly string[]
    readonly next_step?: string
  },
): NewJob[] {
  const { cause, home, next_step } = asked
  return order_ids.map((subject) => {
    const places = home?.(subject) ?? []
    const named = places.length === 0 ? {} : { home: places }
    return { step: ALLOCATE, subject, payload: { cause, ...named, ...(next_step === undefined ? {} : { next_step }) } }
  })
}

/** On rules.changed: what rules kept waiting is decided by the new ones. */
export const followRules = inside('allocation.follow-rules', { batch: 200 }, async (tx) => {
  const waiting = await waitingBecause(tx, ['no_rule', 'rules', 'parked', 'waiting', 'backorder'], ORDERS_AT_MOST)
  await again(
    tx,
    waiting.map((row) => row.order_id),
    'rules',
  )
})

/** On order.cancelled and order.rejected: nobody has to look at it any more. */
export const forgetEnded = inside('allocation.forget', { batch: 500 }, async (tx, jobs) => {
  await resolveExceptions(
    tx,
    jobs.map((job) => job.subject),
    'gone',
  )
})

/** Lines that must leave from elsewhere: the places are out for them, and their reserved units look for others. The caller has freed the units. */
export async function reallocate(tx: Tx, refusals: readonly NewExclusion[]): Promise<void> {
  if (refusals.length === 0) return
  await insertExclusions(tx, refusals)
  const causes = new Map(refusals.map((refusal) => [refusal.order_id, refusal.reason]))
  await schedule(
    tx,
    [...causes].map(([subject, cause]) => ({ step: ALLOCATE, subject, payload: { cause } })),
  )
}

/** A person asks for another try, beyond the bound of attempts too. */
export async function retryOrder(tx: Tx, order_id: string): Promise<void> {
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  const blockers = isBlocked(order, 'allocate').map((hold) => ({ hold_id: hold.hold_id, kind: hold.kind }))
  if (order.commercial !== 'confirmed' || blockers.length > 0 || unitsIn(order, 'reserved') === 0)
    throw allocationProblem('nothing_to_allocate', { blocked_by: blockers })
  await again(tx, [order_id], 'manual')
}
