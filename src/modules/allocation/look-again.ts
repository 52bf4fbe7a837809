// Work that lies at a place already, looked at by the same decision as any other: whether that place is still the cheapest for it, and by which service it leaves.
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { bookedFor, lockShifts, opensAt } from '../capacity/index.ts'
import { rememberedSkus } from '../catalog/index.ts'
import type { OrderFacts } from '../orders/index.ts'
import type { Leaving, WorkLine } from '../warehouse/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { explain } from './explain-decision.ts'
import type { FreeStock } from './free-stock.ts'
import { shippedGuidance, unruled } from './guidance.ts'
import { leavesAt, lookAtSites } from './look-at-sites.ts'
import { freeStock, placesFor } from './look-at-stock.ts'
import { demandOf } from './make-demand.ts'
import { type Ground, groundKinds, groundOf } from './prepare-ground.ts'
import { partOf } from './price-parts.ts'
import { guideInForce, type Ruled } from './read-rules.ts'
import { decide } from './rules.ts'
import { insertExplanations, marksOf } from './store.ts'
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
  readonly ground: Ground
  readonly by: Ruled['by']
  readonly free: FreeStock
  /** By fulfilment: when it is ready, by the slot that it keeps or as soon as somebody works there. */
  readonly ready: ReadonlyMap<string, Date>
}

/**
 * Looks at untouched work of an order, which may leave from elsewhere, and at work in hand, which may not. What lies at a place counts as free
 * there, and the place keeps the time that it has booked. Nothing but the explanation is written, and that only where all of it stays.
 */
export async function lookAgain(
  tx: Tx,
  order: OrderFacts,
  untouched: readonly WorkLine[],
  inHand: readonly WorkLine[],
): Promise<LookedAt> {
  const all = [...untouched, ...inHand]
  if (all.length === 0) return { staying: [], unserved: [] }
  const facts = await currentFacts(tx, groundKinds)
  const ground = groundOf(facts, await currencyOf(tx))
  const skus = await rememberedSkus(
    tx,
    facts,
    all.map((line) => line.sku),
  )
  const { marks } = await marksOf(tx, [order.order_id], groundKinds)
  const groups = [untouched, ...Map.groupBy(inHand, (line) => line.fulfilment_id).values()]
  const demands = groups.map((mine) =>
    demandOf(
      ground,
      order,
      marks,
      (sku) => skus.get(sku),
      (line) => unitsOf(mine, line.line_no),
    ),
  )
  const ruled = await guideInForce(facts, demands, tx.now)
  const guided = demands.map((demand) => ruled.guided.find((one) => one.demand === demand) ?? { demand, guidances: [] })
  const eye = { tx, ground, by: ruled.by, ...(await freeAround(tx, ground, guided, all)) }
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
  const slots = await lockShifts(tx, places, ground.promotion, { look: true })
  const free = await freeStock(tx, ground, guided, slots)
  const at = new Map(places.map((location) => [location.location_id, location]))
  const homes = new Map(held.map((line) => [line.fulfilment_id, line.location_id]))
  const booked = new Map((await bookedFor(tx, [...homes.keys()])).map((booking) => [booking.fulfilment_id, booking]))
  const ready = new Map<string, Date>()
  for (const [fulfilment_id, location_id] of homes) {
    const location = at.get(location_id)
    const booking = booked.get(fulfilment_id)
    const slot = booking === undefined ? null : slots.slotAt(location_id, booking.starts_at)
    if (booking !== undefined) slots.leave(location_id, booking.starts_at, booking)
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

async function keepExplanation({ tx, ground, by, free }: Eye, decision: Decision): Promise<void> {
  const { cost, margin, detail } = explain(
    ground,
    by(decision.demand.order_id),
    decision,
    timesOf(tx.now, free.booked).arrives,
  )
  await insertExplanations(tx, [
    {
      decision_id: tx.newId(),
      order_id: decision.demand.order_id,
      cause: 'address',
      outcome: decision.outcome,
      currency: ground.currency,
      cost,
      margin,
      detail: JSON.stringify(detail),
    },
  ])
}
