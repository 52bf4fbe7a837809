// All SQL of the catalogue: SKUs are rows, read and written a set at a time.
import type { Tx } from '../../platform/db.ts'

export interface Sku {
  readonly sku: string
  readonly name: string
  readonly name_zh: string | null
  readonly category: string
  readonly state: string
  readonly weight_grams: number
  readonly length_mm: number
  readonly width_mm: number
  readonly height_mm: number
  readonly handling_classes: string[]
  readonly gtin: string | null
  readonly price_minor: bigint | null
  readonly currency: string | null
  readonly updated_at: Date
}

export type NewSku = Omit<Sku, 'updated_at'>

export async function readSkus(tx: Tx, skus: readonly string[]): Promise<Sku[]> {
  return tx.sql<Sku[]>`
    select sku, name, name_zh, category, state, weight_grams, length_mm, width_mm, height_mm, handling_classes, gtin, price_minor, currency, updated_at
      from catalog.sku where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[])`
}

/** A page in order of code, after `after`, of the codes that begin with `prefix`; `state` '' takes all. */
export async function listSkus(
  tx: Tx,
  page: { after: string; prefix: string; state: string; limit: number },
): Promise<Sku[]> {
  return tx.sql<Sku[]>`
    select sku, name, name_zh, category, state, weight_grams, length_mm, width_mm, height_mm, handling_classes, gtin, price_minor, currency, updated_at
      from catalog.sku
     where tenant_id = ${tx.tenant} and sku > ${page.after} and sku >= ${page.prefix} and sku < ${page.prefix}::text || chr(1114109)
       and (${page.state}::text = '' or state = ${page.state})
     order by sku limit ${page.limit}::int`
}

/** Inserts or replaces; handling classes travel as JSON because arrays of arrays must be rectangular. */
export async function writeSkus(tx: Tx, skus: readonly NewSku[]): Promise<void> {
  const sorted = [...skus].sort((a, b) => (a.sku < b.sku ? -1 : 1))
  await tx.sql`
    insert into catalog.sku as s (tenant_id, sku, name, name_zh, category, state, weight_grams, length_mm, width_mm, height_mm, handling_classes, gtin, price_minor, currency, updated_at)
    select ${tx.tenant}::uuid, sku, name, name_zh, category, state, weight_grams, length_mm, width_mm, height_mm,
           array(select jsonb_array_elements_text(classes::jsonb)), gtin, price_minor, currency, ${tx.now}
      from unnest(${sorted.map((row) => row.sku)}::text[], ${sorted.map((row) => row.name)}::text[], ${sorted.map((row) => row.name_zh)}::text[],
                  ${sorted.map((row) => row.category)}::text[], ${sorted.map((row) => row.state)}::text[], ${sorted.map((row) => row.weight_grams)}::int[],
                  ${sorted.map((row) => row.length_mm)}::int[], ${sorted.map((row) => row.width_mm)}::int[], ${sorted.map((row) => row.height_mm)}::int[],
                  ${sorted.map((row) => JSON.stringify(row.handling_classes))}::text[], ${sorted.map((row) => row.gtin)}::text[],
                  ${sorted.map((row) => row.price_minor)}::bigint[], ${sorted.map((row) => row.currency)}::text[])
        as new (sku, name, name_zh, category, state, weight_grams, length_mm, width_mm, height_mm, classes, gtin, price_minor, currency)
    on conflict (tenant_id, sku) do update set name = excluded.name, name_zh = excluded.name_zh, category = excluded.category, state = excluded.state,
      weight_grams = excluded.weight_grams, length_mm = excluded.length_mm, width_mm = excluded.width_mm, height_mm = excluded.height_mm,
      handling_classes = excluded.handling_classes, gtin = excluded.gtin, price_minor = excluded.price_minor, currency = excluded.currency, updated_at = excluded.updated_at`
}

/** Says that SKUs have changed: what processes hold in memory is old when this transaction commits. */
export async function raiseSkuHead(tx: Tx): Promise<void> {
  await tx.sql`
    insert into platform.fact_head as head (tenant_id, kind, version) values (${tx.tenant}, 'sku', 1)
    on conflict (tenant_id, kind) do update set version = head.version + 1`
}
