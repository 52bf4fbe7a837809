// What a part costs, by the one formula that solver, reference model and explanation share.

import type { CostTerms, Network, Order, Part, RateCard, Sourcing } from './sourcing-model.ts'

/** Grams that the carrier charges: weight, or volume as weight where that is more. */
export function chargeableGrams(rates: RateCard, weight_grams: number, volume_mm3: number): number {
  if (rates.mm3_per_gram <= 0) return weight_grams
  return Math.max(weight_grams, volume_mm3 / rates.mm3_per_gram)
}

/** Parcels needed for that many chargeable grams; a part is at least one parcel. */
export function parcelsFor(rates: RateCard, grams: number): number {
  const heaviest = rates.upto_grams[rates.upto_grams.length - 1]!
  return Math.max(1, Math.ceil(grams / heaviest))
}

/** Price of `grams` chargeable grams: full parcels, and one with the rest at its step. Never falls as grams rise. */
export function ratePrice(rates: RateCard, grams: number): number {
  const { upto_grams, price } = rates
  const last = upto_grams.length - 1
  const full = parcelsFor(rates, grams) - 1
  const rest = full > 0 ? grams - full * upto_grams[last]! : grams
  let step = 0
  while (step < last && rest > upto_grams[step]!) step++
  return full * price[last]! + price[step]!
}

/** The terms of one part: `quantity[line]` units from `location`; split and unmet are the order's, so 0 here.
 *  Throws RangeError when the location may not serve the order. */
export function partTerms(network: Network, order: Order, location: number, quantity: readonly number[]): CostTerms {
  const site = network.locations[location]
  const lane = order.lanes[location]
  if (!site || !lane) throw new RangeError(`location ${location} may not serve this order`)
  let [lines, weight_grams, volume_mm3, depletion] = [0, 0, 0, 0]
  order.lines.forEach((line, i) => {
    const units = quantity[i] ?? 0
    if (units === 0) return
    lines++
    weight_grams += units * line.weight_grams
    volume_mm3 += units * line.volume_mm3
    if (network.depletion) depletion += units * network.depletion[location * network.skus + line.sku]!
  })
  return {
    handling: site.handling_part + (site.handling_line + (lane.handling_line ?? 0)) * lines,
    shipping: ratePrice(lane.rates, chargeableGrams(lane.rates, weight_grams, volume_mm3)),
    split: 0,
    lateness: order.lateness?.[location] ?? 0,
    load: site.load_part + site.load_line * lines,
    depletion,
    carbon: lane.carbon_part + lane.carbon_gram * weight_grams,
    unmet: 0,
  }
}

/** All terms together, in minor units. */
export function sumTerms(terms: CostTerms): number {
  return (
    terms.handling +
    terms.shipping +
    terms.split +
    terms.lateness +
    terms.load +
    terms.depletion +
    terms.carbon +
    terms.unmet
  )
}

/** A part with its price, parcels and chargeable weight. */
export function pricePart(network: Network, order: Order, location: number, quantity: readonly number[]): Part {
  const rates = order.lanes[location]!.rates
  let [weight_grams, volume_mm3] = [0, 0]
  order.lines.forEach((line, i) => {
    weight_grams += quantity[i]! * line.weight_grams
    volume_mm3 += quantity[i]! * line.volume_mm3
  })
  const chargeable_grams = chargeableGrams(rates, weight_grams, volume_mm3)
  const cost = sumTerms(partTerms(network, order, location, quantity))
  return { location, quantity, parcels: parcelsFor(rates, chargeable_grams), chargeable_grams, cost }
}

/** The cost of parts and rest together: every part, the split penalty, what stays unmet. */
export function priceAnswer(order: Order, parts: readonly Part[], rest: readonly number[]): number {
  let cost = Math.max(0, parts.length - 1) * order.split.penalty
  for (const part of parts) cost += part.cost
  rest.forEach((units, i) => {
    if (units > 0) cost += units * (order.unmet?.[i] ?? Infinity)
  })
  return cost
}

/** An answer's cost by cause, for explanation; sums to `answer.cost`. */
export function explainCost(network: Network, order: Order, answer: Sourcing): CostTerms {
  const total: CostTerms = {
    handling: 0,
    shipping: 0,
    split: 0,
    lateness: 0,
    load: 0,
    depletion: 0,
    carbon: 0,
    unmet: 0,
  }
  for (const part of answer.parts) {
    const terms = partTerms(network, order, part.location, part.quantity)
    total.handling += terms.handling
    total.shipping += terms.shipping
    total.lateness += terms.lateness
    total.load += terms.load
    total.depletion += terms.depletion
    total.carbon += terms.carbon
  }
  total.split = Math.max(0, answer.parts.length - 1) * order.split.penalty
  answer.rest.forEach((units, i) => {
    if (units > 0) total.unmet += units * (order.unmet?.[i] ?? 0)
  })
  return total
}
