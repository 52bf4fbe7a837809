// SKUs by their codes: read with one statement, written with one statement per thousand.
import type { SkuItem } from '../../contracts/catalog.ts'
import type { Tx } from '../../platform/db.ts'
import type { Fact } from '../../platform/facts.ts'
import { catalogProblem } from './problems.ts'
import { type NewSku, raiseSkuHead, readSkus, type Sku, writeSkus } from './store.ts'

const ROWS_AT_MOST = 1000
const REMEMBERED_AT_MOST = 50_000

/** The SKUs of these codes, by code; a code that is unknown is absent. */
export async function skusOf(tx: Tx, skus: readonly string[]): Promise<ReadonlyMap<string, Sku>> {
  if (skus.length === 0) return new Map()
  const rows = await readSkus(tx, [...new Set(skus)])
  return new Map(rows.map((row) => [row.sku, row]))
}

const remembered = new WeakMap<readonly Fact[], Map<string, Sku>>()
const nothing: readonly Fact[] = []

/**
 * The same from memory as far as possible: `facts` were read with the kind `sku` among their kinds, which has no facts but a head that every
 * change of SKUs raises, so its list is the same one until a SKU changes.
 */
export async function rememberedSkus(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Sku>> {
  const list = facts.get('sku') ?? nothing
  const memory = remembered.get(list) ?? new Map<string, Sku>()
  if (memory.size > REMEMBERED_AT_MOST) memory.clear()
  if (list !== nothing) remembered.set(list, memory)
  const missing = [...new Set(skus)].filter((sku) => !memory.has(sku))
  if (missing.length > 0) for (const row of await readSkus(tx, missing)) memory.set(row.sku, row)
  return memory
}

/** Creates SKUs or replaces them whole; of one code that comes twice the last counts. */
export async function putSkus(tx: Tx, items: readonly SkuItem[]): Promise<void> {
  const rows = [...new Map(items.map((item) => [item.sku, rowOf(item)])).values()]
  for (let from = 0; from < rows.length; from += ROWS_AT_MOST)
    await writeSkus(tx, rows.slice(from, from + ROWS_AT_MOST))
  if (rows.length > 0) await raiseSkuHead(tx)
}

function rowOf(item: SkuItem): NewSku {
  const { price_minor = null, currency = null } = item
  if ((price_minor === null) !== (currency === null)) throw catalogProblem('price_without_currency', { sku: item.sku })
  return {
    ...item,
    name_zh: item.name_zh ?? null,
    category: item.category ?? '',
    state: item.state ?? 'active',
    handling_classes: item.handling_classes ?? [],
    gtin: item.gtin ?? null,
    price_minor: price_minor === null ? null : BigInt(price_minor),
    currency,
  }
}
