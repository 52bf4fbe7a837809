// The SQL of how fulfilments leave: with whom they are shared, and by which service and when, where that changes after they were planned.
import type { Tx } from '../../platform/db.ts'

/** Which of these fulfilments hold lines of other orders too. */
export async function sharedWith(tx: Tx, fulfilment_ids: readonly string[], order_id: string): Promise<string[]> {
  const rows = await tx.sql<{ fulfilment_id: string }[]>`
    select distinct fulfilment_id from warehouse.fulfilment_line
     where tenant_id = ${tx.tenant} and fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and order_id <> ${order_id}`
  return rows.map((row) => row.fulfilment_id)
}

export interface ServiceWish {
  readonly fulfilment_id: string
  readonly carrier: string
  readonly service: string
  /** The next collection of that service that it can make. */
  readonly leaves_at: Date
  readonly transit_days: number
}

export interface ServiceSet {
  readonly fulfilment_id: string
  readonly version: number
  readonly location_id: string
  readonly carrier: string
  readonly service: string
  readonly ship_by: Date
  readonly promised_at: Date
}

/**
 * Sets carrier, service, hand-over and arrival of locked fulfilments, and answers those that leave otherwise now, each with its version raised.
 * Who keeps the service keeps the hand-over: a new address does not make up for what is late.
 */
export async function setServices(tx: Tx, wishes: readonly ServiceWish[]): Promise<ServiceSet[]> {
  return tx.sql<ServiceSet[]>`
    with wanted as (
      select f.fulfilment_id, w.carrier, w.service, k.ship_by, greatest(k.ship_by, w.leaves_at) + make_interval(hours => 24 * w.transit_days) as promised_at
        from unnest(${wishes.map((wish) => wish.fulfilment_id)}::uuid[], ${wishes.map((wish) => wish.carrier)}::text[], ${wishes.map((wish) => wish.service)}::text[],
                    ${wishes.map((wish) => wish.leaves_at)}::timestamptz[], ${wishes.map((wish) => wish.transit_days)}::int[])
               as w (fulfilment_id, carrier, service, leaves_at, transit_days)
        join warehouse.fulfilment_order f on f.tenant_id = ${tx.tenant} and f.fulfilment_id = w.fulfilment_id
       cross join lateral (select case when f.carrier = w.carrier and f.service = w.service then f.ship_by else w.leaves_at end as ship_by) k)
    update warehouse.fulfilment_order f
       set carrier = w.carrier, service = w.service, ship_by = w.ship_by, promised_at = w.promised_at, version = f.version + 1
      from wanted w
     where f.tenant_id = ${tx.tenant} and f.fulfilment_id = w.fulfilment_id
       and (f.carrier, f.service, f.ship_by, f.promised_at) is distinct from (w.carrier, w.service, w.ship_by, w.promised_at)
    returning f.fulfilment_id, f.version, f.location_id, f.carrier, f.service, f.ship_by, f.promised_at`
}
