// The SQL of decisions by hand: what was decided and why, which orders are locked, and open work as one looks at it.
import type { Tx } from '../../platform/db.ts'
import type { OpenLine } from './propose-by-hand.ts'
import type { NewException, ToldException } from './store-exceptions.ts'

/** The types of what happened to an order after a version, in turn; no more than `limit`. */
export async function typesSince(
  tx: Tx,
  order_id: string,
  version: number,
  limit: number,
): Promise<{ type: string }[]> {
  return tx.sql<{ type: string }[]>`
    select type from outbox.event
     where tenant_id = ${tx.tenant} and subject = ${order_id} and version > ${version} order by version limit ${limit}::int`
}

export interface LeavingRow {
  readonly carrier: string | null
  readonly service: string | null
  readonly ship_by: Date
}

/** By what an open fulfilment leaves, and when. */
export async function leavingOf(tx: Tx, fulfilment_id: string): Promise<LeavingRow[]> {
  return tx.sql<LeavingRow[]>`
    select carrier, service, ship_by from warehouse.v_fulfilment_line where tenant_id = ${tx.tenant} and fulfilment_id = ${fulfilment_id} limit 1`
}

export interface NewManualDecision {
  readonly decision_id: string
  readonly order_id: string
  readonly kind: string
  readonly reason: string
  readonly detail: string
}

export async function insertManualDecision(tx: Tx, row: NewManualDecision): Promise<void> {
  await tx.sql`
    insert into allocation.manual_decision (tenant_id, decision_id, order_id, kind, reason, decided_by, decided_at, detail)
    values (${tx.tenant}, ${row.decision_id}, ${row.order_id}, ${row.kind}, ${row.reason}, ${tx.actor}, ${tx.now}, ${row.detail}::text::jsonb)`
}

export interface ManualRow {
  readonly decision_id: string
  readonly kind: string
  readonly reason: string
  readonly decided_by: string
  readonly decided_at: Date
  readonly detail: unknown
}

/** What was decided by hand about an order, newest first. */
export async function manualDecisionsOf(tx: Tx, order_id: string, limit: number): Promise<ManualRow[]> {
  return tx.sql<ManualRow[]>`
    select decision_id, kind, reason, decided_by, decided_at, detail from allocation.manual_decision
     where tenant_id = ${tx.tenant} and order_id = ${order_id} order by decision_id desc limit ${limit}::int`
}

/** Blanks why people decided about these orders: it may name the customer. */
export async function eraseHandReasons(tx: Tx, order_ids: readonly string[]): Promise<void> {
  await tx.sql`
    update allocation.manual_decision set reason = '[erased]' where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])`
}

/** What the order has in the queue becomes so much, for the reason and in the queue that it had; answers it. */
export async function updateException(
  tx: Tx,
  row: Pick<NewException, 'order_id' | 'skus' | 'units' | 'value' | 'decision_id'>,
): Promise<ToldException[]> {
  return tx.sql<ToldException[]>`
    update allocation.exception set skus = ${[...row.skus]}::text[], units = ${row.units}, value = ${row.value}, decision_id = ${row.decision_id}
     where tenant_id = ${tx.tenant} and order_id = ${row.order_id} and resolved_at is null
    returning exception_id, order_id`
}

export async function lockedTo(
  tx: Tx,
  order_ids: readonly string[],
): Promise<{ order_id: string; location_id: string }[]> {
  return tx.sql<{ order_id: string; location_id: string }[]>`
    select order_id, location_id from allocation.lock where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])`
}

/** Locks an order to a location, or to another one; the caller holds the order. */
export async function putLock(tx: Tx, order_id: string, location_id: string, decision_id: string): Promise<void> {
  await tx.sql`
    insert into allocation.lock (tenant_id, order_id, location_id, decision_id)
    values (${tx.tenant}, ${order_id}, ${location_id}, ${decision_id})
    on conflict (tenant_id, order_id) do update set location_id = excluded.location_id, decision_id = excluded.decision_id`
}

export async function deleteLock(tx: Tx, order_id: string): Promise<void> {
  await tx.sql`delete from allocation.lock where tenant_id = ${tx.tenant} and order_id = ${order_id}`
}

/** Open work of an order, without a lock. */
export async function openWorkOf(tx: Tx, order_id: string): Promise<OpenLine[]> {
  return tx.sql<OpenLine[]>`
    select fulfilment_id, state, location_id, order_id, line_no, sku, to_pick, picked, packed from warehouse.v_open_place
     where tenant_id = ${tx.tenant} and order_id = ${order_id} order by fulfilment_id, line_no`
}
