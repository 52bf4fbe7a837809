// Deliveries of events to endpoints as rows: what was sent, how often, with which outcome.
import type { Tx } from '../db.ts'

export type DeliveryState = 'pending' | 'delivered' | 'failed'

export interface Delivery {
  readonly event_id: string
  readonly position: bigint
  readonly state: DeliveryState
  readonly attempts: number
  /** HTTP status; null where none came. */
  readonly last_status: number | null
  readonly last_outcome: string | null
}

/** Writes the outcome of attempts at an endpoint, one row per event. */
export async function saveDeliveries(tx: Tx, endpoint_id: string, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return
  await tx.sql`
    insert into outbox.webhook_delivery (tenant_id, endpoint_id, event_id, position, state, attempts, last_status, last_outcome, updated_at)
    select ${tx.tenant}::uuid, ${endpoint_id}::uuid, event_id, position, state, attempts, last_status, last_outcome, ${tx.now}
      from unnest(${deliveries.map((d) => d.event_id)}::uuid[], ${deliveries.map((d) => d.position)}::bigint[], ${deliveries.map((d) => d.state)}::text[],
                  ${deliveries.map((d) => d.attempts)}::smallint[], ${deliveries.map((d) => d.last_status)}::smallint[],
                  ${deliveries.map((d) => d.last_outcome)}::text[]) as new (event_id, position, state, attempts, last_status, last_outcome)
    on conflict (tenant_id, endpoint_id, event_id) do update
       set state = excluded.state, attempts = excluded.attempts, last_status = excluded.last_status, last_outcome = excluded.last_outcome,
           updated_at = excluded.updated_at`
}

/** One delivery, locked; null where there is none. */
export async function lockDelivery(tx: Tx, endpoint_id: string, event_id: string): Promise<Delivery | null> {
  const rows = await tx.sql<Delivery[]>`
    select event_id, position, state, attempts, last_status, last_outcome from outbox.webhook_delivery
     where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id} and event_id = ${event_id} for update`
  return rows[0] ?? null
}

/** Whether anything was delivered to an endpoint since `since`. */
export async function deliveredSince(tx: Tx, endpoint_id: string, since: Date): Promise<boolean> {
  const rows = await tx.sql<{ found: number }[]>`
    select 1 as found from outbox.webhook_delivery
     where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id} and state = 'delivered' and updated_at >= ${since} limit 1`
  return rows.length === 1
}

/** Deliveries of an endpoint in a state, newest position first, at most `limit`, before `before` where given. */
export async function deliveriesOf(
  tx: Tx,
  endpoint_id: string,
  state: DeliveryState,
  before: bigint | null,
  limit: number,
): Promise<Delivery[]> {
  return tx.sql<Delivery[]>`
    select event_id, position, state, attempts, last_status, last_outcome from outbox.webhook_delivery
     where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id} and state = ${state}
       and (${before}::bigint is null or position < ${before}::bigint)
     order by position desc limit ${limit}::int`
}

/** Gives failed deliveries of an endpoint (one event's where given) a fresh start; answers their events, at most `limit`. */
export async function reviveDeliveries(
  tx: Tx,
  endpoint_id: string,
  event_id: string | null,
  limit: number,
): Promise<string[]> {
  const revived = await tx.sql<{ event_id: string }[]>`
    with chosen as (
      select event_id from outbox.webhook_delivery
       where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id}
         and case when ${event_id}::uuid is null then state = 'failed' else event_id = ${event_id}::uuid end
       order by position limit ${limit}::int for update)
    update outbox.webhook_delivery d set state = 'pending', attempts = 0, updated_at = ${tx.now} from chosen
     where d.tenant_id = ${tx.tenant} and d.endpoint_id = ${endpoint_id} and d.event_id = chosen.event_id
    returning d.event_id`
  return revived.map((row) => row.event_id)
}

/** The events of an endpoint that wait for another attempt, oldest first, at most `limit`. */
export async function pendingEvents(tx: Tx, endpoint_id: string, limit: number): Promise<string[]> {
  const rows = await tx.sql<{ event_id: string }[]>`
    select event_id from outbox.webhook_delivery
     where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id} and state = 'pending' order by position limit ${limit}::int`
  return rows.map((row) => row.event_id)
}
