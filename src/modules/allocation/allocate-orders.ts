// The step of allocation: load the orders and what they stand on, decide them all, take the stock, tell the warehouse, keep the reasons.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, type Job, type NewJob, schedule } from '../../platform/engine/index.ts'
import { rememberedSkus } from '../catalog/index.ts'
import * as inventory from '../inventory/index.ts'
import { followCircuits } from '../modes/index.ts'
import { isBlocked, loadOrders, type OrderFacts, unitsIn } from '../orders/index.ts'
import { collectOrders } from './collect-orders.ts'
import { decideAll } from './decide-all.ts'
import { undecided } from './decide-plainly.ts'
import { nextBack } from './find-next-try.ts'
import { locateDemands } from './find-places.ts'
import { ALLOCATE } from './follow-failures.ts'
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { guideArms } from './guide-arms.ts'
import { resolveExceptions } from './keep-exceptions.ts'
import { freeStock, lockRoom } from './look-at-stock.ts'
import { refusalsOf, waitingDemand } from './make-demand.ts'
import { degradedBy, reconcileJobs, seenOf } from './mark-degraded.ts'
import { standNow } from './mend-rates.ts'
import { type Ground, groundKinds } from './prepare-ground.ts'
import { noteExperiment } from './run-experiment.ts'
import { noteShadow } from './run-shadow.ts'
import { baseCurrency, type Mark, marksOf } from './store.ts'
import { type Stay, staysOf } from './store-exceptions.ts'
import type { Decided, Decision, Demand, Guided } from './types.ts'
import { writeDecisions } from './write-decisions.ts'

const Payload = Compile(
  Type.Object({
    cause: Type.String({ maxLength: 40 }),
    /** Locations to go back to, if they can send all of it. */
    home: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 200 })),
    /** A step that is to run for the order once it is decided. */
    next_step: Type.Optional(Type.String({ maxLength: 64 })),
    /** It has waited for others already. */
    collected: Type.Optional(Type.Literal(true)),
  }),
)

/** On order.confirmed and whenever reserved units wait again: the cheapest feasible places, the stock taken there, the reasons kept. */
export const allocateOrders = inside(ALLOCATE, { batch: 200 }, (tx, jobs) => allocate(tx, jobs, 'first'))

/** On fulfilment.short: what a warehouse could not find looks for another place; the place that failed is out. */
export const reallocateShort = inside('allocation.reallocate', { batch: 200 }, (tx, jobs) =>
  allocate(tx, jobs, 'short_pick'),
)

/** On fulfilment.rejected: what a location gave back looks for another place; the one that rejected it is out as its reason says. */
export const reallocateRejected = inside('allocation.reallocate-rejected', { batch: 200 }, (tx, jobs) =>
  allocate(tx, jobs, 'rejected'),
)

async function allocate(tx: Tx, jobs: readonly Job[], usual_cause: string): Promise<void> {
  const asked = new Map<string, Asked>()
  // of several jobs for an order each is heard, and what a person asks for counts
  for (const { subject, payload } of jobs) {
    const before = asked.get(subject)
    const wish: Asked = Payload.Check(payload) ? payload : { cause: usual_cause }
    const cause = before !== undefined && asked_by_people.has(before.cause) ? before.cause : wish.cause
    asked.set(subject, { ...before, ...wish, cause })
  }
  const causes = new Map([...asked].map(([order_id, { cause }]) => [order_id, cause]))
  const loaded = await loadOrders(tx, [...causes.keys()], { lock: true })
  const orders = loaded.filter(mayAllocate)
  if (orders.length > 0) await decideAndWrite(tx, orders, asked, usual_cause)
  else await schedule(tx, next(asked, []))
  const gone = loaded.filter((order) => order.commercial !== 'confirmed').map((order) => order.order_id)
  if (gone.length > 0) await resolveExceptions(tx, gone, 'gone')
}

// What lost a unit to another is decided again; who waits for a decision hears of it.
function next(asked: ReadonlyMap<string, Asked>, lost: readonly Demand[]): NewJob[] {
  const contended = new Set(lost.map((demand) => demand.order_id))
  return [...asked].flatMap(([subject, payload]): NewJob[] => {
    if (contended.has(subject)) return [{ step: ALLOCATE, subject, payload }]
    return payload.next_step === undefined ? [] : [{ step: payload.next_step, subject }]
  })
}

interface Asked {
  readonly cause: string
  readonly home?: readonly string[]
  readonly next_step?: string
  readonly collected?: true
}

// Asked for the first time, and nobody waits for the answer.
function isFresh(asked: Asked | undefined): boolean {
  const { cause, home, next_step, collected } = asked ?? { cause: '' }
  return cause === 'first' && home === undefined && next_step === undefined && collected === undefined
}

// What somebody asks for is tried beyond the bound of attempts too.
const asked_by_people: ReadonlySet<string> = new Set(['manual', 'address'])

// Decides orders that may be allocated and writes what follows.
async function decideAndWrite(
  tx: Tx,
  orders: readonly OrderFacts[],
  asked: ReadonlyMap<string, Asked>,
  usual_cause: string,
): Promise<void> {
  const causeOf = (order_id: string) => asked.get(order_id)?.cause ?? usual_cause
  const { facts, ground, rates, marksOfOrder, wanted } = await loadDemands(tx, orders, asked)
  const waiting = collectOrders(ground, wanted, tx.now, (order_id) => isFresh(asked.get(order_id)))
  const collected = new Set(waiting.map((job) => job.subject))
  const coming = wanted.filter((demand) => !collected.has(demand.order_id))
  if (coming.length === 0) {
    await schedule(tx, [...waiting, ...next(asked, [])])
    return
  }
  const places = await locateDemands(tx, facts, coming)
  const { demands } = places
  const bounded = (demand: Demand) =>
    !asked_by_people.has(causeOf(demand.order_id)) &&
    attemptsOf(marksOfOrder(demand.order_id)) >= ground.policy.attempts_at_most
  const asking = await guideArms(tx, facts, demands)
  const guided = asking.guided.filter(({ demand }) => !bounded(demand))
  const footing = { currency: ground.currency, rates, places, rules: asking }
  const circuits = await followCircuits(tx, facts, seenOf(footing))
  const slots = await lockRoom(tx, ground, guided)
  const before = await freeStock(tx, ground, guided, slots)
  const free = before.copy()
  const { taken, contended } = await take(tx, ground, guided, free)
  const stuck = new Map(
    asking.guided
      .filter(({ demand }) => bounded(demand))
      .map((one): [Decision, Guided] => [undecided(one.demand), one]),
  )
  const byId = new Map(orders.map((order) => [order.order_id, order]))
  const stays = await queuedOf(tx, demands, marksOfOrder)
  const decided = [...taken, ...stuck.keys()].flatMap((decision): Decided[] => {
    const { order_id } = decision.demand
    const order = byId.get(order_id)
    if (order === undefined) return []
    const stay = stays.get(order_id) ?? null
    const unasked = stuck.get(decision)
    return [
      {
        decision,
        order,
        in_queue: stay !== null,
        stay,
        cause: causeOf(order_id),
        bounded: unasked !== undefined,
        ends_by: endsBy(unasked),
        out_until: nextBack(marksOfOrder(order_id), decision),
        by: asking.by(order_id),
        degraded: degradedBy(footing, decision),
      },
    ]
  })
  const timers = [...waiting, ...next(asked, contended), ...reconcileJobs(circuits, decided)]
  await writeDecisions(tx, ground, decided, free, timers, circuits.ids)
  const by_rules = taken.filter(({ demand }) => !asking.stale.has(demand.order_id))
  await noteShadow(tx, ground, facts, by_rules, before)
  if (asking.experiment !== null) await noteExperiment(tx, asking.experiment, decided, free.booked)
}

// What they have in the queue; no statement where nothing is there.
async function queuedOf(
  tx: Tx,
  demands: readonly Demand[],
  marksOfOrder: (order_id: string) => readonly Mark[],
): Promise<ReadonlyMap<string, Stay>> {
  const queued = demands
    .map((demand) => demand.order_id)
    .filter((order_id) => marksOfOrder(order_id).some((mark) => mark.kind === 'exception'))
  const stays = queued.length === 0 ? [] : await staysOf(tx, queued)
  return new Map(stays.map((stay) => [stay.order_id, stay]))
}

// What the orders ask for, and all that the decision stands on.
async function loadDemands(tx: Tx, orders: readonly OrderFacts[], asked: ReadonlyMap<string, Asked>) {
  const { marks: found, heads } = await marksOf(
    tx,
    orders.map((order) => order.order_id),
    groundKinds,
  )
  const marks = Map.groupBy(found, (mark) => mark.order_id)
  const marksOfOrder = (order_id: string) => marks.get(order_id) ?? []
  const currency = await currencyOf(tx)
  const { facts, ground, rates } = await standNow(tx, currency, heads)
  const skus = await rememberedSkus(
    tx,
    facts,
    orders.flatMap((order) => order.lines.map((line) => line.sku)),
  )
  const wanted = orders.map((order) => {
    const home = asked.get(order.order_id)?.home
    return waitingDemand(ground, order, marksOfOrder(order.order_id), (sku) => skus.get(sku), home)
  })
  return { facts, ground, rates, marksOfOrder, wanted }
}

// An order that is held waits for order.resumed.
function mayAllocate(order: OrderFacts): boolean {
  return looksForPlace(order) && !waitsForGoods(order)
}

/** Whether something of it looks for a place, and nothing holds it back. */
export function looksForPlace(order: OrderFacts): boolean {
  return order.commercial === 'confirmed' && isBlocked(order, 'allocate').length === 0 && unitsIn(order, 'reserved') > 0
}

/** Whether it wants to leave whole and waits for its last backordered unit. */
export function waitsForGoods(order: OrderFacts): boolean {
  return order.shortage_policy === 'wait' && unitsIn(order, 'backordered') + unitsIn(order, 'open') > 0
}

// Beyond the bound of attempts no rule looks for a place any more; one that wants it cancelled by a date is still heard.
function endsBy(unasked: Guided | undefined): Guidance | null {
  const last = unasked?.guidances.find(({ on_failure }) => on_failure !== 'next')
  return last?.on_failure === 'cancel' ? last : null
}

/** How often places have failed for an order: each rejection counts, a place of short picks or exclusions once. */
export function attemptsOf(marks: readonly Mark[]): number {
  return new Set(refusalsOf(marks).map((mark) => mark.rejection_id ?? mark.location_id)).size
}

/**
 * Decides and takes; an order that lost a unit to another transaction gives the rest back and is decided again in a transaction of its own:
 * taking a second time in this one would lock stock rows out of their order.
 */
async function take(
  tx: Tx,
  ground: Ground,
  guided: readonly Guided[],
  free: FreeStock,
): Promise<{ taken: Decision[]; contended: readonly Demand[] }> {
  const decisions = decideAll(ground, guided, free, tx.now)
  const { placed, short } = await inventory.allocate(tx, decisions.flatMap(placesOf))
  const lost = new Set(short.map((place) => place.demand_id))
  if (lost.size > 0)
    await inventory.deallocate(
      tx,
      placed.filter((place) => lost.has(place.demand_id)),
    )
  return {
    taken: decisions.filter((decision) => !lost.has(decision.demand.order_id)),
    contended: guided.map(({ demand }) => demand).filter((demand) => lost.has(demand.order_id)),
  }
}

function placesOf({ demand, plan, guidance }: Decision): inventory.Place[] {
  const keep = guidance?.safety_stock ?? 0
  return (plan?.parts ?? []).flatMap((part) =>
    demand.lines.flatMap((line, index) => {
      const quantity = part.quantity[index] ?? 0
      const { location_id } = part.candidate.site.location
      return quantity === 0
        ? []
        : [{ demand_id: demand.order_id, demand_line: line.line_no, location_id, sku: line.sku, quantity, keep }]
    }),
  )
}

const currencies = new Map<string, { currency: string; good_until: number }>()
const CURRENCY_HOLD_MS = 60 * SECOND_MS
const TENANTS_AT_MOST = 10_000

/** The base currency of the tenant, read again once a minute. */
export async function currencyOf(tx: Tx): Promise<string> {
  const known = currencies.get(tx.tenant)
  if (known !== undefined && known.good_until > tx.now.getTime()) return known.currency
  if (currencies.size > TENANTS_AT_MOST) currencies.clear()
  const currency = await baseCurrency(tx)
  currencies.set(tx.tenant, { currency, good_until: tx.now.getTime() + CURRENCY_HOLD_MS })
  return currency
}
