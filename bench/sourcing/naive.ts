// What an order costs by rules of thumb: the first locations with stock, the nearest, the fewest parts.

import { priceAnswer, pricePart } from '../../src/solvers/sourcing-cost.ts'
import { at } from './data.ts'
import type { Instance } from './instances.ts'

export type Rule = 'first' | 'nearest' | 'fewest'

export const rules: readonly Rule[] = ['first', 'nearest', 'fewest']

/** Cost by the rule; a location gives what it has until the order is served. Infinity when stock does not suffice. */
export function naiveCost(instance: Instance, rule: Rule, stock: ArrayLike<number> = instance.network.stock): number {
  const parts = naiveParts(instance, rule, stock)
  if (!parts) return Infinity
  const { network, order } = instance
  return priceAnswer(
    order,
    parts.map(({ location, quantity }) => pricePart(network, order, location, quantity)),
    [],
  )
}

/** The parts by the rule; null when stock does not suffice. */
export function naiveParts(
  { network, order, kilometres }: Instance,
  rule: Rule,
  stock: ArrayLike<number>,
  closed: (location: number) => boolean = () => false,
): { location: number; quantity: number[] }[] | null {
  const open = order.lines.map((line) => line.quantity)
  const give = (l: number) =>
    order.lines.map((line, i) => Math.min(at(open, i), at(stock, l * network.skus + line.sku)))
  const served = (l: number) => give(l).reduce((sum, units, i) => sum + units / at(order.lines, i).quantity, 0)
  let left = order.lanes.map((lane, l) => (lane && !closed(l) ? l : -1)).filter((l) => l >= 0)
  if (rule !== 'first') left.sort((a, b) => at(kilometres, a) - at(kilometres, b))
  const parts: { location: number; quantity: number[] }[] = []
  while (open.some((units) => units > 0)) {
    if (rule === 'fewest') left = mostFirst(left, served)
    else if (parts.length === 0) left = wholeFirst(left, served, order.lines.length)
    const location = left.shift()
    if (location === undefined) return null
    const quantity = give(location)
    if (quantity.every((units) => units === 0)) continue
    parts.push({ location, quantity })
    for (const [i, units] of quantity.entries()) open[i] = at(open, i) - units
  }
  return parts
}

// The rules that go by sequence still take the first location that serves all of the order before they split.
function wholeFirst(list: readonly number[], served: (l: number) => number, lines: number): number[] {
  const first = list.find((l) => served(l) >= lines - 1e-9)
  return first === undefined ? [...list] : [first, ...list.filter((l) => l !== first)]
}

function mostFirst(list: readonly number[], served: (l: number) => number): number[] {
  const worth = new Map(list.map((l) => [l, served(l)]))
  return [...list].sort((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0))
}
