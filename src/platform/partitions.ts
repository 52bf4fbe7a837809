// Append-only tables are partitioned by month over their UUIDv7 id; partitions are made ahead and dropped when their time is over.
import type { Statement } from './db.ts'
import { uuidFloor } from './ids.ts'

/** The append-only tables, each with the months that are kept; null keeps for ever. */
export const partitioned = [
  { table: 'outbox.event', keep_months: null },
  { table: 'outbox.feed', keep_months: 2 },
  { table: 'inventory.movement', keep_months: null },
  { table: 'allocation.explanation', keep_months: 24 },
  { table: 'audit.entry', keep_months: null },
] as const

const AHEAD = 3

/** The first instant of the month that lies `offset` months after that of `at`, in UTC. */
function month(at: Date, offset: number): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1))
}

/** Makes the partitions of this month and the next three where they are missing; older ids land in the default partition. Answers how many were made. */
export async function ensurePartitions(sql: Statement, now: Date): Promise<number> {
  const existing = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relispartition or c.relkind = 'p' -- all tenants: the schema is one`
  const names = new Set(existing.map((row) => row.name))
  let made = 0
  for (const { table } of partitioned) {
    if (!names.has(table)) continue
    for (let offset = 0; offset <= AHEAD; offset++) {
      const from = month(now, offset)
      const name = `${table}_${from.toISOString().slice(0, 7).replace('-', '_')}`
      if (names.has(name)) continue
      const [row] = await sql<{ made: boolean }[]>`
        select platform.make_partition(${table}, ${from}::date, ${uuidFloor(from)}::uuid, ${uuidFloor(month(now, offset + 1))}::uuid) as made -- all tenants: the schema is one`
      if (row?.made === true) made += 1
    }
  }
  return made
}
