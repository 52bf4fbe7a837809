// The SQL of disruptions themselves: drafts, states by compare-and-set, sums.
import type { DisruptionProgress, DisruptionState } from '../../contracts/disruptions.ts'
import type { Tx } from '../../platform/db.ts'

export interface NewDisruptionRow {
  readonly disruption_id: string
  readonly name: string
  readonly reason: string
  readonly note: string | null
  readonly scope: string
  readonly location_ids: readonly string[]
  readonly from_at: Date
  readonly until_at: Date | null
  readonly currency: string
}

export async function insertDisruption(tx: Tx, row: NewDisruptionRow): Promise<void> {
  await tx.sql`
    insert into disruptions.disruption (tenant_id, disruption_id, name, reason, note, scope, location_ids, from_at, until_at, state, currency, created_at, created_by)
    values (${tx.tenant}, ${row.disruption_id}, ${row.name}, ${row.reason}, ${row.note}, ${row.scope}::text::jsonb, ${[...row.location_ids]}::text[], ${row.from_at}, ${row.until_at},
            'draft', ${row.currency}, ${tx.now}, ${tx.actor})`
}

export interface DisruptionRow {
  readonly disruption_id: string
  readonly name: string
  readonly reason: string
  readonly note: string | null
  readonly scope: unknown
  readonly location_ids: string[]
  readonly from_at: Date
  readonly until_at: Date | null
  readonly state: DisruptionState
  readonly currency: string
  /** Kinds of values that had failed when it was planned. */
  readonly degraded: string[]
  readonly created_at: Date
  readonly created_by: string
  readonly planned_at: Date | null
  readonly applied_at: Date | null
  readonly ended_at: Date | null
  readonly orders: number
  readonly units: number
  readonly unmet: number
  readonly to_move: number
  readonly to_part: number
  readonly to_inbox: number
  readonly to_keep: number
  readonly late_before: number
  readonly late_after: number
  readonly cost_before: bigint
  readonly cost_after: bigint
  readonly waiting: number
  readonly moved: number
  readonly parted: number
  readonly inboxed: number
  readonly kept: number
  readonly waits: number
  readonly gone: number
  readonly returned: number
  readonly elsewhere: number
  readonly stays: number
}

/** Disruptions, the newest first: one by its id, or a page; `open` takes those that are not over, null all. */
export async function disruptions(
  tx: Tx,
  wish: { disruption_id?: string; open?: boolean | null; before?: string | null; limit?: number },
): Promise<DisruptionRow[]> {
  const { disruption_id = null, open = null, before = null, limit = 1 } = wish
  return tx.sql<DisruptionRow[]>`
    select disruption_id, name, reason, note, scope, location_ids, from_at, until_at, state, currency, degraded, created_at, created_by, planned_at, applied_at, ended_at,
           orders, units, unmet, to_move, to_part, to_inbox, to_keep, late_before, late_after, cost_before, cost_after,
           waiting, moved, parted, inboxed, kept, waits, gone, returned, elsewhere, stays
      from disruptions.disruption
     where tenant_id = ${tx.tenant} and (${disruption_id}::uuid is null or disruption_id = ${disruption_id}::uuid)
       and (${open}::boolean is null or ${open}::boolean = (state in ('draft', 'planned', 'applying', 'active', 'undoing')))
       and (${before}::uuid is null or disruption_id < ${before}::uuid)
     order by disruption_id desc limit ${limit}::int`
}

/** Compare-and-set of the state; the version afterwards, or null where it was in another. `waiting` is how many orders are to be settled. */
export async function moveState(
  tx: Tx,
  disruption_id: string,
  from: DisruptionState,
  to: DisruptionState,
  waiting = 0,
): Promise<number | null> {
  const [row] = await tx.sql<{ version: number }[]>`
    update disruptions.disruption
       set state = ${to}, version = version + 1, waiting = ${waiting}::int,
           planned_at = case when ${to}::text = 'planned' then ${tx.now} else planned_at end,
           applied_at = case when ${to}::text = 'applying' then ${tx.now} else applied_at end,
           ended_at = case when ${to}::text in ('undoing', 'ended', 'discarded') then ${tx.now} else ended_at end
     where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id} and state = ${from} returning version`
  return row?.version ?? null
}

export interface Sums {
  readonly orders: number
  readonly units: number
  readonly unmet: number
  readonly to_move: number
  readonly to_part: number
  readonly to_inbox: number
  readonly to_keep: number
  readonly late_before: number
  readonly late_after: number
  readonly cost_before: bigint
  readonly cost_after: bigint
}

export async function putSums(tx: Tx, disruption_id: string, sums: Sums, degraded: readonly string[]): Promise<void> {
  await tx.sql`
    update disruptions.disruption
       set orders = ${sums.orders}::int, units = ${sums.units}::int, unmet = ${sums.unmet}::int, to_move = ${sums.to_move}::int, to_part = ${sums.to_part}::int,
           to_inbox = ${sums.to_inbox}::int, to_keep = ${sums.to_keep}::int, late_before = ${sums.late_before}::int, late_after = ${sums.late_after}::int,
           cost_before = ${sums.cost_before}::bigint, cost_after = ${sums.cost_after}::bigint, degraded = ${[...degraded]}::text[]
     where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id}`
}

/** What is added to the counts of a disruption; `waiting` is taken off. */
export type Counted = Readonly<Record<Exclude<keyof DisruptionProgress, 'unplaced'>, number>>

/** Counts orders that are settled; the last of them makes it active or undone. Answers the state and version when that has just happened. */
export async function countSettled(
  tx: Tx,
  disruption_id: string,
  n: Counted,
): Promise<{ state: DisruptionState; version: number } | null> {
  const [row] = await tx.sql<{ state: DisruptionState; version: number; reached: boolean }[]>`
    update disruptions.disruption d
       set waiting = d.waiting - ${n.waiting}::int, moved = d.moved + ${n.moved}::int, parted = d.parted + ${n.part}::int, inboxed = d.inboxed + ${n.inbox}::int,
           kept = d.kept + ${n.kept}::int, waits = d.waits + ${n.waits}::int, gone = d.gone + ${n.gone}::int, returned = d.returned + ${n.returned}::int,
           elsewhere = d.elsewhere + ${n.elsewhere}::int, stays = d.stays + ${n.stays}::int,
           version = d.version + case when d.waiting = ${n.waiting}::int and d.state in ('applying', 'undoing') then 1 else 0 end,
           state = case when d.waiting > ${n.waiting}::int then d.state when d.state = 'applying' then 'active' when d.state = 'undoing' then 'undone' else d.state end
      from disruptions.disruption before
     where d.tenant_id = ${tx.tenant} and d.disruption_id = ${disruption_id}
       and before.tenant_id = ${tx.tenant} and before.disruption_id = d.disruption_id
    returning d.state, d.version, d.waiting = 0 and d.state in ('active', 'undone') and before.state in ('applying', 'undoing') as reached`
  return row === undefined || !row.reached ? null : { state: row.state, version: row.version }
}

/** More orders to settle than were planned. */
export async function addWaiting(tx: Tx, disruption_id: string, orders: number): Promise<void> {
  await tx.sql`
    update disruptions.disruption set waiting = waiting + ${orders}::int, orders = orders + ${orders}::int
     where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id}`
}
