// The words of sourcing many orders at once: what they share besides stock, and what comes out.

import type { Network, Order, Sourcing } from './sourcing-model.ts'

/** A limit on what one location ships for the whole batch: Σ over its parts of `per_part` + `per_line` × lines ≤ `most`.
 *  Orders: (1, 0); lines: (0, 1); minutes: (minutes of a part, minutes of a line). A location may have several. */
export type Capacity = {
  readonly location: number
  readonly per_part: number
  readonly per_line: number
  readonly most: number
}

export type Batch = {
  /** Its stock is shared by all the orders. */
  readonly network: Network
  readonly orders: readonly Order[]
  readonly capacities: readonly Capacity[]
  /** By order: the price of not placing it now. What costs more to place, waits. */
  readonly wait: readonly number[]
}

/** An answer with the prices found for a unit of stock where orders contend for it; places without a price are left out. */
export type PricedBatch = BatchSourcing & {
  readonly scarce: readonly { readonly location: number; readonly sku: number; readonly price: number }[]
}

export type BatchEffort = {
  /** Rounds of pricing, each with an exact answer for every order. */
  readonly rounds: number
  /** Nodes for one order in one round. */
  readonly max_nodes: number
  /** Groups of orders that are chosen anew together. */
  readonly groups: number
  readonly seed: number
}

/** How one order of a batch is served. */
export type Served = Pick<Sourcing, 'parts' | 'rest' | 'cost'>

export type BatchSourcing = {
  /** By order; null: it waits. */
  readonly answers: readonly (Served | null)[]
  /** Of all answers, with the price of waiting. */
  readonly cost: number
  /** No sharing of stock and capacity costs less. */
  readonly bound: number
  /** Prices of capacity found, by capacity: what one more unit of it would save. */
  readonly worth: readonly number[]
}

export const defaultBatchEffort: BatchEffort = { rounds: 4, max_nodes: 1000, groups: 4000, seed: 1 }
