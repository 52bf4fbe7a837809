// The SQL of search: keys are written in one statement; a search reads at most 5,000 candidates of one criterion, newest first.
import type { Tx } from '../../platform/db.ts'

export interface KeyRow {
  readonly kind: string
  readonly key: string
  readonly order_id: string
}

export async function insertKeys(tx: Tx, keys: readonly KeyRow[]): Promise<void> {
  if (keys.length === 0) return
  await tx.sql`
    insert into orders.search_key (tenant_id, kind, key, order_id)
    select ${tx.tenant}::uuid, kind, key, order_id
      from unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.key)}::text[], ${keys.map((key) => key.order_id)}::uuid[]) as new (kind, key, order_id)
    on conflict do nothing`
}

export interface Searchable {
  readonly order_id: string
  readonly number: string
  readonly external_id: string
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
}

export async function personsOfOrders(tx: Tx, ids: readonly string[]): Promise<Searchable[]> {
  return tx.sql<Searchable[]>`
    select o.order_id, o.number, o.external_id, p.name, p.email, p.phone
      from orders.order o left join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = o.person_id
     where o.tenant_id = ${tx.tenant} and o.order_id = any (${[...ids]}::uuid[])`
}
