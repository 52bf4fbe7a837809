// How many events of which types there were lately, in buckets of a few seconds: read by the order of ids, bounded, for live figures.
import type { Tx } from '../db.ts'
import { uuidFloor } from '../ids.ts'

export interface EventCount {
  /** Start of the bucket, in whole seconds since the epoch. */
  readonly bucket: number
  readonly type: string
  readonly count: number
}

/**
 * Counts the newest `most` events since `since` by type and bucket. Where there were more, the older buckets are short: ask more often.
 * Buckets begin at multiples of `seconds`.
 */
export async function countEvents(
  tx: Tx,
  options: { since: Date; types: readonly string[]; seconds: number; most: number },
): Promise<EventCount[]> {
  return tx.sql<EventCount[]>`
    select (floor(extract(epoch from at) / ${options.seconds}::int) * ${options.seconds}::int)::int as bucket, type, count(*)::int as count
      from (select type, at from outbox.event
             where tenant_id = ${tx.tenant} and event_id >= ${uuidFloor(options.since)}::uuid
             order by event_id desc limit ${options.most}::int) newest
     where type = any (${[...options.types]}::text[])
     group by 1, 2 order by 1, 2`
}
