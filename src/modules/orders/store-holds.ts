// The SQL that judges and moves the time of holds.
import type { Tx } from '../../platform/db.ts'

/** Moves the expiry of holds that are open and have one. */
export async function moveExpiry(
  tx: Tx,
  holds: readonly { hold_id: string; expires_at: Date }[],
): Promise<{ hold_id: string }[]> {
  return tx.sql<{ hold_id: string }[]>`
    update orders.hold h set expires_at = d.expires_at
      from unnest(${holds.map((hold) => hold.hold_id)}::uuid[], ${holds.map((hold) => hold.expires_at)}::timestamptz[]) as d (hold_id, expires_at)
     where h.tenant_id = ${tx.tenant} and h.hold_id = d.hold_id and h.ended_at is null and h.expires_at is not null
    returning h.hold_id`
}

/** The open ones of these holds, locked after their orders. */
export async function lockHolds(
  tx: Tx,
  hold_ids: readonly string[],
): Promise<{ hold_id: string; order_id: string; kind: string; expires_at: Date | null }[]> {
  return tx.sql<{ hold_id: string; order_id: string; kind: string; expires_at: Date | null }[]>`
    select hold_id, order_id, kind, expires_at from orders.hold
     where tenant_id = ${tx.tenant} and hold_id = any (${[...hold_ids]}::uuid[]) and ended_at is null order by order_id, hold_id for update`
}
