// Proves a batch's answer: every order's own rules, and that together they keep to stock and capacities.

import type { Batch, BatchSourcing } from './sourcing-batch-model.ts'
import { needOf } from './sourcing-batch-pool.ts'
import { brokenRules } from './sourcing-check.ts'

/** The rules that the answer breaks, in words; empty when it is sound. */
export function brokenSharing(batch: Batch, { answers, cost, bound }: BatchSourcing): string[] {
  const { network, orders, capacities, wait } = batch
  const broken = answers.flatMap((answer, o) =>
    answer ? brokenRules(network, orders[o]!, { ...answer, bound: answer.cost, optimal: false, explored: 0 }) : [],
  )
  const drawn = new Map<number, number>()
  const taken = capacities.map(() => 0)
  let sum = 0
  answers.forEach((answer, o) => {
    sum += answer ? answer.cost : wait[o]!
    for (const part of answer?.parts ?? []) {
      orders[o]!.lines.forEach((line, i) => {
        const cell = part.location * network.skus + line.sku
        drawn.set(cell, (drawn.get(cell) ?? 0) + part.quantity[i]!)
      })
      const lines = part.quantity.filter((units) => units > 0).length
      capacities.forEach((capacity, k) => {
        if (capacity.location === part.location) taken[k]! += needOf(capacity, lines)
      })
    }
  })
  for (const [cell, units] of drawn) {
    if (units > 0 && units > network.stock[cell]!) broken.push(`stock ${cell}: more drawn than there is`)
  }
  taken.forEach((amount, k) => {
    if (amount > capacities[k]!.most + 1e-6) broken.push(`capacity ${k}: more taken than there is`)
  })
  if (Math.abs(sum - cost) > 1e-6 * Math.max(1, sum)) broken.push(`the cost is ${sum}, not ${cost}`)
  if (bound > cost + 1e-6 * Math.max(1, sum)) broken.push('the bound is above the cost')
  return broken
}
