// The SQL of how fulfilments leave: with whom they are shared, and by which service, when that changes after they were planned.
import type { Tx } from '../../platform/db.ts'

/** How a fulfilment leaves; null leaves its service as it is. */
export interface Leaving {
  readonly fulfilment_id: string
  readonly by: { readonly carrier: string; readonly service: string; readonly transit_days: number } | null
}

/** Which of these fulfilments hold lines of other orders too. */
export async function sharedWith(tx: Tx, fulfilment_ids: readonly string[], order_id: string): Promise<string[]> {
  const rows = await tx.sql<{ fulfilment_id: string }[]>`
    select distinct fulfilment_id from warehouse.fulfilment_line
     where tenant_id = ${tx.tenant} and fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and order_id <> ${order_id}`
  return rows.map((row) => row.fulfilment_id)
}

/** Sets carrier, service and the promise that follows for locked fulfilments; when they leave stays as it is. */
export async function leaveBy(tx: Tx, leaving: readonly Leaving[]): Promise<void> {
  const rows = leaving.flatMap(({ fulfilment_id, by }) => (by === null ? [] : [{ fulfilment_id, ...by }]))
  if (rows.length === 0) return
  await tx.sql`
    update warehouse.fulfilment_order f
       set carrier = w.carrier, service = w.service, promised_at = f.ship_by + make_interval(hours => 24 * w.transit_days)
      from unnest(${rows.map((row) => row.fulfilment_id)}::uuid[], ${rows.map((row) => row.carrier)}::text[], ${rows.map((row) => row.service)}::text[],
                  ${rows.map((row) => row.transit_days)}::int[]) as w (fulfilment_id, carrier, service, transit_days)
     where f.tenant_id = ${tx.tenant} and f.fulfilment_id = w.fulfilment_id`
}
