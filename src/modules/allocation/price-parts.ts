// What a part of an order costs from a location: its cheapest service and the handling.
import { priceIn } from '../shipping/index.ts'
import type { Candidate, Demand, Offer, Part, Plan } from './types.ts'

/** The cheapest service for these goods, the quicker one of two that cost the same; null where no service is on file. */
export function bestOffer(demand: Demand, candidate: Candidate, quantity: readonly number[]): Offer | null {
  let [weight_grams, volume_mm3] = [0, 0]
  demand.lines.forEach((line, index) => {
    weight_grams += (quantity[index] ?? 0) * line.weight_grams
    volume_mm3 += (quantity[index] ?? 0) * line.volume_mm3
  })
  let best: Offer | null = null
  for (const { service, zone } of candidate.ways) {
    const amount = Number(priceIn(zone, { weight_grams, volume_mm3 }).amount)
    if (
      best === null ||
      amount < best.amount ||
      (amount === best.amount && zone.transit_days.p90 < best.zone.transit_days.p90)
    ) {
      best = { service, zone, amount }
    }
  }
  return best
}

/** A part with its cheapest service and what it costs. */
export function partOf(demand: Demand, candidate: Candidate, quantity: readonly number[]): Part {
  const offer = bestOffer(demand, candidate, quantity)
  const { handling_per_order_minor, handling_per_line_minor } = candidate.site.location
  const lines = quantity.filter((units) => units > 0).length
  return {
    candidate,
    quantity,
    offer,
    shipping: offer?.amount ?? 0,
    handling: handling_per_order_minor + handling_per_line_minor * lines,
  }
}

/** Parts and what they cost together; `penalty` for each part beyond the first. */
export function planOf(parts: readonly Part[], penalty: number): Plan {
  const split = penalty * Math.max(0, parts.length - 1)
  return { parts, split, cost: parts.reduce((sum, part) => sum + part.shipping + part.handling, split) }
}
