// Small random networks and orders with every rule in play, and the cheapest answer found by trying all, for tests.

import fc from 'fast-check'
import { partTerms, sumTerms } from './sourcing-cost.ts'
import type { Network, Order, OrderLine } from './sourcing-model.ts'

export type Case = { network: Network; order: Order }

const rateCard = fc
  .record({
    upto_grams: fc
      .uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 })
      .map((list) => list.sort((a, b) => a - b)),
    price: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 }),
    mm3_per_gram: fc.constantFrom(0, 0, 2),
  })
  .map(({ upto_grams, price, mm3_per_gram }) => ({
    upto_grams,
    price: price.slice(0, upto_grams.length).sort((a, b) => a - b),
    mm3_per_gram,
  }))

const lane = fc.record({
  rates: rateCard,
  carbon_part: fc.integer({ min: 0, max: 2 }),
  carbon_gram: fc.constantFrom(0, 0.25),
})

const location = fc.record({
  capabilities: fc.constantFrom(3, 3, 3, 1),
  handling_part: fc.integer({ min: 0, max: 3 }),
  handling_line: fc.integer({ min: 0, max: 3 }),
  load_part: fc.integer({ min: 0, max: 3 }),
  load_line: fc.integer({ min: 0, max: 1 }),
})

const line = fc.record({
  sku: fc.integer({ min: 0, max: 2 }),
  quantity: fc.integer({ min: 1, max: 3 }),
  weight_grams: fc.integer({ min: 0, max: 12 }),
  volume_mm3: fc.integer({ min: 0, max: 30 }),
  value: fc.integer({ min: 0, max: 5 }),
  needs: fc.constantFrom(0, 0, 0, 2),
  kit: fc.constant(-1),
  hazard: fc.constantFrom(0, 0, 1, 2),
})

const split = fc.record({
  penalty: fc.integer({ min: 0, max: 6 }),
  max_parts: fc.constantFrom(1, 2, 3, 3),
  min_part_value: fc.constantFrom(0, 0, 0, 4),
  min_rest_value: fc.constantFrom(0, 3),
  lines: fc.constantFrom(true, true, false),
})

/** Up to `locations` locations, three SKUs, up to three lines (two of them perhaps a kit). */
export function arbitraryCase(locations: number): fc.Arbitrary<Case> {
  return fc
    .integer({ min: 1, max: locations })
    .chain((n) =>
      fc.record({
        sites: fc.array(location, { minLength: n, maxLength: n }),
        stock: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3 * n, maxLength: 3 * n }),
        depletion: fc.option(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3 * n, maxLength: 3 * n })),
        lanes: fc.array(fc.option(lane, { freq: 8 }), { minLength: n, maxLength: n }),
        lateness: fc.option(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n })),
        lines: fc.array(line, { minLength: 1, maxLength: 3 }),
        kit: fc.boolean(),
        keep_apart: fc.constantFrom([], [0, 4, 2]),
        split,
        unmet: fc.option(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }), { freq: 2 }),
      }),
    )
    .map((raw) => {
      const lines: OrderLine[] =
        raw.kit && raw.lines.length > 1
          ? raw.lines.map((l, i) => (i < 2 ? { ...l, kit: 0, quantity: i === 0 ? 2 : 4 - 2 * (l.quantity % 2) } : l))
          : raw.lines
      return {
        network: {
          locations: raw.sites,
          skus: 3,
          stock: raw.stock,
          depletion: raw.depletion,
          keep_apart: raw.keep_apart,
        },
        order: {
          lines,
          kits: [2],
          lanes: raw.lanes,
          lateness: raw.lateness,
          split: raw.split,
          unmet: raw.unmet?.slice(0, lines.length) ?? null,
        },
      }
    })
}

/** The same with what an order may bring of its own: units that it leaves everywhere, lines barred from a place, its own price of a line. */
export function withOwnTerms(cases: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  const own = fc.record({ keep: fc.nat(2), barred: fc.subarray([0, 1, 2]), handling_line: fc.nat(3) })
  return fc.tuple(cases, own).map(([{ network, order }, { keep, barred, handling_line }]) => ({
    network,
    order: {
      ...order,
      keep,
      lanes: order.lanes.map((way, l) => way && { ...way, handling_line, barred: l === 0 ? barred : [] }),
    },
  }))
}

/** The least cost over every way to share each line out among locations, copies of them where hazards ask for two parts, and the rest. */
export function cheapestOfAll(
  { network, order }: Case,
  refuse: (used: readonly number[]) => boolean = () => false,
): number {
  const copies =
    network.keep_apart.length > 0 && order.lines.some((l) => l.hazard === 1) && order.lines.some((l) => l.hazard === 2)
      ? 2
      : 1
  const columns: number[] = []
  order.lanes.forEach((way, l) => {
    if (way) for (let c = 0; c < copies; c++) columns.push(l)
  })
  const shares = order.lines.map((l) =>
    spreads(l.quantity, columns.length + 1).filter((share) => lineAllowed({ network, order }, l, share, columns)),
  )
  let best = Infinity
  const chosen: number[][] = []
  const walk = (i: number): void => {
    if (i === order.lines.length) {
      best = Math.min(best, priceOf({ network, order }, chosen, columns, refuse))
      return
    }
    for (const share of shares[i]!) {
      chosen[i] = share
      walk(i + 1)
    }
  }
  walk(0)
  return best
}

function spreads(units: number, columns: number): number[][] {
  if (columns === 1) return [[units]]
  return Array.from({ length: units + 1 }, (_, n) => spreads(units - n, columns - 1).map((rest) => [n, ...rest])).flat()
}

function lineAllowed(
  { network, order }: Case,
  l: OrderLine,
  share: readonly number[],
  columns: readonly number[],
): boolean {
  if (!order.unmet && share[columns.length]! > 0) return false
  if (!order.split.lines && share.some((n) => n > 0 && n < l.quantity)) return false
  return columns.every(
    (location, c) =>
      share[c] === 0 ||
      (order.lanes[location]!.barred?.includes(order.lines.indexOf(l)) !== true &&
        (l.needs & ~network.locations[location]!.capabilities) === 0 &&
        share[c]! <= network.stock[location * network.skus + l.sku]! - (order.keep ?? 0)),
  )
}

function priceOf(
  { network, order }: Case,
  chosen: readonly number[][],
  columns: readonly number[],
  refuse: (used: readonly number[]) => boolean,
): number {
  const { lines, split } = order
  const parts = columns
    .map((location, c) => ({ location, quantity: lines.map((_, i) => chosen[i]![c]!) }))
    .filter((part) => part.quantity.some((n) => n > 0))
  const rest = lines.map((_, i) => chosen[i]![columns.length]!)
  const worth = (quantity: readonly number[]) => quantity.reduce((sum, n, i) => sum + n * lines[i]!.value, 0)
  const unmet = rest.some((n) => n > 0)
  if (parts.length > split.max_parts || (unmet && worth(rest) < split.min_rest_value)) return Infinity
  if ((parts.length > 1 || unmet) && parts.some((part) => worth(part.quantity) < split.min_part_value)) return Infinity
  const kits = [...parts.map((part) => part.quantity), rest]
  if (
    kits.some(
      (quantity) =>
        new Set(lines.flatMap((l, i) => (l.kit < 0 ? [] : [(quantity[i]! * order.kits[0]!) / l.quantity]))).size > 1,
    )
  )
    return Infinity
  if (
    kits.some((quantity) =>
      lines.some((l, i) => l.kit >= 0 && !Number.isInteger((quantity[i]! * order.kits[0]!) / l.quantity)),
    )
  )
    return Infinity
  for (const location of new Set(columns)) {
    for (let sku = 0; sku < network.skus; sku++) {
      const drawn = parts
        .filter((part) => part.location === location)
        .reduce((sum, part) => sum + part.quantity.reduce((a, n, i) => a + (lines[i]!.sku === sku ? n : 0), 0), 0)
      if (drawn > 0 && drawn > network.stock[location * network.skus + sku]! - (order.keep ?? 0)) return Infinity
    }
  }
  for (const part of parts) {
    for (const [i, a] of lines.entries()) {
      for (const [j, b] of lines.entries()) {
        if (
          j < i &&
          part.quantity[i]! > 0 &&
          part.quantity[j]! > 0 &&
          ((network.keep_apart[a.hazard] ?? 0) & (1 << b.hazard)) !== 0
        )
          return Infinity
      }
    }
  }
  if (refuse([...new Set(parts.map((part) => part.location))])) return Infinity
  let cost = Math.max(0, parts.length - 1) * split.penalty
  for (const part of parts) cost += sumTerms(partTerms(network, order, part.location, part.quantity))
  rest.forEach((n, i) => {
    if (n > 0) cost += n * order.unmet![i]!
  })
  return cost
}
