// What a part of an order costs from a location, by cause: freight, handling, lateness, and what the rule prefers.
import { chargeableGrams, parcelsFor } from '../../solvers/sourcing-cost.ts'
import { priceIn } from '../shipping/index.ts'
import type { Guidance } from './guidance.ts'
import type { Candidate, Demand, Offer, Part, Plan, Way } from './types.ts'

const FULL = 100

interface Goods {
  readonly weight_grams: number
  readonly volume_mm3: number
}

/** Weight and volume of so many units of each line. */
export function goodsOf(demand: Demand, quantity: readonly number[]): Goods {
  let [weight_grams, volume_mm3] = [0, 0]
  demand.lines.forEach((line, index) => {
    weight_grams += (quantity[index] ?? 0) * line.weight_grams
    volume_mm3 += (quantity[index] ?? 0) * line.volume_mm3
  })
  return { weight_grams, volume_mm3 }
}

/** Parcels that a part fills by the steps of its service; without one it is a single one. */
export function parcelsOf(demand: Demand, { quantity, offer }: Pick<Part, 'quantity' | 'offer'>): number {
  return offer === null ? 1 : parcelsIn(offer.zone.steps, goodsOf(demand, quantity))
}

function parcelsIn(steps: Offer['zone']['steps'], { weight_grams, volume_mm3 }: Goods): number {
  return parcelsFor(steps, chargeableGrams(steps, weight_grams, volume_mm3))
}

/** Money as the rule weighs it. */
export function weighed(amount: number, per_cent: number): number {
  return per_cent === FULL ? amount : (amount * per_cent) / FULL
}

/** The cheapest service for these goods, lateness included, the quicker one of two that cost the same; null where no service is on file. */
export function bestOffer(guidance: Guidance, candidate: Candidate, goods: Goods): Offer | null {
  let best: Offer | null = null
  let least = Infinity
  for (const way of candidate.ways) {
    const amount = Number(priceIn(way.zone, goods).amount)
    const cost = weighed(amount, guidance.weight_shipping) + way.late_minor + carbonOfParcels(candidate, way, goods)
    if (best !== null && (cost > least || (cost === least && way.zone.transit_days.p90 >= best.zone.transit_days.p90)))
      continue
    best = { ...way, amount }
    least = cost
  }
  return best
}

// What the CO₂ of the parcels costs, where a parcel has any.
function carbonOfParcels({ emits }: Candidate, { zone }: Way, goods: Goods): number {
  const each = emits.parcel * emits.price
  return each === 0 ? 0 : each * parcelsIn(zone.steps, goods)
}

/** What the rule adds for sending anything from there: kilometres, and its bonus where it prefers another place. */
export function liking(guidance: Guidance, candidate: Candidate): number {
  const way = guidance.cost_per_km === 0 ? 0 : guidance.cost_per_km * (candidate.km ?? 0)
  if (guidance.bonus === 0) return way
  if (guidance.prefer.size === 0) return way
  const { location_id, groups = [] } = candidate.site.location
  return [location_id, ...groups].some((name) => guidance.prefer.has(name)) ? way : way + guidance.bonus
}

/** A part with its cheapest service and what it costs. */
export function partOf(guidance: Guidance, demand: Demand, candidate: Candidate, quantity: readonly number[]): Part {
  const goods = goodsOf(demand, quantity)
  const offer = bestOffer(guidance, candidate, goods)
  const { handling_per_order_minor, handling_per_line_minor } = candidate.site.location
  const lines = quantity.filter((units) => units > 0).length
  const shipping = offer?.amount ?? 0
  const handling = handling_per_order_minor + handling_per_line_minor * lines
  const { emits, depletion } = candidate
  const carbon_grams = emits.parcel * parcelsOf(demand, { quantity, offer }) + emits.gram * goods.weight_grams
  return {
    candidate,
    quantity,
    offer,
    shipping,
    handling,
    lateness: offer?.late_minor ?? 0,
    load: candidate.load_minor,
    depletion: quantity.reduce((sum, units, index) => sum + units * (depletion[index] ?? 0), 0),
    carbon: carbon_grams * emits.price,
    carbon_grams,
    preference:
      weighed(shipping, guidance.weight_shipping) -
      shipping +
      weighed(handling, guidance.weight_handling) -
      handling +
      liking(guidance, candidate),
  }
}

/** Parts and what they cost together; `penalty` for each part beyond the first. */
export function planOf(parts: readonly Part[], penalty: number): Plan {
  const split = penalty * Math.max(0, parts.length - 1)
  const cost = parts.reduce((sum, part) => sum + costOf(part), split)
  return { parts, split, cost }
}

/** What a part counts for in the choice, all causes together. */
function costOf({ shipping, handling, lateness, load, depletion, carbon, preference }: Part): number {
  return shipping + handling + lateness + load + depletion + carbon + preference
}
