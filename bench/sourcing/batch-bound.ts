// What no sharing of stock and capacity costs less than, by HiGHS: every order solved by it at prices of stock and capacity
// (any prices give a bound, good ones a good one), less what stock and capacity are worth at them.

import type { Batch } from '../../src/solvers/sourcing-batch.ts'
import { defaultBatchEffort } from '../../src/solvers/sourcing-batch-model.ts'
import { makePool } from '../../src/solvers/sourcing-batch-pool.ts'
import { findPrices, pricedNetwork } from '../../src/solvers/sourcing-batch-prices.ts'
import { at } from './data.ts'
import { addOrder, emptyProgram } from './program.ts'
import { type Reference, solveProgram } from './reference.ts'

const many_rounds = { ...defaultBatchEffort, rounds: 12, max_nodes: 5000 }

/** The bound; `proven` when HiGHS solved every order to the end. Each order has `seconds` at most. */
export async function boundBatch(batch: Batch, seconds: number, tell: (line: string) => void): Promise<Reference> {
  const pool = makePool(batch)
  findPrices(pool, many_rounds)
  const network = pricedNetwork(pool)()
  let bound = 0
  for (let r = 0; r < pool.resources; r++) bound -= at(pool.price, r) * at(pool.room, r)
  let [unproven, spent] = [0, 0]
  for (const [o, order] of batch.orders.entries()) {
    const program = emptyProgram()
    addOrder(program, network, order, at(batch.wait, o))
    const one = await solveProgram(program, seconds)
    bound += one.bound
    spent += one.seconds
    if (!one.proven) unproven++
    if (o % 50 === 49) tell(`${o + 1} orders, ${unproven} unproven, ${spent.toFixed(0)} s`)
  }
  return { value: null, bound, proven: unproven === 0, seconds: spent }
}
