// Proves an answer: names every rule that it breaks; none for what the solvers give.

import { explainCost, sumTerms } from './sourcing-cost.ts'
import type { Network, Order, Part, Sourcing } from './sourcing-model.ts'

/** The rules that `answer` breaks, in words; empty when it is sound. An answer of infinite cost is only checked to be empty. */
export function brokenRules(network: Network, order: Order, answer: Sourcing): string[] {
  if (answer.cost === Infinity) return answer.parts.length === 0 ? [] : ['an answer without a price has parts']
  return [
    ...wholeOrder(order, answer),
    ...stockKept(network, order, answer),
    ...answer.parts.flatMap((part) => partKept(network, order, part)),
    ...splitKept(order, answer),
    ...costKept(network, order, answer),
  ]
}

function wholeOrder(order: Order, answer: Sourcing): string[] {
  return order.lines.flatMap((line, i) => {
    const units = [...answer.parts.map((part) => part.quantity[i]!), answer.rest[i]!]
    if (units.some((n) => n < 0 || !Number.isInteger(n))) return [`line ${i}: a share is not a whole number of units`]
    return units.reduce((a, b) => a + b, 0) === line.quantity ? [] : [`line ${i}: parts and rest are not the order`]
  })
}

function stockKept(network: Network, order: Order, answer: Sourcing): string[] {
  const drawn = new Map<number, number>()
  for (const part of answer.parts) {
    order.lines.forEach((line, i) => {
      const at = part.location * network.skus + line.sku
      drawn.set(at, (drawn.get(at) ?? 0) + part.quantity[i]!)
    })
  }
  return [...drawn]
    .filter(([at, units]) => units > 0 && units > network.stock[at]! - (order.keep ?? 0))
    .map(([at]) => `stock ${at}: more drawn than there is`)
}

function partKept(network: Network, order: Order, part: Part): string[] {
  const broken: string[] = []
  if (!order.lanes[part.location]) broken.push(`location ${part.location} may not serve the order`)
  const taken = order.lines.map((_, i) => i).filter((i) => part.quantity[i]! > 0)
  if (taken.length === 0) broken.push('a part is empty')
  const has = network.locations[part.location]!.capabilities
  for (const i of taken) {
    const line = order.lines[i]!
    if ((line.needs & ~has) !== 0) broken.push(`line ${i}: the location lacks a capability`)
    if (order.lanes[part.location]?.barred?.includes(i)) broken.push(`line ${i}: barred from the location`)
    if (line.kit >= 0 && !kitWhole(order, part, line.kit)) broken.push(`kit ${line.kit}: torn apart`)
    for (const j of taken) {
      const other = order.lines[j]!
      if (j < i && ((network.keep_apart[line.hazard] ?? 0) & (1 << other.hazard)) !== 0)
        broken.push(`lines ${j}, ${i}: hazards together`)
    }
  }
  return broken
}

function kitWhole(order: Order, part: Part, kit: number): boolean {
  const kits = new Set<number>()
  order.lines.forEach((line, i) => {
    if (line.kit === kit) kits.add((part.quantity[i]! * order.kits[kit]!) / line.quantity)
  })
  return kits.size === 1 && [...kits].every(Number.isInteger)
}

function splitKept(order: Order, answer: Sourcing): string[] {
  const broken: string[] = []
  const { split } = order
  const worth = (quantity: readonly number[]) =>
    order.lines.reduce((sum, line, i) => sum + line.value * quantity[i]!, 0)
  const unmet = answer.rest.some((units) => units > 0)
  if (unmet && !order.unmet) broken.push('units stay unmet')
  if (answer.parts.length > split.max_parts) broken.push('too many parts')
  if (answer.parts.length > 1 || unmet) {
    if (answer.parts.some((part) => worth(part.quantity) < split.min_part_value))
      broken.push('a part is worth too little')
  }
  if (unmet && worth(answer.rest) < split.min_rest_value) broken.push('the rest is worth too little')
  if (!split.lines) {
    order.lines.forEach((line, i) => {
      if ([...answer.parts.map((part) => part.quantity[i]!), answer.rest[i]!].some((n) => n > 0 && n < line.quantity))
        broken.push(`line ${i}: split`)
    })
  }
  return broken
}

function costKept(network: Network, order: Order, answer: Sourcing): string[] {
  const cost = sumTerms(explainCost(network, order, answer))
  const broken: string[] = []
  if (Math.abs(cost - answer.cost) > 1e-6 * Math.max(1, Math.abs(cost)))
    broken.push(`the cost is ${cost}, not ${answer.cost}`)
  if (answer.bound > answer.cost + 1e-6 * Math.max(1, Math.abs(cost))) broken.push('the bound is above the cost')
  return broken
}
