// Turns an order and its network into dense arrays: items (lines, or kits as one) by sources (locations that may serve).
//
// This is on the hot path of allocation: plain loops over typed arrays, no closures inside them.

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
  /** Hazard classes (bits) of each item, and those that may not join it. */
  readonly hazard: Int32Array
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
  /** Units of each of `skus_of` that one unit of the item draws. */
  readonly draws: readonly (readonly number[])[]
  readonly row: Int32Array
  readonly stock: Float64Array
}

type Items = {
  lines_of: number[][]
  per: number[][]
  count: number[]
  skus_of: number[][]
  draws: number[][]
  skus: number[]
  repeated: boolean
}

function gatherItems(order: Order): Items {
  const items: Items = { lines_of: [], per: [], count: [], skus_of: [], draws: [], skus: [], repeated: false }
  const item_of_kit: number[] = []
  for (let i = 0; i < order.lines.length; i++) {
    const line = order.lines[i]!
    let sku = items.skus.indexOf(line.sku)
    if (sku >= 0) items.repeated = true
    else sku = items.skus.push(line.sku) - 1
    if (line.kit < 0) {
      items.lines_of.push([i])
      items.per.push([1])
      items.count.push(line.quantity)
      items.skus_of.push([sku])
      items.draws.push([1])
      continue
    }
    const count = order.kits[line.kit]
    if (!count || line.quantity % count !== 0)
      throw new RangeError(`line ${i}: its quantity is not a multiple of its kit's count`)
    let item = item_of_kit[line.kit]
    if (item === undefined) {
      item = items.count.push(count) - 1
      item_of_kit[line.kit] = item
      items.lines_of.push([])
      items.per.push([])
      items.skus_of.push([])
      items.draws.push([])
    }
    const per = line.quantity / count
    items.lines_of[item]!.push(i)
    items.per[item]!.push(per)
    const known = items.skus_of[item]!.indexOf(sku)
    if (known >= 0) items.draws[item]![known]! += per
    else {
      items.skus_of[item]!.push(sku)
      items.draws[item]!.push(per)
    }
  }
  return items
}

// A location ships one part; where classes must be kept apart, as many as a greedy colouring of the classes needs.
function copiesNeeded(lines: readonly OrderLine[], keep_apart: readonly number[]): number {
  let classes = 0
  for (const line of lines) classes |= 1 << line.hazard
  if ((classes & ~1) === 0) return 1
  const colours: number[] = []
  for (let hazard = 0; hazard < 31; hazard++) {
    if ((classes & (1 << hazard)) === 0) continue
    const against = keep_apart[hazard] ?? 0
    const colour = colours.findIndex((held) => (held & against) === 0)
    if (colour >= 0) colours[colour]! |= 1 << hazard
    else colours.push(1 << hazard)
  }
  return colours.length
}

/** Units of an item that `location` could ship alone: its stock if it has every capability that the lines need, else 0. */
function availableUnits(
  network: Network,
  order: Order,
  location: number,
  lines: readonly number[],
  per: readonly number[],
  count: number,
): number {
  let units = count
  for (let k = 0; k < lines.length; k++) {
    const stock = unitsAt(network, order, location, lines[k]!)
    if (stock < units * per[k]!) units = Math.floor(stock / per[k]!)
  }
  return units
}

/** Units of a line that a location may give to the order: none where it lacks what the line needs, or the line is barred from it. */
export function unitsAt(network: Network, order: Order, location: number, index: number): number {
  const { needs, sku } = order.lines[index]!
  const lane = order.lanes[location]
  if (!lane || (needs & ~network.locations[location]!.capabilities) !== 0 || lane.barred?.includes(index)) return 0
  return stockFor(network, order, location, sku)
}

function stockFor(network: Network, { keep = 0 }: Order, location: number, sku: number): number {
  return Math.max(0, Math.floor(network.stock[location * network.skus + sku]!) - keep)
}

/** Dense form of one order. Sources keep the order of locations; a location that can ship nothing of it is left out.
 *  Throws RangeError when a kit line's quantity is no multiple of its kit's count. */
export function prepare(network: Network, order: Order): Prepared {
  const gathered = gatherItems(order)
  const items = gathered.count.length
  const copies = copiesNeeded(order.lines, network.keep_apart)
  const avail = new Float64Array(network.locations.length * copies * items)
  const location: number[] = []
  for (let l = 0; l < network.locations.length; l++) {
    if (!order.lanes[l]) continue
    const at = location.length * items
    let any = 0
    for (let i = 0; i < items; i++) {
      any += avail[at + i] = availableUnits(
        network,
        order,
        l,
        gathered.lines_of[i]!,
        gathered.per[i]!,
        gathered.count[i]!,
      )
    }
    if (any === 0) continue
    location.push(l)
    for (let c = 1; c < copies; c++) {
      avail.copyWithin(location.length * items, at, at + items)
      location.push(l)
    }
  }
  return fill(network, order, gathered, copies, location, avail)
}

function fill(
  network: Network,
  order: Order,
  gathered: Items,
  copies: number,
  location: readonly number[],
  avail: Float64Array,
): Prepared {
  const items = gathered.count.length
  const sources = location.length
  const { lines_of, per, skus_of, draws, skus } = gathered
  const contested = copies > 1 || gathered.repeated
  const p: Prepared = {
    items,
    sources,
    lines_of,
    per,
    skus_of,
    draws,
    avail,
    contested,
    count: Float64Array.from(gathered.count),
    weight: new Float64Array(items),
    volume: new Float64Array(items),
    value: new Float64Array(items),
    hazard: new Int32Array(items),
    apart: new Int32Array(items),
    unmet: new Float64Array(items).fill(order.unmet ? 0 : Infinity),
    location: Int32Array.from(location),
    rates: location.map((l) => order.lanes[l]!.rates),
    fixed: new Float64Array(sources),
    fee: new Float64Array(sources * items),
    unit: new Float64Array(sources * items),
    skus: skus.length,
    row: new Int32Array(sources),
    stock: new Float64Array(contested ? (sources / copies) * skus.length : 0),
  }
  for (let i = 0; i < items; i++) {
    fillItem(p, network, order, i)
    const at_odds = lines_of[i]!.length > 1 && (p.hazard[i]! & p.apart[i]!) !== 0
    if (at_odds) for (let s = 0; s < sources; s++) avail[s * items + i] = 0
  }
  for (let s = 0; s < sources; s++) {
    p.row[s] = Math.floor(s / copies)
    fillSource(p, network, order, s)
    if (!contested) continue
    for (let k = 0; k < skus.length; k++) {
      p.stock[p.row[s]! * skus.length + k] = stockFor(network, order, location[s]!, skus[k]!)
    }
  }
  return p
}

function fillItem(p: Prepared, network: Network, order: Order, i: number): void {
  for (let k = 0; k < p.lines_of[i]!.length; k++) {
    const index = p.lines_of[i]![k]!
    const per = p.per[i]![k]!
    const line = order.lines[index]!
    p.weight[i]! += per * line.weight_grams
    p.volume[i]! += per * line.volume_mm3
    p.value[i]! += per * line.value
    p.hazard[i]! |= 1 << line.hazard
    p.apart[i]! |= network.keep_apart[line.hazard] ?? 0
    if (order.unmet) p.unmet[i]! += per * order.unmet[index]!
  }
}

function fillSource(p: Prepared, network: Network, order: Order, s: number): void {
  const location = p.location[s]!
  const site = network.locations[location]!
  const lane = order.lanes[location]!
  const { items, lines_of, per } = p
  p.fixed[s] = site.handling_part + site.load_part + lane.carbon_part + (order.lateness ? order.lateness[location]! : 0)
  const line_fee = site.handling_line + (lane.handling_line ?? 0) + site.load_line
  for (let i = 0; i < items; i++) {
    const lines = lines_of[i]!
    p.fee[s * items + i] = line_fee * lines.length
    let price = lane.carbon_gram * p.weight[i]!
    if (network.depletion) {
      for (let k = 0; k < lines.length; k++) {
        price += per[i]![k]! * network.depletion[location * network.skus + order.lines[lines[k]!]!.sku]!
      }
    }
    p.unit[s * items + i] = price
  }
}
