// Many orders over one network: who gets scarce stock and capacity is decided by money, not by who came first.

import {
  type Batch,
  type BatchEffort,
  type BatchSourcing,
  defaultBatchEffort,
  type PricedBatch,
} from './sourcing-batch-model.ts'
import { placeAll } from './sourcing-batch-place.ts'
import { BoundReached, makePool, type Pool } from './sourcing-batch-pool.ts'
import { findPrices } from './sourcing-batch-prices.ts'

export type * from './sourcing-batch-model.ts'
export { defaultBatchEffort } from './sourcing-batch-model.ts'

/** Sources all orders together within the stock and the capacities that they share; an order that is dearer to place than to
 *  let wait, waits. Prices in minor units, as in `sourceOrder`; `bound` is proven, the answer's cost at or above it. The same
 *  input and seed give the same answer. Takes about 2 ms an order on one core. Throws RangeError as `sourceOrder` does. */
export function sourceBatch(batch: Batch, effort: BatchEffort = defaultBatchEffort): BatchSourcing {
  return sourced(makePool(batch), effort)
}

/** The same with the prices of scarce stock, in minor units a unit, and a bound on the work: null where `nodes_at_most` nodes of
 *  all searches together have found no answer. A bound in work, not in time, so that the same input gives the same answer. */
export function sourceBatchWithin(batch: Batch, effort: BatchEffort, nodes_at_most: number): PricedBatch | null {
  const pool = makePool(batch, nodes_at_most)
  try {
    const answer = sourced(pool, effort)
    const scarce = pool.cells.flatMap((cell, r) => {
      const price = pool.price[r]!
      const { skus } = batch.network
      return price > 0 ? [{ location: Math.floor(cell / skus), sku: cell % skus, price }] : []
    })
    return { ...answer, scarce }
  } catch (error) {
    if (error instanceof BoundReached) return null
    throw error
  }
}

function sourced(pool: Pool, effort: BatchEffort): BatchSourcing {
  const { batch } = pool
  const bound = findPrices(pool, effort)
  const chosen = placeAll(pool, effort)
  const cost = chosen.reduce((sum, plan) => sum + plan.cost, 0)
  return {
    answers: chosen.map((plan) => plan.answer),
    cost,
    bound: Math.min(bound, cost),
    worth: batch.capacities.map((_, k) => pool.price[pool.cells.length + k]!),
  }
}
