// Purging the feed: positions whose events are older than thirty days go; a reader that comes later is told so.
import { DAY_MS, later } from '../clock.ts'
import type { Sql } from '../db.ts'
import { uuidFloor } from '../ids.ts'

const KEPT_MS = 30 * DAY_MS

export interface Purged {
  readonly positions: number
  readonly deliveries: number
}

/**
 * Deletes feed positions and finished deliveries older than thirty days, of all tenants; needs a connection as ordo_maintenance. The events
 * themselves stay. A reader whose place is gone gets cursor_expired.
 */
export async function purgeFeed(maintenance: Sql, now: Date): Promise<Purged> {
  const before = later(now, -KEPT_MS)
  return maintenance.begin(async (sql) => {
    const fed = await sql`
      with old as ( -- as owner: the app only adds to the feed
        select tenant_id, max(position) as position from outbox.feed where event_id < ${uuidFloor(before)}::uuid group by tenant_id),
      moved as (
        update outbox.feed_counter c set purged_position = greatest(c.purged_position, old.position) from old where c.tenant_id = old.tenant_id)
      delete from outbox.feed f using old where f.tenant_id = old.tenant_id and f.position <= old.position`
    const sent = await sql`
      delete from outbox.webhook_delivery -- all tenants: maintenance
       where tenant_id is not null and state <> 'pending' and updated_at < ${before}`
    return { positions: fed.count, deliveries: sent.count }
  })
}
