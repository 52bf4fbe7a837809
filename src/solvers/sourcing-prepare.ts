// Turns an order and its network into dense arrays: items (lines, or kits as one) by sources (locations that may serve).

import type { Network, Order, OrderLine, RateCard } from './sourcing-model.ts'

/** Items are counted by i < items, sources by s < sources; matrices are flat, `[s * items + i]`. */
export type Prepared = {
  readonly items: number
  readonly sources: number
  /** Order lines of each item, and how many units of each line one unit of the item is. */
  readonly lines_of: readonly (readonly number[])[]
  readonly per: readonly (readonly number[])[]
  readonly count: Float64Array
  readonly weight: Float64Array
  readonly volume: Float64Array
  readonly value: Float64Array
  readonly hazard: Int32Array
  /** Hazard classes (bits) that may not join each item. */
  readonly apart: Int32Array
  /** Price of one unit left unmet; Infinity: it must be met. */
  readonly unmet: Float64Array
  readonly location: Int32Array
  readonly rates: readonly RateCard[]
  /** Price of a part of this source, without shipping, lines, units and split penalty. */
  readonly fixed: Float64Array
  /** Most units of the item that this source alone can ship; its price for the first unit, and for each. */
  readonly avail: Float64Array
  readonly fee: Float64Array
  readonly unit: Float64Array
  /** Whether several items, or copies of one location, draw on the same stock: then `avail` alone does not decide. */
  readonly contested: boolean
  /** SKUs counted within the order: those of each item, and stock `[location_row * skus + sku]` with the row of each source. */
  readonly skus: number
  readonly skus_of: readonly (readonly number[])[]
  readonly row: Int32Array
  readonly stock: Float64Array
}

type Item = { lines: number[]; per: number[]; count: number }

function itemsOf(order: Order): Item[] {
  const items: Item[] = []
  const kits = new Map<number, Item>()
  order.lines.forEach((line, i) => {
    if (line.kit < 0) {
      items.push({ lines: [i], per: [1], count: line.quantity })
      return
    }
    const count = order.kits[line.kit]
    if (!count || line.quantity % count !== 0) throw new RangeError(`line ${i}: its quantity is not a multiple of its kit's count`)
    let kit = kits.get(line.kit)
    if (!kit) {
      kit = { lines: [], per: [], count }
      kits.set(line.kit, kit)
      items.push(kit)
    }
    kit.lines.push(i)
    kit.per.push(line.quantity / count)
  })
  return items
}

// A location ships one part; where classes must be kept apart, as many as a greedy colouring of the classes needs.
function copiesNeeded(lines: readonly OrderLine[], keep_apart: readonly number[]): number {
  const colours: number[] = []
  for (const hazard of new Set(lines.map((line) => line.hazard).sort((a, b) => a - b))) {
    const against = keep_apart[hazard] ?? 0
    const colour = colours.findIndex((classes) => (classes & against) === 0)
    if (colour >= 0) colours[colour] = colours[colour]! | (1 << hazard)
    else colours.push(1 << hazard)
  }
  return Math.max(1, colours.length)
}

function availableUnits(network: Network, order: Order, location: number, item: Item): number {
  let units = item.count
  const need = new Map<number, number>()
  for (let k = 0; k < item.lines.length; k++) {
    const line = order.lines[item.lines[k]!]!
    if ((line.needs & ~network.locations[location]!.capabilities) !== 0) return 0
    if (item.lines.length === 1) return Math.min(units, Math.max(0, Math.floor(network.stock[location * network.skus + line.sku]!)))
    need.set(line.sku, (need.get(line.sku) ?? 0) + item.per[k]!)
  }
  for (const [sku, per] of need) units = Math.min(units, Math.floor(Math.max(0, network.stock[location * network.skus + sku]!) / per))
  return units
}

/** Dense form of one order. Sources keep the order of locations; a location that can ship nothing of it is left out. */
export function prepare(network: Network, order: Order): Prepared {
  const list = itemsOf(order)
  const items = list.length
  const copies = copiesNeeded(order.lines, network.keep_apart)
  const rows: { location: number; avail: number[] }[] = []
  for (let location = 0; location < network.locations.length; location++) {
    if (!order.lanes[location]) continue
    const avail = list.map((item) => availableUnits(network, order, location, item))
    if (avail.some((units) => units > 0)) for (let c = 0; c < copies; c++) rows.push({ location, avail })
  }
  const sources = rows.length
  const skus = [...new Set(order.lines.map((line) => line.sku))]
  const prepared: Prepared = {
    items, sources,
    lines_of: list.map((item) => item.lines),
    per: list.map((item) => item.per),
    count: Float64Array.from(list, (item) => item.count),
    weight: Float64Array.from(list, (item) => sumOver(order, item, (line) => line.weight_grams)),
    volume: Float64Array.from(list, (item) => sumOver(order, item, (line) => line.volume_mm3)),
    value: Float64Array.from(list, (item) => sumOver(order, item, (line) => line.value)),
    hazard: Int32Array.from(list, (item) => item.lines.reduce((bits, line) => bits | (1 << order.lines[line]!.hazard), 0)),
    apart: Int32Array.from(list, (item) => item.lines.reduce((bits, line) => bits | (network.keep_apart[order.lines[line]!.hazard] ?? 0), 0)),
    unmet: Float64Array.from(list, (item) => (order.unmet ? item.lines.reduce((sum, line, k) => sum + order.unmet![line]! * item.per[k]!, 0) : Infinity)),
    location: Int32Array.from(rows, (row) => row.location),
    rates: rows.map((row) => order.lanes[row.location]!.rates),
    fixed: new Float64Array(sources),
    avail: new Float64Array(sources * items),
    fee: new Float64Array(sources * items),
    unit: new Float64Array(sources * items),
    contested: copies > 1 || skus.length < list.reduce((sum, item) => sum + item.lines.length, 0),
    skus: skus.length,
    skus_of: list.map((item) => item.lines.map((line) => skus.indexOf(order.lines[line]!.sku))),
    row: Int32Array.from(rows, (_, s) => Math.floor(s / copies)),
    stock: new Float64Array((sources / copies) * skus.length),
  }
  rows.forEach((row, s) => fillSource(prepared, network, order, s, row.avail))
  for (let s = 0; s < sources; s += copies) {
    skus.forEach((sku, k) => {
      prepared.stock[(s / copies) * skus.length + k] = Math.max(0, Math.floor(network.stock[prepared.location[s]! * network.skus + sku]!))
    })
  }
  return prepared
}

function sumOver(order: Order, item: Item, of: (line: OrderLine) => number): number {
  return item.lines.reduce((sum, line, k) => sum + of(order.lines[line]!) * item.per[k]!, 0)
}

function fillSource(prepared: Prepared, network: Network, order: Order, s: number, avail: readonly number[]): void {
  const location = prepared.location[s]!
  const site = network.locations[location]!
  const lane = order.lanes[location]!
  const { items, fixed, fee, unit, lines_of, per, weight } = prepared
  fixed[s] = site.handling_part + site.load_part + lane.carbon_part + (order.lateness?.[location] ?? 0)
  for (let i = 0; i < items; i++) {
    prepared.avail[s * items + i] = avail[i]!
    fee[s * items + i] = (site.handling_line + site.load_line) * lines_of[i]!.length
    let price = lane.carbon_gram * weight[i]!
    if (network.depletion) {
      for (let k = 0; k < lines_of[i]!.length; k++) {
        price += per[i]![k]! * network.depletion[location * network.skus + order.lines[lines_of[i]![k]!]!.sku]!
      }
    }
    unit[s * items + i] = price
  }
}
