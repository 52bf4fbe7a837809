// One event by its id.
import type { Tx } from '../db.ts'
import type { FedEvent } from './read-feed.ts'

/** The event without its place in the feed; null where there is none. */
export async function eventById(tx: Tx, event_id: string): Promise<Omit<FedEvent, 'position'> | null> {
  const rows = await tx.sql<Omit<FedEvent, 'position'>[]>`
    select event_id, type, subject, version, at, data from outbox.event where tenant_id = ${tx.tenant} and event_id = ${event_id}`
  return rows[0] ?? null
}
