// The SQL of comparisons themselves: kept, listed, moved on by compare-and-set, deleted.
import type { ComparisonState } from '../../contracts/lab.ts'
import type { Tx } from '../../platform/db.ts'

export interface NewComparisonRow {
  readonly comparison_id: string
  readonly name: string
  readonly from_at: Date | null
  readonly to_at: Date | null
  readonly import_id: string | null
  readonly channel: string | null
  readonly side_a: object
  readonly side_b: object
  readonly clock: string
  readonly stock: string
  readonly facts: string
  readonly currency: string
  readonly result: object
}

export async function insertComparison(tx: Tx, row: NewComparisonRow): Promise<void> {
  await tx.sql`
    insert into lab.comparison (tenant_id, comparison_id, name, from_at, to_at, import_id, channel, side_a, side_b, clock, stock, facts, currency, created_at, created_by, result)
    values (${tx.tenant}, ${row.comparison_id}, ${row.name}, ${row.from_at}, ${row.to_at}, ${row.import_id}, ${row.channel},
            ${JSON.stringify(row.side_a)}::text::jsonb, ${JSON.stringify(row.side_b)}::text::jsonb, ${row.clock}, ${row.stock}, ${row.facts}, ${row.currency},
            ${tx.now}, ${tx.actor}, ${JSON.stringify(row.result)}::text::jsonb)`
}

export interface ComparisonRecord {
  readonly comparison_id: string
  readonly name: string
  readonly state: ComparisonState
  readonly failure: string | null
  /** What the machine said, where a replay broke off. */
  readonly failure_detail: string | null
  readonly from_at: Date | null
  readonly to_at: Date | null
  readonly import_id: string | null
  readonly channel: string | null
  readonly side_a: unknown
  readonly side_b: unknown
  readonly clock: string
  readonly stock: string
  readonly facts: string
  readonly currency: string
  readonly created_at: Date
  readonly created_by: string
  readonly started_at: Date | null
  readonly ended_at: Date | null
  readonly orders: number
  readonly done: number
  readonly opens_at: Date | null
  readonly closes_at: Date | null
  readonly result: unknown
}

/** Comparisons, the newest first: one by its id, or a page. */
export async function comparisons(
  tx: Tx,
  {
    comparison_id = null,
    before = null,
    limit = 1,
  }: { comparison_id?: string | null; before?: string | null; limit?: number },
): Promise<ComparisonRecord[]> {
  return tx.sql<ComparisonRecord[]>`
    select comparison_id, name, state, failure, failure_detail, from_at, to_at, import_id, channel, side_a, side_b, clock, stock, facts, currency, created_at, created_by,
           started_at, ended_at, orders, done, opens_at, closes_at, result
      from lab.comparison
     where tenant_id = ${tx.tenant} and (${comparison_id}::uuid is null or comparison_id = ${comparison_id}::uuid)
       and (${before}::uuid is null or comparison_id < ${before}::uuid)
     order by comparison_id desc limit ${limit}::int`
}

/** How many there are and how many are not over; nobody else asks for one meanwhile. */
export async function lockedCounts(tx: Tx): Promise<{ kept: number; running: number }> {
  await tx.sql`
    insert into platform.fact_head as head (tenant_id, kind, version) values (${tx.tenant}, 'lab', 0)
    on conflict (tenant_id, kind) do update set version = head.version`
  const [row] = await tx.sql<{ kept: number; running: number }[]>`
    select count(*)::int as kept, (count(*) filter (where ended_at is null))::int as running from lab.comparison where tenant_id = ${tx.tenant}`
  return row ?? { kept: 0, running: 0 }
}

/** Ends a comparison that is not over; false where it was. */
export async function endComparison(
  tx: Tx,
  comparison_id: string,
  state: 'done' | 'cancelled' | 'failed',
  failure: string | null = null,
  failure_detail: string | null = null,
): Promise<boolean> {
  const ended = await tx.sql`
    update lab.comparison set state = ${state}, failure = ${failure}, failure_detail = ${failure_detail}, ended_at = ${tx.now}
     where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id} and ended_at is null`
  if (ended.count !== 1) return false
  await deleteWork(tx, comparison_id)
  return true
}

// What only a comparison that runs needs.
async function deleteWork(tx: Tx, comparison_id: string): Promise<void> {
  await tx.sql`delete from lab.queue where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id}`
  await tx.sql`delete from lab.stretch where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id}`
}

/** Deletes a comparison that is over with all of it; false where it is not over. */
export async function deleteComparison(tx: Tx, comparison_id: string): Promise<boolean> {
  const gone = await tx.sql`
    delete from lab.comparison where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id} and ended_at is not null`
  if (gone.count !== 1) return false
  await deleteWork(tx, comparison_id)
  await tx.sql`delete from lab.changed where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id}`
  await tx.sql`delete from lab.load where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id}`
  return true
}

/** Comparisons that ended before then, the oldest first. */
export async function endedBefore(tx: Tx, before: Date, limit: number): Promise<{ comparison_id: string }[]> {
  return tx.sql<{ comparison_id: string }[]>`
    select comparison_id from lab.comparison where tenant_id = ${tx.tenant} and ended_at < ${before} order by ended_at, comparison_id limit ${limit}::int`
}

export interface ChangedRecord {
  readonly order_id: string
  readonly number: string
  readonly at: Date
  readonly promised_at: Date | null
  readonly a: unknown
  readonly b: unknown
  readonly difference: bigint | null
  readonly size: bigint
  readonly what: string[]
}

/** A page of the orders that changed, the largest difference first. */
export async function changedPage(
  tx: Tx,
  comparison_id: string,
  { what, after, limit }: { what: string | null; after: { size: bigint; order_id: string } | null; limit: number },
): Promise<ChangedRecord[]> {
  return tx.sql<ChangedRecord[]>`
    select c.order_id, coalesce(n.number, '') as number, c.at, c.promised_at, c.a, c.b, c.difference, c.size, c.what
      from lab.changed c left join orders.v_order_number n on n.tenant_id = ${tx.tenant} and n.order_id = c.order_id
     where c.tenant_id = ${tx.tenant} and c.comparison_id = ${comparison_id} and (${what}::text is null or ${what}::text = any (c.what))
       and (${after?.size ?? null}::bigint is null or (c.size, c.order_id) < (${after?.size ?? null}::bigint, ${after?.order_id ?? null}::uuid))
     order by c.size desc, c.order_id desc limit ${limit}::int`
}

export interface LoadPoint {
  readonly at: Date
  readonly a_orders: number
  readonly a_units: number
  readonly b_orders: number
  readonly b_units: number
}

/** The load over time, of one location or of all. */
export async function loadPoints(
  tx: Tx,
  comparison_id: string,
  { location_id, step, limit }: { location_id: string | null; step: 'hour' | 'day'; limit: number },
): Promise<LoadPoint[]> {
  return tx.sql<LoadPoint[]>`
    select date_trunc(${step}, at, 'UTC') as at, sum(a_orders)::int as a_orders, sum(a_units)::int as a_units, sum(b_orders)::int as b_orders, sum(b_units)::int as b_units
      from lab.load
     where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id} and (${location_id}::text is null or location_id = ${location_id}::text)
     group by 1 order by 1 limit ${limit}::int`
}

/** When the first and the last orders that were received had been placed, by a sample of each end. */
export async function placedSpan(tx: Tx): Promise<{ first: Date | null; last: Date | null }> {
  const [row] = await tx.sql<{ first: Date | null; last: Date | null }[]>`
    select (select min(placed_at) from (select placed_at from orders.v_placed where tenant_id = ${tx.tenant} order by order_id limit 5000) oldest) as first,
           (select max(placed_at) from (select placed_at from orders.v_placed where tenant_id = ${tx.tenant} order by order_id desc limit 5000) newest) as last`
  return row ?? { first: null, last: null }
}

export interface ImportRow {
  readonly import_id: string
  readonly name: string
  readonly channel: string
  readonly orders: number
  readonly started_at: Date
}

/** Imports with orders, the newest first: one by its id, or a hundred. */
export async function imports(tx: Tx, import_id: string | null = null): Promise<ImportRow[]> {
  return tx.sql<ImportRow[]>`
    select import_id, name, channel, accepted as orders, started_at from intake.v_import
     where tenant_id = ${tx.tenant} and (${import_id}::uuid is null or import_id = ${import_id}::uuid) order by import_id desc limit 100`
}
