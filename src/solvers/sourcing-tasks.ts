// Settles which sets of locations and rate steps hold the cheapest answer: bounds first, then searches, the shortest first.

import { fill } from './sourcing-fill.ts'
import type { Search } from './sourcing-load.ts'
import { placeFrom } from './sourcing-place.ts'
import { addOthers, arrange, makeRoom, type Plan } from './sourcing-plan.ts'
import { leastCost, roomPrice, setPrices } from './sourcing-price.ts'
import { chooseSteps, widestSteps } from './sourcing-steps.ts'

/** A set of locations that could hold the best answer, with a lower bound of what it costs. */
export type Waiting = { readonly plan: Plan; readonly bound: number }

type Task = {
  readonly plan: Plan
  readonly steps: Float64Array
  readonly price: number
  readonly bound: number
  readonly weight_price: Float64Array
  readonly volume_price: Float64Array
}

const price_rounds = 12
// Pricing one choice of steps takes about as long as this many nodes of a walk.
const nodes_to_price = 100
const first_walk = 300
const longer_walk = 6

/** Finds the best answer on any of the sets; answers the least bound of what `max_nodes` left open, Infinity if nothing. */
export function settleAll(x: Search, waiting: Waiting[]): number {
  let open = Infinity
  let tasks: Task[] = []
  waiting.sort((a, b) => a.bound - b.bound)
  for (const { plan, bound } of waiting) {
    if (bound >= x.best - x.gain) break
    if (x.nodes > x.max_nodes || !addTasks(x, plan, tasks)) open = Math.min(open, bound)
  }
  for (let limit = first_walk; tasks.length > 0 && x.nodes < x.max_nodes; limit *= longer_walk) {
    const unfinished: Task[] = []
    tasks.sort((a, b) => a.bound - b.bound)
    for (const task of tasks) {
      if (task.bound < x.best - x.gain && !walk(x, task, limit)) unfinished.push(task)
    }
    tasks = unfinished
  }
  for (const { bound } of tasks) if (bound < x.best - x.gain) open = Math.min(open, bound)
  return open
}

// Bounds every choice of steps on one set, trying quick placements on the way; false when nodes ran out.
function addTasks(x: Search, plan: Plan, tasks: Task[]): boolean {
  const { w, prices } = plan
  if (!hasAnswer(x, plan)) return true
  const choices = chooseSteps(plan, x.max_nodes - x.nodes + 1)
  if (!choices) return false
  for (const { steps, price } of choices.sort((a, b) => a.price - b.price)) {
    const target = () => x.best - x.gain - price
    if (plan.lines >= target()) break
    x.nodes += nodes_to_price
    if (x.nodes > x.max_nodes) return false
    makeRoom(plan, steps)
    const least = setPrices(w, prices, target, price_rounds, () => fill(w, prices))
    if (least >= target()) continue
    const [weight_price, volume_price] = [prices.weight_price.slice(), prices.volume_price.slice()]
    tasks.push({ plan, steps, price, bound: price + least, weight_price, volume_price })
  }
  return true
}

// False when the set has no answer at any price: hazards, values or contested stock may forbid what the bounds allow.
function hasAnswer(x: Search, plan: Plan): boolean {
  const { p, policy } = x
  const simple =
    !p.contested && policy.min_part_value <= 0 && policy.min_rest_value <= 0 && p.apart.every((bits) => bits === 0)
  if (simple && x.best < Infinity) return true
  const [best, best_units] = [x.best, x.best_units]
  const { steps, price } = widestSteps(plan)
  const no_price = new Float64Array(plan.w.columns)
  x.best = Infinity
  const done = walk(x, { plan, steps, price, bound: price, weight_price: no_price, volume_price: no_price }, first_walk)
  const none = done && x.best === Infinity
  if (x.best >= best) {
    x.best = best
    x.best_units = best_units
  }
  return !none
}

// Searches one task for at most `limit` nodes; says whether it is done.
function walk(x: Search, { plan, steps, price, weight_price, volume_price }: Task, limit: number): boolean {
  const { w, prices } = plan
  makeRoom(plan, steps)
  prices.weight_price.set(weight_price)
  prices.volume_price.set(volume_price)
  for (let i = 0; i < w.items; i++) prices.least[i] = leastCost(w, prices, i)
  arrange(plan, price)
  plan.others.length = 0
  if (limit > first_walk) addOthers(plan)

  x.pause = Math.min(x.max_nodes, x.nodes + limit)
  placeFrom(plan, 0, price - roomPrice(w, prices))
  return x.nodes <= x.pause
}
