// Work that lies at a place already, looked at by the same decision as any other: whether that place is still the cheapest for it, and by which service it leaves.
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { lockShifts } from '../capacity/index.ts'
import { rememberedSkus } from '../catalog/index.ts'
import type { OrderFacts } from '../orders/index.ts'
import type { Leaving, WorkLine } from '../warehouse/index.ts'
import { currencyOf, freeStock, placesFor } from './allocate-orders.ts'
import { explain } from './explain-decision.ts'
import type { FreeStock } from './free-stock.ts'
import { lookAtSites } from './look-at-sites.ts'
import { demandOf } from './make-demand.ts'
import { type Ground, groundKinds, groundOf } from './prepare-ground.ts'
import { partOf } from './price-parts.ts'
import { guideInForce, type Ruled } from './read-rules.ts'
import { decide, type Guided } from './rules.ts'
import { insertExplanations, marksOf } from './store.ts'
import type { Decision, Part } from './types.ts'
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
  const [open, ...fixed] = ruled.guided
  const free = await freeAround(tx, ground, open === undefined ? fixed : [open, ...fixed], all)
  const eye = { tx, ground, by: ruled.by, free }
  const kept = fixed.map((guided, index) => serviceFrom(eye, guided, groups[index + 1] ?? []))
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

async function freeAround(
  tx: Tx,
  ground: Ground,
  guided: readonly Guided[],
  held: readonly WorkLine[],
): Promise<FreeStock> {
  const here = new Set(held.map((line) => line.location_id))
  const others = placesFor(ground, guided).filter((site) => !here.has(site.location.location_id))
  const slots = await lockShifts(
    tx,
    others.map((site) => site.location),
    ground.promotion,
    { look: true },
  )
  const free = await freeStock(tx, ground, guided, slots)
  for (const line of held) free.add(line.location_id, line.sku, free.at(line.location_id, line.sku) + livingUnits(line))
  return free
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
  return staying.flatMap((part) => leavingFrom(ground, part, held))
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

function leavingFrom(ground: Ground, { candidate, offer }: Part, held: readonly WorkLine[]): Leaving[] {
  const { location_id } = candidate.site.location
  const ids = new Set(held.filter((line) => line.location_id === location_id).map((line) => line.fulfilment_id))
  if (ground.unpriced) return [...ids].map((fulfilment_id) => ({ fulfilment_id, by: null }))
  if (offer === null) return []
  const { card } = offer.service
  const by = { carrier: card.carrier, service: card.service, transit_days: offer.zone.transit_days.p90 }
  return [...ids].map((fulfilment_id) => ({ fulfilment_id, by }))
}

// What is in somebody's hands stays whatever it costs, if any service goes from there.
function serviceFrom({ ground, free, tx }: Eye, { demand, guidances }: Guided, held: readonly WorkLine[]): LookedAt {
  const [guidance] = guidances
  const ids = [...new Set(held.map((line) => line.fulfilment_id))]
  const wanted = { ...demand, excluded: new Set<string>() }
  const here = held[0]?.location_id
  const candidate =
    guidance === undefined
      ? undefined
      : lookAtSites(ground, guidance, wanted, free, tx.now).find((one) => one.site.location.location_id === here)
  if (guidance === undefined || candidate === undefined) return { staying: [], unserved: ids }
  const quantity = demand.lines.map((line) => unitsOf(held, line.line_no))
  const staying = leavingFrom(ground, partOf(guidance, wanted, candidate, quantity), held)
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
