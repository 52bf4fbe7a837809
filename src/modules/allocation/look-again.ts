// Work that lies at a place already, looked at by the same decision as any other: whether that place is still the cheapest for it, and by which service it leaves.
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { bookedFor, lockShifts, opensAt } from '../capacity/index.ts'
import { rememberedSkus } from '../catalog/index.ts'
import { type Circuits, followCircuits } from '../modes/index.ts'
import type { OrderFacts } from '../orders/index.ts'
import type { Leaving, WorkLine } from '../warehouse/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { countTakings } from './count-takings.ts'
import { explain } from './explain-decision.ts'
import { locateDemands } from './find-places.ts'
import type { FreeStock } from './free-stock.ts'
import { shippedGuidance, unruled } from './guidance.ts'
import { guideArms } from './guide-arms.ts'
import { leavesAt, lookAtSites } from './look-at-sites.ts'
import { freeStock, placesFor, roomFor } from './look-at-stock.ts'
import { demandOf } from './make-demand.ts'
import { degradedBy, type Footing, markedRows, reconcileJobs, seenOf } from './mark-degraded.ts'
import { standNow } from './mend-rates.ts'
import { type Ground, groundKinds } from './prepare-ground.ts'
import { partOf } from './price-parts.ts'
import type { Ruled } from './read-rules.ts'
import { decide } from './rules.ts'
import { insertExplanations, marksOf } from './store.ts'
import { insertDegraded } from './store-degraded.ts'
import type { Decision, Guided, Part } from './types.ts'
import { isUrgent } from './urgency.ts'
import { timesOf } from './write-decisions.ts'

export interface LookedAt {
  /** Fulfilments that stay where they are, with the service that takes them to the address now. */
  readonly staying: readonly Leaving[]
  /** Fulfilments whose place nothing leads from to the address. */
  readonly unserved: readonly string[]
}

interface Eye {
  readonly tx: Tx
  readonly order: OrderFacts
  readonly ground: Ground
  readonly by: Ruled['by']
  readonly footing: Footing
  /** What is decided under. */
  readonly circuits: Circuits
  readonly free: FreeStock
  /** By fulfilment: when it is ready, by the slot that it keeps or as soon as somebody works there. */
  readonly ready: ReadonlyMap<string, Date>
}

/**
 * Looks at untouched work of an order, which may leave from elsewhere, and at work in hand, which may not. What lies at a place counts as free
 * there, and the place keeps the time that it has booked. Nothing is written but the explanation, where all of it stays, and what it stands on where values fail.
 */
export async function lookAgain(
  tx: Tx,
  order: OrderFacts,
  untouched: readonly WorkLine[],
  inHand: readonly WorkLine[],
): Promise<LookedAt> {
  const all = [...untouched, ...inHand]
  if (all.length === 0) return { staying: [], unserved: [] }
  const { marks, heads } = await marksOf(tx, [order.order_id], groundKinds)
  const { facts, ground, rates } = await standNow(tx, await currencyOf(tx), heads)
  const skus = await rememberedSkus(
    tx,
    facts,
    all.map((line) => line.sku),
  )
  const groups = [untouched, ...Map.groupBy(inHand, (line) => line.fulfilment_id).values()]
  const wanted = groups.map((mine) =>
    demandOf(
      ground,
      order,
      marks,
      (sku) => skus.get(sku),
      (line) => unitsOf(mine, line.line_no),
    ),
  )
  const places = await locateDemands(tx, facts, wanted)
  const { demands } = places
  const rules = await guideArms(tx, facts, demands)
  const footing = { currency: ground.currency, rates, places, rules }
  const circuits = await followCircuits(tx, facts, seenOf(footing))
  const guided = demands.map((demand) => rules.guided.find((one) => one.demand === demand) ?? { demand, guidances: [] })
  const around = await freeAround(tx, ground, guided, all)
  const eye = { tx, order, ground, by: rules.by, footing, circuits, ...around }
  const [open, ...fixed] = guided
  const kept = fixed.map((one, index) => serviceFrom(eye, one, groups[index + 1] ?? []))
  const staying = open === undefined || untouched.length === 0 ? [] : await stillBest(eye, open, untouched)
  return {
    staying: [...staying, ...kept.flatMap((one) => one.staying)],
    unserved: kept.flatMap((one) => one.unserved),
  }
}

function livingUnits({ to_pick, picked, packed }: WorkLine): number {
  return to_pick + picked + packed
}

function unitsOf(lines: readonly WorkLine[], line_no: number): number {
  return lines.reduce((sum, line) => (line.line_no === line_no ? sum + livingUnits(line) : sum), 0)
}

// What lies at its places is held for it, and their slots are as they are without its work.
async function freeAround(
  tx: Tx,
  ground: Ground,
  guided: readonly Guided[],
  held: readonly WorkLine[],
): Promise<Pick<Eye, 'free' | 'ready'>> {
  const places = placesFor(ground, guided).map((site) => site.location)
  const homes = new Map(held.map((line) => [line.fulfilment_id, line.location_id]))
  const leaving = [...homes.keys()]
  const slots = await lockShifts(tx, places, ground.promotion, { look: true, need: roomFor(guided), leaving })
  const free = await freeStock(tx, ground, guided, slots)
  const at = new Map(places.map((location) => [location.location_id, location]))
  const booked = Map.groupBy(await bookedFor(tx, leaving), (booking) => booking.fulfilment_id)
  const ready = new Map<string, Date>()
  for (const [fulfilment_id, location_id] of homes) {
    const location = at.get(location_id)
    const mine = booked.get(fulfilment_id) ?? []
    const last = mine.at(-1)
    const slot = last === undefined ? null : slots.slotAt(location_id, last.starts_at)
    for (const { starts_at, ...work } of mine) slots.leave(location_id, starts_at, work)
    const opens = location === undefined ? null : opensAt(location, tx.now)
    const ready_at = slot?.ends_at ?? opens ?? tx.now
    ready.set(fulfilment_id, ready_at)
    free.keepTime(location_id, ready_at)
  }
  for (const line of held) free.hold(line.location_id, line.sku, livingUnits(line))
  return { free, ready }
}

// Places of the plan that take exactly what lies there now stay; of two answers that cost the same the present one, unless the order hurries.
async function stillBest(eye: Eye, guided: Guided, held: readonly WorkLine[]): Promise<Leaving[]> {
  const { ground, free, tx } = eye
  const best = decide(ground, guided, free, tx.now)
  const home = new Set(held.map((line) => line.location_id))
  const present = isUrgent(ground, guided.demand, tx.now)
    ? best
    : decide(ground, { ...guided, demand: { ...guided.demand, home } }, free, tx.now)
  const cost = (decision: Decision) => decision.plan?.cost ?? Infinity
  const settles = stayingIn(present, held).length === home.size && cost(present) <= cost(best)
  const decision = settles ? present : best
  const staying = stayingIn(decision, held)
  if (staying.length === home.size && decision.plan !== null) await keepExplanation(eye, decision)
  return staying.flatMap((part) => leavingFrom(eye, part, held))
}

function stayingIn({ demand, plan }: Decision, held: readonly WorkLine[]): Part[] {
  const at = Map.groupBy(held, (line) => line.location_id)
  return (plan?.parts ?? []).filter((part) => {
    const mine = at.get(part.candidate.site.location.location_id)
    return (
      mine !== undefined &&
      demand.lines.every(({ line_no }, index) => unitsOf(mine, line_no) === (part.quantity[index] ?? 0))
    )
  })
}

function leavingFrom({ ground, ready, tx }: Eye, { candidate, offer }: Part, held: readonly WorkLine[]): Leaving[] {
  const { location } = candidate.site
  const ids = new Set(
    held.filter((line) => line.location_id === location.location_id).map((line) => line.fulfilment_id),
  )
  if (ground.unpriced) return [...ids].map((fulfilment_id) => ({ fulfilment_id, by: null }))
  if (offer === null) return []
  const { card } = offer.service
  return [...ids].map((fulfilment_id) => {
    const ready_at = ready.get(fulfilment_id) ?? tx.now
    const leaves_at = leavesAt(location, ready_at, tx.now, card.cut_off)
    const transit_days = offer.zone.transit_days.p90
    return { fulfilment_id, by: { carrier: card.carrier, service: card.service, leaves_at, transit_days } }
  })
}

// What is in somebody's hands stays whatever it costs and whatever rules leave out, if any service goes from there.
function serviceFrom(eye: Eye, { demand, guidances }: Guided, held: readonly WorkLine[]): LookedAt {
  const { ground, free, tx } = eye
  const guidance = unruled(guidances[0] ?? shippedGuidance)
  const ids = [...new Set(held.map((line) => line.fulfilment_id))]
  const lines = demand.lines.map((line) => ({ ...line, handling_classes: [] }))
  const wanted = { ...demand, lines, excluded: new Set<string>(), locked: null }
  const here = held[0]?.location_id
  const candidate = lookAtSites(ground, guidance, wanted, free, tx.now).find(
    (one) => one.site.location.location_id === here,
  )
  if (candidate === undefined) return { staying: [], unserved: ids }
  const quantity = lines.map((line) => unitsOf(held, line.line_no))
  const staying = leavingFrom(eye, partOf(guidance, wanted, candidate, quantity), held)
  return { staying, unserved: staying.length === 0 ? ids : [] }
}

async function keepExplanation(
  { tx, order, ground, by, footing, circuits, free }: Eye,
  decision: Decision,
): Promise<void> {
  const degraded = degradedBy(footing, decision)
  const [decision_id, order_id] = [tx.newId(), order.order_id]
  const { cost, margin, detail } = explain(
    ground,
    by(order_id),
    decision,
    timesOf(tx.now, free.booked).arrives,
    degraded,
  )
  const earlier = await insertExplanations(tx, [
    {
      decision_id,
      order_id,
      cause: 'address',
      outcome: decision.outcome,
      currency: ground.currency,
      cost,
      margin,
      detail: JSON.stringify(detail),
    },
  ])
  await countTakings(tx, [decision], earlier)
  await insertDegraded(tx, markedRows(circuits, { decision_id, order_id, degraded }))
  await schedule(tx, reconcileJobs(circuits, [{ order, degraded }]))
}
