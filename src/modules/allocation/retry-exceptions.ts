// Orders that nothing could send try again when something has changed for them: stock came, a location opened, a person says so.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { DAY_MS, later, MINUTE_MS, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, type NewJob, payloadsOf, schedule, scheduleOnce } from '../../platform/engine/index.ts'
import { currentFacts, factsAsOf } from '../../platform/facts.ts'
import * as capacity from '../capacity/index.ts'
import { catalogKinds, locationsIn } from '../catalog/index.ts'
import * as inventory from '../inventory/index.ts'
import { isBlocked, loadOrders, orderProblem, unitsIn } from '../orders/index.ts'
import { checkVersion } from './check-version.ts'
import { ALLOCATE, TRY_AGAIN } from './follow-failures.ts'
import { resolveExceptions } from './keep-exceptions.ts'
import { allocationProblem } from './problems.ts'
import { insertExclusions, type NewExclusion } from './store.ts'
import {
  isAnyDue,
  staysOf,
  takeDue,
  type Waiting,
  waitingForRoom,
  waitingOrders,
  waitingUnserved,
} from './store-exceptions.ts'

const ORDERS_AT_MOST = 1000
/** So many are tried even where there is less room: those at the front may not be able to go where it is. */
const ROUND_AT_LEAST = 200
const FOLLOW_LOCATIONS = 'allocation.follow-locations'
const RETRY_WAITING = 'allocation.retry-waiting'
const TAKE_ROOM = 'allocation.take-room'
const GO_ON_ROOM = 'allocation.go-on-room'
/** By then those that were tried are decided, as a rule; if not, some more are tried than have room. */
const DECIDED_BY_MS = 5 * SECOND_MS
const AHEAD_MS = 3650 * DAY_MS
const FIRST = '00000000-0000-0000-0000-000000000000'

async function again(tx: Tx, order_ids: readonly string[], cause: string): Promise<void> {
  await schedule(
    tx,
    order_ids.map((subject) => ({ step: ALLOCATE, subject, payload: { cause } })),
  )
}

const Name = Type.String({ maxLength: 200 })
const Retry = Compile(
  Type.Object({
    cause: Name,
    /** The exception after which it goes on. */
    after: Name,
    network: Type.Optional(Name),
    skus: Type.Optional(Type.Array(Name, { maxItems: 1000 })),
    /** Those that no carrier takes. */
    unserved: Type.Optional(Type.Literal(true)),
    /** Of the program before this one: what hindered those that are meant. */
    because: Type.Optional(Type.Array(Name, { maxItems: 20 })),
  }),
)
/** The exception to which a round through those that wait for room has come; without one it is to begin anew once no other is under way. */
const Round = Compile(Type.Object({ network: Name, after: Type.Optional(Name) }))
type Meant = Waiting & { readonly unserved?: true }

// The orders of the queue that are meant try again, the longest waiting first; where they are many, the next ones in a transaction of their own.
async function retry(tx: Tx, waiting: Meant, cause: string, after = FIRST): Promise<void> {
  const { unserved = false } = waiting
  const rows = unserved
    ? await waitingUnserved(tx, after, ORDERS_AT_MOST)
    : await waitingOrders(tx, waiting, after, ORDERS_AT_MOST)
  await again(
    tx,
    rows.map((row) => row.order_id),
    cause,
  )
  const last = rows.at(-1)
  if (rows.length === ORDERS_AT_MOST && last !== undefined)
    await schedule(tx, [retryJob(tx, { ...waiting, cause, after: last.exception_id })])
}

function retryJob(tx: Tx, payload: Meant & { readonly cause: string; readonly after: string }): NewJob {
  return { step: RETRY_WAITING, subject: tx.tenant, payload }
}

/** Goes on with those that wait; what several jobs ask for alike is done once. */
export const retryWaiting = inside(RETRY_WAITING, { batch: 200 }, async (tx, jobs) => {
  const asked = new Map(jobs.map(({ payload }) => [JSON.stringify(payload), payload]))
  for (const payload of asked.values()) {
    if (!Retry.Check(payload)) continue
    const { cause, after, because, ...waiting } = payload
    if (because?.includes('no_room')) await scheduleOnce(tx, { step: TAKE_ROOM, subject: tx.tenant, due_at: tx.now })
    else await retry(tx, because?.includes('no_carrier') ? { ...waiting, unserved: true } : waiting, cause, after)
  }
})

/** A clock: orders whose next try is due, a set at a time. */
export const tryAgain = inside(TRY_AGAIN, { batch: 200, serial: true }, async (tx) => {
  const due = await takeDue(tx, ORDERS_AT_MOST)
  await again(
    tx,
    due.map((row) => row.order_id),
    'waited',
  )
  if (!(await isAnyDue(tx))) return
  // what is due still is more than one set, or is decided by somebody just now
  const wait_ms = due.length === ORDERS_AT_MOST ? 0 : SECOND_MS
  await schedule(tx, [{ step: TRY_AGAIN, subject: tx.tenant, due_at: later(tx.now, wait_ms) }])
})

/** On capacity.room_opened: whoever found no room tries again at the next full minute, once for all that opens until then. */
export const retryRoom = inside('allocation.retry-room', { batch: 200, serial: true }, async (tx) => {
  const minute = new Date((Math.floor(tx.now.getTime() / MINUTE_MS) + 1) * MINUTE_MS)
  await scheduleOnce(tx, { step: TAKE_ROOM, subject: tx.tenant, due_at: minute })
})

/** A clock: the longest waiting begin anew, where a round is under way as soon as it has come to its end: else those at its end would never be tried. */
export const takeRoom = inside(TAKE_ROOM, { batch: 200, serial: true }, async (tx) => {
  const busy = new Set((await roundsOf(tx)).map(({ network }) => network))
  for (const [network, orders] of await capacity.roomAhead(tx)) {
    // a job of its own is not lost, whatever becomes of the other round meanwhile
    if (busy.has(network)) await goOn(tx, { network })
    else await tryInto(tx, network, orders, FIRST)
  }
})

/** The next ones, where those before them have left room: they may have their goods elsewhere. */
export const goOnRoom = inside(GO_ON_ROOM, { batch: 200, serial: true }, async (tx, jobs) => {
  const mine = jobs.flatMap(({ payload }) => (Round.Check(payload) ? [payload] : []))
  const others = await roundsOf(tx)
  const room = await capacity.roomAhead(tx)
  for (const [network, rounds] of Map.groupBy(mine, (round) => round.network)) {
    // of several rounds the one that is behind tries those of the others too
    const [after] = rounds.flatMap((round) => round.after ?? []).sort()
    const busy = others.some((round) => round.network === network && round.after !== undefined)
    if (after !== undefined || !busy) await tryInto(tx, network, room.get(network) ?? 0, after ?? FIRST)
    if ((after !== undefined || busy) && rounds.some((round) => round.after === undefined)) await goOn(tx, { network })
  }
})

interface RoundAt {
  readonly network: string
  readonly after?: string
}

// The rounds that wait to go on, or do so just now.
async function roundsOf(tx: Tx): Promise<RoundAt[]> {
  return (await payloadsOf(tx, GO_ON_ROOM, tx.tenant)).filter((payload) => Round.Check(payload))
}

async function goOn(tx: Tx, round: RoundAt): Promise<void> {
  const due_at = later(tx.now, DECIDED_BY_MS)
  await schedule(tx, [{ step: GO_ON_ROOM, subject: tx.tenant, due_at, payload: round }])
}

// As many as there may be room for, and some more; once they are decided, the next ones.
async function tryInto(tx: Tx, network: string, orders: number, after: string): Promise<void> {
  if (orders === 0) return
  const limit = Math.min(Math.max(orders, ROUND_AT_LEAST), ORDERS_AT_MOST)
  const rows = await waitingForRoom(tx, network, after, limit)
  await again(
    tx,
    rows.map((row) => row.order_id),
    'room',
  )
  const last = rows.at(-1)
  if (rows.length === limit && last !== undefined) await goOn(tx, { network, after: last.exception_id })
}

/** On order.units_cancelled and order.backordered: of what waits for a place less is wanted, or nothing any more. */
export const followCancelled = inside('allocation.follow-cancelled', { batch: 200 }, async (tx, jobs) => {
  const stays = await staysOf(
    tx,
    jobs.map((job) => job.subject),
  )
  if (stays.length === 0) return
  const orders = await loadOrders(
    tx,
    stays.map((stay) => stay.order_id),
    { lock: true },
  )
  const waiting = orders.filter((order) => unitsIn(order, 'reserved') > 0).map((order) => order.order_id)
  const gone = orders.filter((order) => unitsIn(order, 'reserved') === 0).map((order) => order.order_id)
  await again(tx, waiting, 'waited')
  if (gone.length > 0) await resolveExceptions(tx, gone, 'gone')
})

/** On stock.supplied: the orders that miss this SKU, the longest waiting first. */
export const retrySupplied = inside('allocation.retry', { batch: 200 }, async (tx, jobs) => {
  const supplied = await inventory.skusOfStock(
    tx,
    jobs.map((job) => job.subject),
  )
  for (const [network, rows] of Map.groupBy(supplied, (row) => row.network_id))
    await retry(tx, { network, skus: rows.map((row) => row.sku) }, 'supplied')
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
  for (const network of networks) await retry(tx, { network }, 'location')
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
  await retry(tx, { unserved: true }, 'rates')
}

/** On rates.changed: once for all changes of a batch. */
export const followRates = inside('allocation.follow-rates', { batch: 200 }, (tx) => retryUnserved(tx))

/** On disruption.ended: whatever waits tries again. */
export const followDisruptions = inside('allocation.follow-disruptions', { batch: 50 }, (tx) =>
  retry(tx, {}, 'location'),
)

/** On promotion.begun: the same, limits may be raised. */
export const followPromotions = inside('allocation.follow-promotions', { batch: 50 }, (tx) => retry(tx, {}, 'location'))

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

/** On rules.changed: whatever waits is decided by the new ones, and waits by them. */
export const followRules = inside('allocation.follow-rules', { batch: 200 }, (tx) => retry(tx, {}, 'rules'))

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

/** A person asks for another try, beyond the bound of attempts too; `version` is that of the order that was looked at. */
export async function retryOrder(tx: Tx, order_id: string, version: number | null = null): Promise<void> {
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  if (version !== null) await checkVersion(tx, order, version)
  const blockers = isBlocked(order, 'allocate').map((hold) => ({ hold_id: hold.hold_id, kind: hold.kind }))
  if (order.commercial !== 'confirmed' || blockers.length > 0 || unitsIn(order, 'reserved') === 0)
    throw allocationProblem('nothing_to_allocate', { blocked_by: blockers })
  await again(tx, [order_id], 'manual')
}
