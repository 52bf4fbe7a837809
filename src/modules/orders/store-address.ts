// The SQL of an address that changes: the destination with the order, the street with the person.
import type { Tx } from '../../platform/db.ts'
import type { PlacedOrder } from './types.ts'

/** Sets where a locked order goes; its revision rises by one. */
export async function putDestination(tx: Tx, order_id: string, ship: PlacedOrder['ship']): Promise<void> {
  await tx.sql`
    update orders.order set revision = revision + 1, ship_country = ${ship.country}, ship_region = ${ship.region}, ship_city = ${ship.city},
           ship_postcode = ${ship.postcode}, ship_lat = ${ship.lat}, ship_lon = ${ship.lon}
     where tenant_id = ${tx.tenant} and order_id = ${order_id}`
}

/** Sets the street of a person who was not erased; answers whether there is one. */
export async function putStreet(
  tx: Tx,
  person_id: string,
  address_lines: readonly string[],
  district: string | null,
): Promise<boolean> {
  const changed = await tx.sql`
    update orders.person set address_lines = ${[...address_lines]}::text[], district = ${district}
     where tenant_id = ${tx.tenant} and person_id = ${person_id} and erased_at is null`
  return changed.count === 1
}
