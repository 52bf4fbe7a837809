// The SQL of persons: the only table with personal data beside files.
import type { Tx } from '../../platform/db.ts'

export interface PersonRow {
  readonly order_id: string
  readonly person_id: string
  readonly number: string
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly address_lines: readonly string[] | null
  readonly district: string | null
  readonly note: string | null
  readonly locale: string
  readonly erased_at: Date | null
  readonly ship_country: string
  readonly ship_region: string | null
  readonly ship_city: string | null
  readonly ship_postcode: string | null
}

export async function personRows(tx: Tx, order_ids: readonly string[]): Promise<PersonRow[]> {
  return tx.sql<PersonRow[]>`
    select o.order_id, p.person_id, o.number, p.name, p.email, p.phone, p.address_lines, p.district, p.note, p.locale, p.erased_at,
           o.ship_country, o.ship_region, o.ship_city, o.ship_postcode
      from orders.order o join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = o.person_id
     where o.tenant_id = ${tx.tenant} and o.order_id = any (${[...order_ids]}::uuid[])`
}
