// Orders choose in their turn from what is free: who comes first, what a decision takes, and what would have decided it otherwise.
import { decidePlainly } from './decide-plainly.ts'
import { flipOf } from './find-flip.ts'
import type { FreeStock } from './free-stock.ts'
import type { Ground } from './prepare-ground.ts'
import type { Decision, Guided } from './types.ts'
import { isUrgent } from './urgency.ts'

/** The order in which orders choose: urgent ones first, then by priority and age. */
export function inTurn(ground: Ground, guided: readonly Guided[], at: Date): Guided[] {
  const hurries = new Map(guided.map(({ demand }) => [demand, isUrgent(ground, demand, at) ? 1 : 0]))
  return guided.toSorted(
    ({ demand: a }, { demand: b }) =>
      (hurries.get(b) ?? 0) - (hurries.get(a) ?? 0) ||
      b.priority - a.priority ||
      a.placed_at.getTime() - b.placed_at.getTime() ||
      (a.order_id < b.order_id ? -1 : 1),
  )
}

/** What a decision takes is gone for the next. */
export function takeFrom(free: FreeStock, { demand, plan }: Decision): void {
  for (const part of plan?.parts ?? []) {
    const { location_id } = part.candidate.site.location
    free.countOrders(location_id, 1)
    free.bookSlot(part)
    demand.lines.forEach((line, index) => {
      const taken = part.quantity[index] ?? 0
      if (taken > 0) free.take(location_id, line.sku, taken)
    })
  }
}

/** Decides one order on what is free now, and tells the smallest change that would have decided it otherwise. */
export function decide(ground: Ground, guided: Guided, free: FreeStock, at: Date): Decision {
  const spent = { nodes: 0 }
  const decision = decidePlainly(ground, guided, free, at, spent)
  return { ...decision, flip: flipOf(ground, guided, decision, free, at, spent) }
}
