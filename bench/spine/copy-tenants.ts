// A hundred tenants are furnished like the first one by copying its rows: every key begins with the tenant, so the other columns may stay the same.
import type postgres from 'postgres'

const TABLES = [
  'platform.fact',
  'platform.fact_head',
  'catalog.sku',
  'inventory.location',
  'inventory.stock',
  'inventory.network_stock',
  'inventory.movement',
] as const

/** Gives every tenant of `others` the catalogue, the stock and its movements that `first` has. */
export async function copyTenant(admin: postgres.Sql, first: string, others: readonly string[]): Promise<void> {
  if (others.length === 0) return
  for (const table of TABLES) {
    const [row] = await admin<{ columns: string }[]>`
      select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
       where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attname <> 'tenant_id'`
    await admin.unsafe(
      `insert into ${table} (tenant_id, ${row?.columns}) select other.id, ${row?.columns}
         from ${table} cross join unnest($1::uuid[]) as other (id) where tenant_id = $2`,
      [`{${others.join(',')}}`, first],
    )
  }
}
