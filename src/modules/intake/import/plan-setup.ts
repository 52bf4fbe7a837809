// What an import needs before its orders come: SKUs described by the files, and stock for what the orders ask for; chance by a seed.

import { Compile } from 'typebox/compile'
import type { SkuItem } from '../../../contracts/catalog.ts'
import { SkuCode } from '../../../contracts/catalog.ts'
import type { Measure, SetupSkus } from '../../../contracts/intake-mapping.ts'
import { type Randomness, seededRandomness } from '../../../platform/ids.ts'
import { split } from '../../../platform/money.ts'
import { Problem } from '../../../platform/problem.ts'
import { checkOrder } from '../check-order.ts'
import { MappingFault, type Read } from './compile-expressions.ts'
import { groupsOf, limited } from './import-files.ts'
import { groupMapper, wholeNumber } from './map-group.ts'
import type { OpenMapping } from './open-mapping.ts'

export interface PlannedStock {
  readonly location_id: string
  readonly sku: string
  readonly quantity: number
}

export interface PlannedSetup {
  readonly skus: readonly SkuItem[]
  readonly stock: readonly PlannedStock[]
}

const skuCode = Compile(SkuCode)
const NAME_AT_MOST = 200
const SHARE_AT_MOST = 100

/**
 * Plans SKUs and stock; the same files and seed plan the same. With `groups_at_most` only what the first groups of rows ask for. Throws MappingFault
 * where the mapping has no set-up.
 */
export async function planSetup(open: OpenMapping, seed: number, groups_at_most?: number): Promise<PlannedSetup> {
  const { setup } = open.mapping
  if (setup === undefined) throw new MappingFault('the mapping says nothing of a set-up')
  const random = seededRandomness(seed)
  const demand = await demandOf(open, groups_at_most)
  const described = await describedSkus(open, setup.skus)
  if (groups_at_most !== undefined) for (const sku of described.keys()) if (!demand.has(sku)) described.delete(sku)
  for (const sku of demand.keys()) if (!described.has(sku)) described.set(sku, { name: sku, category: '', from: [] })
  const skus: SkuItem[] = []
  const stock: PlannedStock[] = []
  const locations = Object.keys(setup.locations).sort()
  for (const sku of [...described.keys()].sort()) {
    const { name = sku, category = '', from = [] } = described.get(sku) ?? {}
    if (!skuCode.Check(sku)) continue
    const measures = measureNames.map((measure, index) => sizeOf(setup.skus[measure], from[index], random))
    const [weight_grams = 1, length_mm = 1, width_mm = 1, height_mm = 1] = measures
    skus.push({ sku, name: name.slice(0, NAME_AT_MOST), category, weight_grams, length_mm, width_mm, height_mm })
    stock.push(...spread(sku, demand.get(sku) ?? 0, locations, setup.stock_percent, random))
  }
  return { skus, stock }
}

const measureNames = ['weight_grams', 'length_mm', 'width_mm', 'height_mm'] as const

/** Units that the orders of the files ask for, by SKU. */
async function demandOf(open: OpenMapping, groups_at_most?: number): Promise<ReadonlyMap<string, number>> {
  const demand = new Map<string, number>()
  const mapGroup = groupMapper(open)
  for await (const group of limited(groupsOf(open), groups_at_most)) {
    const { message } = mapGroup(group)
    const order = message === null ? null : checkOrder(message)
    if (order === null || order instanceof Problem) continue
    for (const { sku, quantity } of order.lines) demand.set(sku, (demand.get(sku) ?? 0) + quantity)
  }
  return demand
}

interface Described {
  readonly name: string
  readonly category: string
  readonly from: readonly (number | undefined)[]
}

async function describedSkus(open: OpenMapping, fields: SetupSkus): Promise<Map<string, Described>> {
  const { read } = open.ownCompiler(fields.file)
  const sku = read(fields.sku)
  const name = read(fields.name)
  const category: Read = fields.category === undefined ? () => undefined : read(fields.category)
  const sizes = measureNames.map((measure): Read => {
    const { from } = fields[measure]
    return from === undefined ? () => undefined : read(from)
  })
  const described = new Map<string, Described>()
  for await (const cells of open.csvOf(fields.file).rows()) {
    const scope = { main: cells, row: cells }
    const code = sku(scope)
    if (code === undefined || described.has(code)) continue
    const from = sizes.map((size) => wholeNumber(size(scope)))
    described.set(code, { name: name(scope) ?? code, category: category(scope) ?? '', from })
  }
  return described
}

function sizeOf(measure: Measure, from: number | undefined, random: Randomness): number {
  const [low, high] = measure.between
  const thrown = low + random.below(high - low + 1)
  return from === undefined || from <= 0 ? thrown : from
}

// Enough for all orders together, and unevenly spread, so that locations differ in what they can send.
function spread(
  sku: string,
  units: number,
  locations: readonly string[],
  [low, high]: readonly [number, number],
  random: Randomness,
): PlannedStock[] {
  const percent = low + random.below(high - low + 1)
  const total = Math.ceil((units * percent) / 100)
  const weights = locations.map(() => BigInt(random.below(SHARE_AT_MOST)))
  return split(BigInt(total), weights).flatMap((part, index) => {
    const quantity = Number(part)
    return quantity === 0 ? [] : [{ location_id: locations[index] ?? '', sku, quantity }]
  })
}
