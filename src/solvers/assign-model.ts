// The words of assignment: orders go whole to one location each, within the capacity of each (generalised assignment).

/** Cost and weight are `[location][order]`; a weight is what the order takes of the location's capacity. */
export type Assignment = {
  readonly cost: readonly (readonly number[])[]
  readonly weight: readonly (readonly number[])[]
  readonly capacity: readonly number[]
  readonly sense: 'min' | 'max'
}

export type Limits = {
  /** Seconds by `now`, which tells the time in milliseconds; stops at either limit. Without `now`, rounds alone decide. */
  readonly seconds: number
  readonly now: () => number
  readonly max_rounds: number
  readonly seed: number
}

export type Assigned = {
  /** By order, null when no assignment within the capacities was found. */
  readonly location_of: readonly number[] | null
  /** In the problem's own sense; NaN without an assignment. */
  readonly cost: number
  /** No assignment is better than this. */
  readonly bound: number | null
  readonly optimal: boolean
  readonly rounds: number
}

/** Inside the solver: always minimised, flat `[j * locations + l]`; an order that is too heavy for a location costs Infinity there. */
export type Dense = {
  readonly locations: number
  readonly orders: number
  readonly cost: Float64Array
  readonly weight: Float64Array
  readonly capacity: Float64Array
  /** All costs are whole numbers: a bound may be rounded up. */
  readonly whole: boolean
}

/** The dense, minimising form. Throws RangeError when the rows are not of one length. */
export function dense({ cost, weight, capacity, sense }: Assignment): Dense {
  const [locations, orders] = [capacity.length, cost[0]?.length ?? 0]
  if (cost.length !== locations || weight.length !== locations) {
    throw new RangeError('cost, weight and capacity must have one entry per location')
  }
  const d: Dense = {
    locations,
    orders,
    cost: new Float64Array(locations * orders),
    weight: new Float64Array(locations * orders),
    capacity: Float64Array.from(capacity),
    whole: cost.every((row) => row.every(Number.isInteger)),
  }
  for (let l = 0; l < locations; l++) {
    if (cost[l]!.length !== orders || weight[l]!.length !== orders) {
      throw new RangeError(`row ${l} does not have ${orders} orders`)
    }
    for (let j = 0; j < orders; j++) {
      d.weight[j * locations + l] = weight[l]![j]!
      d.cost[j * locations + l] =
        weight[l]![j]! > capacity[l]! ? Infinity : sense === 'max' ? -cost[l]![j]! : cost[l]![j]!
    }
  }
  return d
}
