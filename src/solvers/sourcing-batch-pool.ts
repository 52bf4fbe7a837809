// The plans known for each order of a batch, and what each takes of the stock and capacity that orders contend for.

import type { Batch, Capacity, Served } from './sourcing-batch-model.ts'
import { priceAnswer, pricePart } from './sourcing-cost.ts'
import type { Order, Part } from './sourcing-model.ts'

/** One way to serve an order. `use[k]` is a resource, of which it takes `amount[k]`. */
export type Plan = {
  readonly answer: Served | null
  readonly cost: number
  readonly use: readonly number[]
  readonly amount: readonly number[]
  readonly key: string
}

/** Resources are counted: first the contested cells of stock (`cells[r]` = location × skus + sku), then the capacities. */
export type Pool = {
  readonly batch: Batch
  readonly cells: readonly number[]
  readonly resource_of: ReadonlyMap<number, number>
  readonly capacities_at: readonly (readonly number[])[]
  readonly resources: number
  readonly room: Float64Array
  /** Price of a unit of each resource. */
  readonly price: Float64Array
  /** By order; the first is to wait. */
  readonly plans: readonly Plan[][]
  /** What may still be looked at. */
  readonly work: { left: number }
}

/** The bound on all work together is reached. */
export class BoundReached extends Error {}

/** Counts work against the bound. Throws BoundReached beyond it. */
export function spend({ work }: Pool, nodes: number): void {
  work.left -= nodes
  if (work.left < 0) throw new BoundReached('the bound on the work of a batch is reached')
}

/** Cells whose stock cannot serve all that might draw on it, and all capacities; to wait is the first plan of each order. */
export function makePool(batch: Batch, nodes_at_most = Infinity): Pool {
  const { network, orders, capacities, wait } = batch
  const cells = contestedCells(batch)
  const resources = cells.length + capacities.length
  const capacities_at: number[][] = network.locations.map(() => [])
  capacities.forEach(({ location }, k) => {
    capacities_at[location]!.push(k)
  })
  const room = new Float64Array(resources)
  cells.forEach((cell, r) => {
    room[r] = network.stock[cell]!
  })
  capacities.forEach(({ most }, k) => {
    room[cells.length + k] = most
  })
  return {
    batch,
    cells,
    resource_of: new Map(cells.map((cell, r) => [cell, r])),
    capacities_at,
    resources,
    room,
    price: new Float64Array(resources),
    plans: orders.map((_, o) => [{ answer: null, cost: wait[o]!, use: [], amount: [], key: '' }]),
    work: { left: nodes_at_most },
  }
}

function contestedCells({ network, orders }: Batch): number[] {
  const wanted = new Map<number, number>()
  for (const order of orders) {
    for (const line of order.lines) {
      order.lanes.forEach((lane, l) => {
        const cell = l * network.skus + line.sku
        const units = Math.min(line.quantity, network.stock[cell]!)
        if (lane && units > 0) wanted.set(cell, (wanted.get(cell) ?? 0) + units)
      })
    }
  }
  return [...wanted]
    .filter(([cell, units]) => units > network.stock[cell]!)
    .map(([cell]) => cell)
    .sort((a, b) => a - b)
}

/** Adds an answer as a plan of order o, at its true price; the known one where it is known. */
export function addPlan(pool: Pool, o: number, answer: Served): Plan {
  const { network, orders } = pool.batch
  const order = orders[o]!
  const key = answer.parts.map((part) => `${part.location}:${part.quantity.join()}`).join(';')
  const known = pool.plans[o]!.find((plan) => plan.answer !== null && plan.key === key)
  if (known) return known
  const parts = answer.parts.map((part) => pricePart(network, order, part.location, part.quantity))
  const cost = priceAnswer(order, parts, answer.rest)
  const taken = new Map<number, number>()
  for (const part of parts) takenBy(pool, order, part, taken)
  const plan: Plan = {
    answer: { parts, rest: answer.rest, cost },
    cost,
    use: [...taken.keys()],
    amount: [...taken.values()],
    key,
  }
  pool.plans[o]!.push(plan)
  return plan
}

function takenBy(pool: Pool, order: Order, part: Part, taken: Map<number, number>): void {
  const { network, capacities } = pool.batch
  let lines = 0
  part.quantity.forEach((units, i) => {
    if (units === 0) return
    lines++
    const r = pool.resource_of.get(part.location * network.skus + order.lines[i]!.sku)
    if (r !== undefined) taken.set(r, (taken.get(r) ?? 0) + units)
  })
  for (const k of pool.capacities_at[part.location]!) {
    const amount = needOf(capacities[k]!, lines)
    if (amount > 0) taken.set(pool.cells.length + k, (taken.get(pool.cells.length + k) ?? 0) + amount)
  }
}

/** What a part of so many lines takes of a capacity. */
export function needOf({ per_part, per_line }: Capacity, lines: number): number {
  return per_part + per_line * lines
}

/** The plan's cost and the price of what it takes. */
export function pricedCost(plan: Plan, price: Float64Array): number {
  let cost = plan.cost
  for (let k = 0; k < plan.use.length; k++) cost += plan.amount[k]! * price[plan.use[k]!]!
  return cost
}

/** Whether there is room for the plan. */
export function fits(plan: Plan, left: Float64Array): boolean {
  for (let k = 0; k < plan.use.length; k++) if (plan.amount[k]! > left[plan.use[k]!]! + 1e-9) return false
  return true
}

/** Takes what the plan uses off the room left; gives it back where `sign` is -1. */
export function take(plan: Plan, left: Float64Array, sign = 1): void {
  for (let k = 0; k < plan.use.length; k++) left[plan.use[k]!]! -= sign * plan.amount[k]!
}
