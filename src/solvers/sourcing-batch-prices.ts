// Prices of contested stock and capacity (Lagrangian relaxation): exact answers for every order at the prices of the round,
// then prices that balance all plans known, and so on; each round proves a bound.
//
// M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems", Management Science 27(1), 1981;
// plans as columns after G. B. Dantzig, P. Wolfe, "Decomposition principle for linear programs", Operations Research 8(1), 1960.

import { sourceOrder } from './sourcing.ts'
import type { BatchEffort } from './sourcing-batch-model.ts'
import { addPlan, type Pool, spend } from './sourcing-batch-pool.ts'
import { seedPlans } from './sourcing-batch-seed.ts'
import type { Network } from './sourcing-model.ts'

const balancing_steps = 200
const good_enough = 2e-4

/** Fills the pool with plans and leaves in it the prices of the best bound, which it answers. */
export function findPrices(pool: Pool, { rounds, max_nodes }: BatchEffort): number {
  const network = pricedNetwork(pool)
  seedPlans(pool)
  const kept = pool.price.slice()
  let best = -Infinity
  for (let round = 0; round < rounds; round++) {
    const bound = answerAll(pool, network(), max_nodes)
    if (bound > best) {
      best = bound
      kept.set(pool.price)
    }
    if (round === rounds - 1) break
    const value = balance(pool, kept)
    if (value - best < good_enough * Math.abs(value)) break
  }
  pool.price.set(kept)
  return best
}

// One exact answer for every order at the prices; the bound that they prove.
function answerAll(pool: Pool, network: Network, max_nodes: number): number {
  const { orders, wait } = pool.batch
  let bound = 0
  for (let r = 0; r < pool.resources; r++) bound -= pool.price[r]! * pool.room[r]!
  for (let o = 0; o < orders.length; o++) {
    const answer = sourceOrder(network, orders[o]!, { max_nodes })
    spend(pool, 1 + answer.explored)
    if (answer.cost < Infinity) addPlan(pool, o, answer)
    bound += Math.min(answer.optimal ? answer.cost : answer.bound, wait[o]!)
  }
  return bound
}

/** A network whose prices include those of the pool, made anew at each call (in the same arrays). */
export function pricedNetwork(pool: Pool): () => Network {
  const { network, capacities } = pool.batch
  const size = network.locations.length * network.skus
  const depletion = network.depletion ? Float64Array.from(network.depletion) : new Float64Array(size)
  const base = pool.cells.map((cell) => depletion[cell]!)
  return () => {
    pool.cells.forEach((cell, r) => {
      depletion[cell] = base[r]! + pool.price[r]!
    })
    const locations = network.locations.map((location, l) => {
      let { load_part, load_line } = location
      for (const k of pool.capacities_at[l]!) {
        load_part += pool.price[pool.cells.length + k]! * capacities[k]!.per_part
        load_line += pool.price[pool.cells.length + k]! * capacities[k]!.per_line
      }
      return { ...location, load_part, load_line }
    })
    return { ...network, locations, depletion }
  }
}

/** All plans known, flat, for the many steps of balancing: plan p of order o has first[o] ≤ p < first[o + 1], its uses start at from[p]. */
type Flat = {
  readonly first: Int32Array
  readonly from: Int32Array
  readonly cost: Float64Array
  readonly use: Int32Array
  readonly amount: Float64Array
}

function flatten({ plans }: Pool): Flat {
  const all = plans.flat()
  const flat: Flat = {
    first: new Int32Array(plans.length + 1),
    from: new Int32Array(all.length + 1),
    cost: Float64Array.from(all, (plan) => plan.cost),
    use: Int32Array.from(all.flatMap((plan) => plan.use)),
    amount: Float64Array.from(all.flatMap((plan) => plan.amount)),
  }
  plans.forEach((known, o) => {
    flat.first[o + 1] = flat.first[o]! + known.length
  })
  all.forEach((plan, p) => {
    flat.from[p + 1] = flat.from[p]! + plan.use.length
  })
  return flat
}

// The cheapest plan of every order at the prices; their cost, and in `load` what they take.
function choose({ first, from, cost, use, amount }: Flat, price: Float64Array, load: Float64Array): number {
  let total = 0
  for (let o = 0; o + 1 < first.length; o++) {
    let [least, cheapest] = [Infinity, -1]
    for (let p = first[o]!; p < first[o + 1]!; p++) {
      let priced = cost[p]!
      for (let k = from[p]!; k < from[p + 1]! && priced < least; k++) priced += amount[k]! * price[use[k]!]!
      if (priced < least) {
        least = priced
        cheapest = p
      }
    }
    total += least
    for (let k = from[cheapest]!; k < from[cheapest + 1]!; k++) load[use[k]!]! += amount[k]!
  }
  return total
}

// Subgradient steps over the plans known, from the prices `from`; leaves the best prices in the pool, answers their value.
function balance(pool: Pool, from: Float64Array): number {
  const { price, room, resources } = pool
  const kept = from.slice()
  const load = new Float64Array(resources)
  const flat = flatten(pool)
  price.set(from)
  let [best, reach, stale] = [-Infinity, 1, 0]
  for (let step = 0; step < balancing_steps && reach > 1e-3; step++) {
    load.fill(0)
    let value = choose(flat, price, load)
    for (let r = 0; r < resources; r++) value -= price[r]! * room[r]!
    if (value > best) {
      best = value
      kept.set(price)
      stale = 0
    } else if (++stale >= 8) {
      reach *= 0.6
      stale = 0
      price.set(kept)
    }
    climb(pool, load, reach * 0.02 * Math.abs(value))
  }
  price.set(kept)
  return best
}

// Relative excess moves the price, so that units of stock and minutes of work weigh alike.
function climb({ price, room, resources }: Pool, load: Float64Array, length: number): void {
  let norm = 0
  for (let r = 0; r < resources; r++) norm += over(load[r]!, room[r]!, price[r]!) ** 2
  if (norm < 1e-12) return
  for (let r = 0; r < resources; r++) {
    const excess = over(load[r]!, room[r]!, price[r]!)
    if (excess !== 0) price[r] = Math.max(0, price[r]! + (length * excess) / norm / Math.max(1, room[r]!))
  }
}

function over(load: number, room: number, price: number): number {
  const excess = (load - room) / Math.max(1, room)
  return excess < 0 && price === 0 ? 0 : excess
}
