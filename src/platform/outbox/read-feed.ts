// Reading the feed: events after a position, as CloudEvents 1.0.
import type { Tx } from '../db.ts'
import { platformProblem } from '../problems.ts'

export interface FedEvent {
  readonly position: bigint
  readonly event_id: string
  readonly type: string
  readonly subject: string
  readonly version: number
  readonly at: Date
  readonly data: unknown
}

/** The bounds of the feed: positions up to `purged` are no longer kept, `last` is the newest; both 0 while nothing was fed. */
export async function feedBounds(tx: Tx): Promise<{ purged: bigint; last: bigint }> {
  const rows = await tx.sql<{ purged: bigint; last: bigint }[]>`
    select purged_position as purged, last_position as last from outbox.feed_counter where tenant_id = ${tx.tenant}`
  return rows[0] ?? { purged: 0n, last: 0n }
}

/** At most `limit` events after position `after`, in order. Throws cursor_expired where the feed begins later. */
export async function eventsAfter(tx: Tx, after: bigint, limit: number): Promise<FedEvent[]> {
  const { purged } = await feedBounds(tx)
  if (after < purged) throw platformProblem('cursor_expired', { oldest_after: Number(purged) })
  return pageOfFeed(tx, after, limit)
}

/** As eventsAfter, where a purge in between is the caller's to notice. */
export async function pageOfFeed(tx: Tx, after: bigint, limit: number): Promise<FedEvent[]> {
  return tx.sql<FedEvent[]>`
    with page as materialized (
      select position, event_id from outbox.feed where tenant_id = ${tx.tenant} and position > ${after}
       order by position limit ${limit}::int)
    select page.position, e.event_id, e.type, e.subject, e.version, e.at, e.data
      from page join outbox.event e on e.tenant_id = ${tx.tenant} and e.event_id = page.event_id
     order by page.position`
}

/** An event as CloudEvents 1.0 JSON; `sequence` and `subjectversion` are extensions. */
export function cloudEvent(tenant: string, event: FedEvent) {
  return {
    specversion: '1.0' as const,
    id: event.event_id,
    source: `/tenants/${tenant}`,
    type: event.type,
    subject: event.subject,
    time: event.at.toISOString(),
    datacontenttype: 'application/json' as const,
    // Texts of one length: they compare as the numbers do.
    sequence: String(event.position).padStart(19, '0'),
    subjectversion: event.version,
    data: event.data,
  }
}
