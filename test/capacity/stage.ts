// The stage of tests of capacity: limits of an hour, orders of one line, and what is booked.
import type { World } from '../world/index.ts'

export const hourly = { slot_minutes: 60, orders: 4, minutes_per_order: 3, minutes_per_line: 1 }
export const wishes = (count: number) =>
  Array.from({ length: count }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] }))

interface Place {
  readonly location_id: string
  readonly starts_at: Date
  readonly orders: number
}

export async function booked(world: World): Promise<Place[]> {
  return world.transaction(
    (tx) => tx.sql<Place[]>`
      select location_id, starts_at, orders from capacity.slot where tenant_id = ${tx.tenant} and orders > 0 order by location_id, starts_at`,
  )
}
