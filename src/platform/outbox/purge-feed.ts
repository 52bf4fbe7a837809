// Purging the feed: positions whose events are older than thirty days go; a reader that comes later is told so.
import { DAY_MS, later } from '../clock.ts'
import type { Database } from '../db.ts'
import { uuidFloor } from '../ids.ts'

const KEPT_MS = 30 * DAY_MS
const AT_A_TIME = 10_000

/**
 * Deletes feed positions and finished deliveries older than thirty days, of all tenants, ten thousand a statement; answers how many rows. The events
 * themselves stay. A reader whose place is gone gets cursor_expired.
 */
export async function purgeFeed(db: Database, now: Date, stopped: () => boolean = () => false): Promise<number> {
  const before = later(now, -KEPT_MS)
  const positions = await untilLess(stopped, async () => {
    const [row] = await db.sql<{ gone: bigint }[]>`
      select outbox.purge_feed(${uuidFloor(before)}::uuid, ${AT_A_TIME}::int) as gone -- all tenants: a chore`
    return Number(row?.gone ?? 0n)
  })
  const deliveries = await untilLess(stopped, async () => {
    const [row] = await db.sql<{ gone: bigint }[]>`
      select outbox.purge_deliveries(${before}::timestamptz, ${AT_A_TIME}::int) as gone -- all tenants: a chore`
    return Number(row?.gone ?? 0n)
  })
  return positions + deliveries
}

async function untilLess(stopped: () => boolean, purge: () => Promise<number>): Promise<number> {
  let total = 0
  for (let gone = AT_A_TIME; gone === AT_A_TIME && !stopped(); total += gone) gone = await purge()
  return total
}
