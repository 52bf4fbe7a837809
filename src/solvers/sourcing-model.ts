// The words of sourcing: what a network, an order and an answer are made of, in plain numbers and indices.
//
// Prices are numbers in one currency's minor units (fractions allowed: a price of scarcity is rarely whole). Weights are
// grams, volumes cubic millimetres. Ids stay outside: locations, SKUs and lines are counted from 0.

/** A carrier's price by weight for one lane. `price[k]` holds up to and including `upto_grams[k]`; both ascend.
 *  The last step is the heaviest parcel: what is heavier travels as full parcels and one with the rest. */
export type RateCard = {
  readonly upto_grams: readonly number[]
  readonly price: readonly number[]
  /** Cubic millimetres that count as one gram (5,000 for the usual divisor of 5,000 cm³/kg); 0: volume is free. */
  readonly mm3_per_gram: number
}

/** The way from one location to this order's address. */
export type Lane = {
  readonly rates: RateCard
  /** CO₂ in money, for each part and for each gram of it. */
  readonly carbon_part: number
  readonly carbon_gram: number
  /** For each line of a part, on top of what the location asks of everybody. */
  readonly handling_line?: number
  /** Lines of this order that may not leave from there. */
  readonly barred?: readonly number[]
}

export type Location = {
  /** Capabilities as bits (cold chain, oversize, gift wrap …): a line goes only where all that it needs is had. */
  readonly capabilities: number
  readonly handling_part: number
  readonly handling_line: number
  /** The price of load now, for each part and each line: rises with the backlog, 0 where there is none. */
  readonly load_part: number
  readonly load_line: number
}

/** What many orders share. Matrices are flat, row by location: `[location * skus + sku]`. */
export type Network = {
  readonly locations: readonly Location[]
  readonly skus: number
  readonly stock: ArrayLike<number>
  /** Price of taking one unit from there, on top of all else: scarce stock kept for where it is needed. null: none. */
  readonly depletion: ArrayLike<number> | null
  /** For each hazard class, the classes (bits) that may not travel in one part with it; class 0 is no hazard. */
  readonly keep_apart: readonly number[]
}

export type OrderLine = {
  readonly sku: number
  readonly quantity: number
  /** Of one unit. */
  readonly weight_grams: number
  readonly volume_mm3: number
  readonly value: number
  readonly needs: number
  /** Index into `kits`, or -1. The lines of a kit leave from one location, kit by kit. */
  readonly kit: number
  readonly hazard: number
}

export type SplitPolicy = {
  /** For each part beyond the first. */
  readonly penalty: number
  readonly max_parts: number
  /** Least value of each part when the order is split, and of what is left unmet. */
  readonly min_part_value: number
  readonly min_rest_value: number
  /** false: each line (or kit line) leaves whole from one location. */
  readonly lines: boolean
}

export type Order = {
  readonly lines: readonly OrderLine[]
  /** How many kits of each kind the order holds; a component's quantity is a multiple of it. */
  readonly kits: readonly number[]
  /** By location; null: that location may not serve this order. */
  readonly lanes: readonly (Lane | null)[]
  /** By location: the price of a part from there arriving after the promise. null: none is late. */
  readonly lateness: ArrayLike<number> | null
  readonly split: SplitPolicy
  /** By line: price of leaving one unit unmet. null: all or nothing. */
  readonly unmet: readonly number[] | null
  /** Units of each SKU that this order leaves at every location. */
  readonly keep?: number
}

/** Money by cause; their sum is the cost. */
export type CostTerms = {
  handling: number
  shipping: number
  split: number
  lateness: number
  load: number
  depletion: number
  carbon: number
  unmet: number
}

/** A location's share of the order: `quantity[line]` units, and what they cost there (no split penalty). */
export type Part = {
  readonly location: number
  readonly quantity: readonly number[]
  readonly parcels: number
  readonly chargeable_grams: number
  readonly cost: number
}

export type Sourcing = {
  /** By location, ascending; empty when nothing is shipped. */
  readonly parts: readonly Part[]
  /** By line: units left unmet (all zero unless `unmet` prices allow it). */
  readonly rest: readonly number[]
  /** Infinity: there is no answer within the rules. */
  readonly cost: number
  /** Nothing cheaper than this exists. Equals `cost` when optimal. */
  readonly bound: number
  readonly optimal: boolean
  /** Nodes looked at. */
  readonly explored: number
}

export type Effort = {
  /** The search stops after this many nodes and says what it has; a million take about a second. */
  readonly max_nodes: number
}

export const defaultEffort: Effort = { max_nodes: 100_000 }
