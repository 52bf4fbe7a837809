// Two locations at once, exactly: the orders of both are dealt out anew between them, at the least cost within both capacities.
//
// With prices of capacity every order has a location where it is cheapest, and what an answer costs above that is the regret of its orders
// plus the price of the capacity left unused. An answer that is better than the present one has less of both: orders that would regret
// more stay where they are cheapest, and of the rest a dynamic programme over both loads keeps what is within the budget.

import { move, type State } from './assign-search.ts'

const states_at_most = 100_000
const cells_at_most = 4_000_000

/** Room for the dynamic programme, kept between runs. */
export type Pairs = {
  /** By state: the loads of both locations, the regret so far, and twice the state before it, plus one where the order went to the second. */
  readonly x: Int32Array
  readonly y: Int32Array
  readonly regret: Float64Array
  readonly before: Int32Array
  /** By both loads, the last state that had them. */
  seen: Int32Array
}

/** Empty room. */
export function startPairs(): Pairs {
  return {
    x: new Int32Array(states_at_most),
    y: new Int32Array(states_at_most),
    regret: new Float64Array(states_at_most),
    before: new Int32Array(states_at_most),
    seen: new Int32Array(0),
  }
}

/** An order of either location: which of the two is cheaper for it, and by how much. */
type Open = { readonly j: number; readonly regret: number; readonly first: boolean }

/** Deals the orders of locations a and b out anew at these prices of capacity, if that saves `step` or more; answers whether it did.
 *  Neither location is overloaded; weights are whole. */
export function dealAnew(s: State, pairs: Pairs, price: Float64Array, a: number, b: number, step: number): boolean {
  const { locations, capacity, weight } = s.d
  const { open, budget } = regretsOf(s, price, a, b)
  const spare = budget - step
  if (spare < 0) return false
  let [room_a, room_b] = [Math.floor(capacity[a]!), Math.floor(capacity[b]!)]
  const free: Open[] = []
  for (const order of open) {
    if (order.regret <= spare) free.push(order)
    else if (order.first) room_a -= weight[order.j * locations + a]!
    else room_b -= weight[order.j * locations + b]!
  }
  if (room_a < 0 || room_b < 0 || (room_a + 1) * (room_b + 1) > cells_at_most) return false
  free.sort((one, other) => other.regret - one.regret)
  const last = fill(s, pairs, free, { a, b, room_a, room_b, spare, price_a: price[a]!, price_b: price[b]! })
  if (last < 0) return false
  for (const { j, regret, first } of open) if (regret > spare) put(s, j, first ? a : b)
  for (let n = free.length - 1, at = last; n >= 0; n--) {
    const step = pairs.before[at]!
    put(s, free[n]!.j, (step & 1) === 0 ? a : b)
    at = step >> 1
  }
  return true
}

function put(s: State, j: number, l: number): void {
  if (s.location_of[j] !== l) move(s, j, l)
}

function regretsOf(s: State, price: Float64Array, a: number, b: number): { open: Open[]; budget: number } {
  const { locations, orders, cost, weight, capacity } = s.d
  const open: Open[] = []
  let budget = price[a]! * (capacity[a]! - s.load[a]!) + price[b]! * (capacity[b]! - s.load[b]!)
  for (const l of [a, b]) {
    for (let n = 0; n < s.members[l]!; n++) {
      const j = s.member[l * orders + n]!
      const [at_a, at_b] = [j * locations + a, j * locations + b]
      const more = cost[at_a]! + price[a]! * weight[at_a]! - cost[at_b]! - price[b]! * weight[at_b]!
      const first = more <= 0
      open.push({ j, regret: Math.abs(more), first })
      if (first !== (l === a)) budget += Math.abs(more)
    }
  }
  return { open, budget }
}

type Rooms = {
  readonly a: number
  readonly b: number
  readonly room_a: number
  readonly room_b: number
  readonly spare: number
  readonly price_a: number
  readonly price_b: number
}

// The last state of the best deal within the budget, -1 where there is none or too many states.
function fill(s: State, pairs: Pairs, free: readonly Open[], rooms: Rooms): number {
  const { x, y, regret, before } = pairs
  const { room_a, room_b, spare, a, b } = rooms
  const { locations, weight } = s.d
  const width = room_b + 1
  if (pairs.seen.length < (room_a + 1) * width) pairs.seen = new Int32Array((room_a + 1) * width)
  const { seen } = pairs
  seen.fill(-1, 0, (room_a + 1) * width)
  x[0] = y[0] = regret[0] = 0
  let [begin, end] = [0, 1]
  for (const order of free) {
    const [to_a, to_b] = [weight[order.j * locations + a]!, weight[order.j * locations + b]!]
    const [more_a, more_b] = order.first ? [0, order.regret] : [order.regret, 0]
    const layer = end
    for (let at = begin; at < layer; at++) {
      for (let second = 0; second < 2; second++) {
        const sum = regret[at]! + (second === 0 ? more_a : more_b)
        const [load_a, load_b] = second === 0 ? [x[at]! + to_a, y[at]!] : [x[at]!, y[at]! + to_b]
        if (sum > spare || load_a > room_a || load_b > room_b) continue
        const cell = load_a * width + load_b
        let to = seen[cell]!
        if (to < layer) {
          if (end >= states_at_most) return -1
          to = end++
          seen[cell] = to
          x[to] = load_a
          y[to] = load_b
        } else if (regret[to]! <= sum) continue
        regret[to] = sum
        before[to] = 2 * at + second
      }
    }
    begin = layer
  }
  let [best, last] = [spare, -1]
  for (let at = begin; at < end; at++) {
    const sum = regret[at]! + rooms.price_a * (room_a - x[at]!) + rooms.price_b * (room_b - y[at]!)
    if (sum <= best) [best, last] = [sum, at]
  }
  return last
}
