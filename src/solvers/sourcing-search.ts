// Searches the cheapest way to ship the items of one prepared order; exact unless it runs out of nodes.

import { chargeableGrams, ratePrice } from './sourcing-cost.ts'
import type { SplitPolicy } from './sourcing-model.ts'
import type { Prepared } from './sourcing-prepare.ts'

/** `units[s * items + i]`, null when nothing was found. */
export type Found = { units: Float64Array | null; cost: number; bound: number; optimal: boolean; explored: number }

type Walk = {
  readonly p: Prepared
  readonly policy: SplitPolicy
  readonly max_nodes: number
  readonly accept: (units: Float64Array) => boolean
  readonly units: Float64Array
  readonly left: Float64Array
  readonly weight: Float64Array
  readonly volume: Float64Array
  readonly lines: Int32Array
  readonly least: Float64Array
  spent: number
  parts: number
  nodes: number
  best: number
  best_units: Float64Array | null
}

/** Depth first over items, each placed source by source. `accept` may refuse a finished answer (for the runner-up). */
export function search(p: Prepared, policy: SplitPolicy, max_nodes: number, accept: (units: Float64Array) => boolean): Found {
  const least = new Float64Array(p.items + 1)
  for (let i = p.items - 1; i >= 0; i--) {
    let unit = p.unmet[i]!
    for (let s = 0; s < p.sources; s++) if (p.avail[s * p.items + i]! > 0) unit = Math.min(unit, p.unit[s * p.items + i]!)
    least[i] = least[i + 1]! + unit * p.count[i]!
  }
  const walk: Walk = {
    p, policy, max_nodes, accept, least,
    units: new Float64Array(p.sources * p.items), left: p.stock.slice(), weight: new Float64Array(p.sources), volume: new Float64Array(p.sources),
    lines: new Int32Array(p.sources), spent: 0, parts: 0, nodes: 0, best: Infinity, best_units: null,
  }
  placeItem(walk, 0)
  const optimal = walk.nodes < max_nodes
  return { units: walk.best_units, cost: walk.best, bound: optimal ? walk.best : least[0]!, optimal, explored: walk.nodes }
}

function placeItem(walk: Walk, i: number): void {
  if (i === walk.p.items) return finish(walk)
  placeAt(walk, i, 0, walk.p.count[i]!)
}

function placeAt(walk: Walk, i: number, s: number, open: number): void {
  const { p, units } = walk
  if (walk.nodes >= walk.max_nodes) return
  walk.nodes++
  if (bound(walk, i, open) >= walk.best) return
  if (open === 0) return placeItem(walk, i + 1)
  if (s === p.sources) {
    if (!(p.unmet[i]! < Infinity)) return
    if (!walk.policy.lines && open < p.count[i]!) return
    walk.spent += p.unmet[i]! * open
    placeItem(walk, i + 1)
    walk.spent -= p.unmet[i]! * open
    return
  }
  const most = Math.min(open, freeUnits(walk, s, i))
  for (let take = most; take >= 0; take--) {
    if (!walk.policy.lines && take > 0 && take < p.count[i]!) continue
    if (take > 0 && !mayJoin(walk, s, i)) continue
    const opened = take > 0 && walk.lines[s] === 0
    if (opened && walk.parts >= walk.policy.max_parts) continue
    const before = walk.spent
    if (take > 0) put(walk, s, i, take, opened)
    units[s * p.items + i] = take
    placeAt(walk, i, s + 1, open - take)
    if (take > 0) put(walk, s, i, -take, opened)
    units[s * p.items + i] = 0
    walk.spent = before
  }
}

function freeUnits(walk: Walk, s: number, i: number): number {
  const { p } = walk
  let most = p.avail[s * p.items + i]!
  if (p.contested && most > 0) {
    p.skus_of[i]!.forEach((sku, k) => {
      most = Math.min(most, Math.floor(walk.left[p.row[s]! * p.skus + sku]! / p.per[i]![k]!))
    })
  }
  return most
}

function mayJoin(walk: Walk, s: number, i: number): boolean {
  const { p } = walk
  for (let j = 0; j < i; j++) if (walk.units[s * p.items + j]! > 0 && (p.apart[i]! & p.hazard[j]!) !== 0) return false
  return (p.apart[i]! & p.hazard[i]!) === 0 || p.lines_of[i]!.length === 1
}

function put(walk: Walk, s: number, i: number, take: number, opened: boolean): void {
  const { p } = walk
  const sign = Math.sign(take)
  if (opened) walk.parts += sign
  walk.lines[s]! += sign
  walk.weight[s]! += take * p.weight[i]!
  walk.volume[s]! += take * p.volume[i]!
  walk.spent += p.unit[s * p.items + i]! * take + p.fee[s * p.items + i]! * sign + (opened ? p.fixed[s]! * sign : 0)
  if (p.contested) p.skus_of[i]!.forEach((sku, k) => (walk.left[p.row[s]! * p.skus + sku]! -= take * p.per[i]![k]!))
}

function bound(walk: Walk, i: number, open: number): number {
  const { p } = walk
  let total = walk.spent + walk.least[i + 1]! + (open * walk.least[i]! - open * walk.least[i + 1]!) / p.count[i]!
  if (walk.parts > 1) total += (walk.parts - 1) * walk.policy.penalty
  for (let s = 0; s < p.sources; s++) {
    if (walk.lines[s]! > 0) total += ratePrice(p.rates[s]!, chargeableGrams(p.rates[s]!, walk.weight[s]!, walk.volume[s]!))
  }
  return total
}

function finish(walk: Walk): void {
  if (!keepsValues(walk.p, walk.policy, walk.units) || !walk.accept(walk.units)) return
  walk.best = bound(walk, walk.p.items - 1, 0)
  walk.best_units = walk.units.slice()
}

/** Whether parts and rest are worth what the policy asks, once the order is split. */
export function keepsValues(p: Prepared, policy: SplitPolicy, units: Float64Array): boolean {
  let [parts, rest, least] = [0, 0, Infinity]
  const open = p.count.slice()
  for (let s = 0; s < p.sources; s++) {
    let [value, lines] = [0, 0]
    for (let i = 0; i < p.items; i++) {
      const take = units[s * p.items + i]!
      if (take === 0) continue
      lines++
      value += take * p.value[i]!
      open[i]! -= take
    }
    if (lines === 0) continue
    parts++
    least = Math.min(least, value)
  }
  let left = 0
  for (let i = 0; i < p.items; i++) {
    rest += open[i]! * p.value[i]!
    left += open[i]!
  }
  if (left > 0 && rest < policy.min_rest_value) return false
  return (parts < 2 && left === 0) || least >= policy.min_part_value
}
