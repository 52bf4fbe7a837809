// The price of shipping by total weight, full parcels included: a ladder of steps that repeats with every full parcel.
//
// Its first steps stand in a table, all others follow from them: step k + period holds a full parcel more for the price of one.
// So a ladder is as large for a hundred thousand parcels as for ten.

import type { RateCard } from './sourcing-model.ts'

/** Total price of shipping by total chargeable grams: ascending steps, of which the last holds the load asked for. */
export type Steps = {
  /** The first steps: all of them, or a number of whole parcels. */
  readonly upto: readonly number[]
  readonly price: readonly number[]
  readonly mm3_per_gram: number
  /** Index of the last step. */
  readonly last: number
  /** Steps of one parcel, what a full one holds and costs. */
  readonly period: number
  readonly parcel_grams: number
  readonly parcel_price: number
}

/** Orders from life have a few parcels of a dozen steps. */
export const table_at_most = 64

/** Beyond that many, steps could not be counted one by one any more. */
const most_steps = 2 ** 52

/** The steps of a rate card from nothing up to `grams`, full parcels included. */
export function stepsUpTo(rates: RateCard, grams: number): Steps {
  const { upto_grams, price: prices, mm3_per_gram } = rates
  const period = upto_grams.length
  const parcel_grams = upto_grams[period - 1]!
  const parcel_price = prices[period - 1]!
  const upto: number[] = []
  const price: number[] = []
  const parcels = Math.max(1, Math.floor(table_at_most / period))
  for (let full = 0; full < parcels; full++) {
    for (let k = 0; k < period; k++) {
      upto.push(full * parcel_grams + upto_grams[k]!)
      price.push(full * parcel_price + prices[k]!)
      if (upto[upto.length - 1]! >= grams)
        return { upto, price, mm3_per_gram, last: upto.length - 1, period, parcel_grams, parcel_price }
    }
  }
  const endless = { upto, price, mm3_per_gram, last: Infinity, period, parcel_grams, parcel_price }
  return { ...endless, last: Math.min(most_steps, stepHolding(endless, grams)) }
}

/** Grams that step k holds in all. */
export function uptoOf({ upto, period, parcel_grams }: Steps, k: number): number {
  if (k < upto.length) return upto[k]!
  const beyond = Math.ceil((k - upto.length + 1) / period)
  return upto[k - beyond * period]! + beyond * parcel_grams
}

/** Price of step k. */
export function priceOf({ price, period, parcel_price }: Steps, k: number): number {
  if (k < price.length) return price[k]!
  const beyond = Math.ceil((k - price.length + 1) / period)
  return price[k - beyond * period]! + beyond * parcel_price
}

/** The least step that holds `grams`; the last one where none does. */
export function stepHolding({ upto, last, period, parcel_grams }: Steps, grams: number): number {
  const top = upto[upto.length - 1]!
  let [rest, from] = [grams, 0]
  if (grams > top && last >= upto.length) {
    const beyond = Math.ceil((grams - top) / parcel_grams)
    rest = grams - beyond * parcel_grams
    from = beyond * period
  }
  let [low, high] = [0, upto.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (upto[middle]! >= rest) high = middle
    else low = middle + 1
  }
  return Math.min(last, from + low)
}

/**
 * Steps from `least` to `most` among which are all corners of the lower hull of the prices: between the first parcel and the last two every
 * step lies midway between those of one parcel less and one more. `visit` is called in ascending order.
 */
export function eachCorner({ period }: Steps, least: number, most: number, visit: (k: number) => void): void {
  const [first_end, last_start] = [least + period, most - 2 * period]
  for (let k = least; k <= most; k++) {
    if (k === first_end && k < last_start) k = last_start
    visit(k)
  }
}
