// One plan for every order within the stock and capacity there is: placed by regret at the prices found, then improved by
// choosing small groups of orders anew together, and single orders exactly in what room is left.

import { type Random, seeded } from './random.ts'
import { sourceOrder } from './sourcing.ts'
import type { BatchEffort } from './sourcing-batch-model.ts'
import { addPlan, fits, needOf, type Plan, type Pool, pricedCost, spend, take } from './sourcing-batch-pool.ts'
import type { Network, Order } from './sourcing-model.ts'

export type Placing = {
  readonly pool: Pool
  readonly left: Float64Array
  /** Stock less what the plans chosen take. */
  readonly stock: Float64Array
  readonly network: Network
  readonly max_nodes: number
  readonly chosen: Plan[]
}

const most_retries = 4
const group_size = 6

/** A plan for each order; what no plan fits, waits. */
export function placeAll(pool: Pool, { max_nodes, groups, seed }: BatchEffort): readonly Plan[] {
  const stock = Float64Array.from(pool.batch.network.stock)
  const w: Placing = {
    pool,
    left: pool.room.slice(),
    stock,
    network: { ...pool.batch.network, stock },
    max_nodes,
    chosen: pool.plans.map((plans) => plans[0]!),
  }
  const random = seeded(seed)
  for (const o of byRegret(pool)) placeOne(w, o)
  polish(w)
  regroup(w, random, groups / 2)
  polish(w)
  regroup(w, random, groups / 2)
  return w.chosen
}

// Orders that lose most when their best plan is gone come first.
function byRegret({ plans, price }: Pool): number[] {
  const regret = plans.map((known) => {
    let [first, second] = [Infinity, Infinity]
    for (const plan of known) {
      const cost = pricedCost(plan, price)
      if (cost < first) [first, second] = [cost, first]
      else if (cost < second) second = cost
    }
    return second - first
  })
  return plans.map((_, o) => o).sort((a, b) => regret[b]! - regret[a]! || a - b)
}

function placeOne(w: Placing, o: number): void {
  const { plans, price } = w.pool
  let [least, best] = [Infinity, plans[o]![0]!]
  for (const plan of plans[o]!) {
    const cost = pricedCost(plan, price)
    if (cost < least && fits(plan, w.left)) [least, best] = [cost, plan]
  }
  if (best.answer === null) best = planWithin(w, o) ?? best
  choose(w, o, best)
}

function choose(w: Placing, o: number, plan: Plan): void {
  drop(w, o)
  w.chosen[o] = plan
  move(w, plan, 1)
}

function drop(w: Placing, o: number): void {
  move(w, w.chosen[o]!, -1)
  w.chosen[o] = w.pool.plans[o]![0]!
}

function move(w: Placing, plan: Plan, sign: number): void {
  take(plan, w.left, sign)
  for (let k = 0; k < plan.use.length; k++) {
    const cell = w.pool.cells[plan.use[k]!]
    if (cell !== undefined) w.stock[cell]! -= sign * plan.amount[k]!
  }
}

// The cheapest way to serve the order in the room left; null when it is dearer than to wait.
function planWithin(w: Placing, o: number): Plan | null {
  const { batch, cells, capacities_at } = w.pool
  const order = batch.orders[o]!
  const lanes = order.lanes.map((lane, l) =>
    lane && capacities_at[l]!.every((k) => needOf(batch.capacities[k]!, 1) <= w.left[cells.length + k]! + 1e-9)
      ? lane
      : null,
  )
  for (let tries = 0; tries < most_retries; tries++) {
    const within: Order = { ...order, lanes }
    const answer = sourceOrder(w.network, within, { max_nodes: w.max_nodes })
    spend(w.pool, 1 + answer.explored)
    if (!(answer.cost < batch.wait[o]!)) return null
    const plan = addPlan(w.pool, o, answer)
    if (fits(plan, w.left)) return plan
    for (const part of answer.parts) {
      const lines = part.quantity.filter((units) => units > 0).length
      const full = (k: number) => needOf(batch.capacities[k]!, lines) > w.left[cells.length + k]! + 1e-9
      if (capacities_at[part.location]!.some(full)) lanes[part.location] = null
    }
  }
  return null
}

// Every order in turn, exactly, in the room that the others leave.
function polish(w: Placing): void {
  for (let o = 0; o < w.chosen.length; o++) {
    const now = w.chosen[o]!
    if (now === cheapest(w.pool.plans[o]!)) continue
    drop(w, o)
    const plan = planWithin(w, o)
    choose(w, o, plan && plan.cost < now.cost - 1e-9 ? plan : now)
  }
}

function cheapest(plans: readonly Plan[]): Plan {
  return plans.reduce((best, plan) => (plan.cost < best.cost ? plan : best))
}

// Orders that contend for one resource choose among their plans anew, all together.
function regroup(w: Placing, random: Random, groups: number): void {
  const rivals = rivalsOf(w.pool)
  const ranked = w.pool.plans.map((known) => [...known].sort((a, b) => a.cost - b.cost))
  const wanting = w.chosen.map((plan, o) => plan.cost - cheapest(w.pool.plans[o]!).cost)
  for (let n = 0; n < groups; n++) {
    const unhappy = drawUnhappy(wanting, random)
    if (unhappy < 0) return
    const group = drawGroup(w, rivals, unhappy, random)
    if (!chooseTogether(w, ranked, group)) continue
    for (const o of group) wanting[o] = w.chosen[o]!.cost - cheapest(w.pool.plans[o]!).cost
  }
}

function rivalsOf({ plans, resources }: Pool): number[][] {
  const rivals: Set<number>[] = Array.from({ length: resources }, () => new Set())
  plans.forEach((known, o) => {
    for (const { use } of known) for (const r of use) rivals[r]!.add(o)
  })
  return rivals.map((set) => [...set])
}

// An order that pays more than at its best; those that pay much more are drawn more often.
function drawUnhappy(wanting: readonly number[], random: Random): number {
  let total = 0
  for (const excess of wanting) total += excess
  let mark = random() * total
  if (total <= 1e-6) return -1
  for (let o = 0; o < wanting.length; o++) {
    mark -= wanting[o]!
    if (mark <= 0 && wanting[o]! > 0) return o
  }
  return -1
}

function drawGroup(w: Placing, rivals: readonly number[][], first: number, random: Random): number[] {
  const group = [first]
  const plans = w.pool.plans[first]!
  for (let tries = 0; tries < 4 * group_size && group.length < group_size; tries++) {
    const from = tries < 2 * group_size ? plans : w.pool.plans[group[group.length - 1]!]!
    const plan = from[Math.floor(random() * from.length)]!
    if (plan.use.length === 0) continue
    const list = rivals[plan.use[Math.floor(random() * plan.use.length)]!]!
    const o = list[Math.floor(random() * list.length)]!
    if (!group.includes(o)) group.push(o)
  }
  return group
}

// The best choice for the group in the room that the others leave: depth first over their plans, cheapest first.
function chooseTogether(w: Placing, ranked: readonly Plan[][], group: readonly number[]): boolean {
  const before = group.map((o) => w.chosen[o]!)
  const known = group.map((o) => ranked[o]!)
  for (const o of group) drop(w, o)
  let best = before.reduce((sum, plan) => sum + plan.cost, 0) - 1e-6
  let found: Plan[] | null = null
  const least = new Array<number>(group.length + 1).fill(0)
  for (let k = group.length - 1; k >= 0; k--) least[k] = least[k + 1]! + known[k]![0]!.cost
  const now: Plan[] = []
  let nodes = 0
  const walk = (k: number, spent: number): void => {
    if (k === group.length) {
      best = spent - 1e-6
      found = [...now]
      return
    }
    for (const plan of known[k]!) {
      if (++nodes > 2000 || spent + plan.cost + least[k + 1]! >= best) return
      if (!fits(plan, w.left)) continue
      now[k] = plan
      take(plan, w.left)
      walk(k + 1, spent + plan.cost)
      take(plan, w.left, -1)
    }
  }
  walk(0, 0)
  spend(w.pool, nodes)
  const after = found ?? before
  group.forEach((o, k) => {
    choose(w, o, after[k]!)
  })
  return found !== null
}
