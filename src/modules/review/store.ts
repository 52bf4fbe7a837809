// All SQL of review: screenings, decisions, the queue.
import type { Tx } from '../../platform/db.ts'

export interface NewScreening {
  readonly hold_id: string
  readonly order_id: string
  readonly rules_version: string
  readonly policy_version: string
  readonly answer_due_at: Date
  readonly lapses_at: Date
  readonly on_lapse: string
}

export async function insertScreenings(tx: Tx, rows: readonly NewScreening[]): Promise<void> {
  await tx.sql`
    insert into review.screening (tenant_id, hold_id, order_id, rules_version, policy_version, answer_due_at, lapses_at, on_lapse, screened_at)
    select ${tx.tenant}::uuid, hold_id, order_id, rules_version, policy_version, answer_due_at, lapses_at, on_lapse, ${tx.now}
      from unnest(${rows.map((row) => row.hold_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.rules_version)}::text[],
                  ${rows.map((row) => row.policy_version)}::text[], ${rows.map((row) => row.answer_due_at)}::timestamptz[],
                  ${rows.map((row) => row.lapses_at)}::timestamptz[], ${rows.map((row) => row.on_lapse)}::text[])
        as new (hold_id, order_id, rules_version, policy_version, answer_due_at, lapses_at, on_lapse)`
}

/** Of these holds, those whose time is over and that are to be let go. */
export async function lapsedScreenings(tx: Tx, hold_ids: readonly string[]): Promise<{ hold_id: string }[]> {
  return tx.sql<{ hold_id: string }[]>`
    select hold_id from review.screening
     where tenant_id = ${tx.tenant} and hold_id = any (${[...hold_ids]}::uuid[]) and on_lapse = 'release' and lapses_at <= ${tx.now}
       and not exists (select from review.decision d where d.tenant_id = ${tx.tenant} and d.hold_id = screening.hold_id and d.state = 'pending')
     order by hold_id`
}

/** Moves the clock of screenings: they are asked about again. */
export async function moveScreenings(
  tx: Tx,
  rows: readonly { hold_id: string; until: Date }[],
): Promise<{ hold_id: string; on_lapse: string; lapses_at: Date }[]> {
  return tx.sql<{ hold_id: string; on_lapse: string; lapses_at: Date }[]>`
    update review.screening s set answer_due_at = d.until, lapses_at = greatest(s.lapses_at, d.until)
      from unnest(${rows.map((row) => row.hold_id)}::uuid[], ${rows.map((row) => row.until)}::timestamptz[]) as d (hold_id, until)
     where s.tenant_id = ${tx.tenant} and s.hold_id = d.hold_id
    returning s.hold_id, s.on_lapse, s.lapses_at`
}

export interface HeldRow {
  readonly hold_id: string
  readonly order_id: string
  readonly kind: string
  readonly currency: string
  readonly total: bigint
  readonly expires_at: Date | null
  readonly on_lapse: string | null
  readonly lapses_at: Date | null
  /** The decision that is under way, if any. */
  readonly decision_id: string | null
  readonly decision: string | null
  readonly state: string | null
  readonly decided_by: string | null
  readonly held_until: Date | null
}

/** Open holds with the decision that is under way on each. */
export async function heldOf(tx: Tx, hold_ids: readonly string[]): Promise<HeldRow[]> {
  return tx.sql<HeldRow[]>`
    select h.hold_id, h.order_id, h.kind, h.currency, h.total, h.expires_at, s.on_lapse, s.lapses_at, d.decision_id, d.decision, d.state, d.decided_by, d.held_until
      from orders.v_open_hold h
      left join review.screening s on s.tenant_id = ${tx.tenant} and s.hold_id = h.hold_id
      left join review.decision d on d.tenant_id = ${tx.tenant} and d.hold_id = h.hold_id and d.ended_at is null
     where h.tenant_id = ${tx.tenant} and h.hold_id = any (${[...hold_ids]}::uuid[]) order by h.hold_id`
}

export interface NewDecision {
  readonly decision_id: string
  readonly hold_id: string
  readonly order_id: string
  readonly decision: string
  readonly state: string
  readonly note: string | null
  readonly minutes: number | null
  readonly effective_at: Date
  readonly held_until: Date | null
}

/** Enters decisions; of a hold on which one is under way none is entered. Answers the holds that took theirs. */
export async function insertDecisions(tx: Tx, rows: readonly NewDecision[]): Promise<{ hold_id: string }[]> {
  return tx.sql<{ hold_id: string }[]>`
    insert into review.decision (tenant_id, decision_id, hold_id, order_id, decision, state, note, minutes, decided_by, decided_at, effective_at, held_until)
    select ${tx.tenant}::uuid, decision_id, hold_id, order_id, decision, state, note, minutes, ${tx.actor}, ${tx.now}, effective_at, held_until
      from unnest(${rows.map((row) => row.decision_id)}::uuid[], ${rows.map((row) => row.hold_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[],
                  ${rows.map((row) => row.decision)}::text[], ${rows.map((row) => row.state)}::text[], ${rows.map((row) => row.note)}::text[],
                  ${rows.map((row) => row.minutes)}::int[], ${rows.map((row) => row.effective_at)}::timestamptz[], ${rows.map((row) => row.held_until)}::timestamptz[])
        as new (decision_id, hold_id, order_id, decision, state, note, minutes, effective_at, held_until)
     order by hold_id
    on conflict (tenant_id, hold_id) where ended_at is null do nothing
    returning hold_id`
}

/** The second of two people agrees; answers the decisions that now wait out their undo. */
export async function secondDecisions(
  tx: Tx,
  decision_ids: readonly string[],
  effective_at: Date,
): Promise<{ decision_id: string; hold_id: string }[]> {
  return tx.sql<{ decision_id: string; hold_id: string }[]>`
    update review.decision set state = 'pending', second_by = ${tx.actor}, second_at = ${tx.now}, effective_at = ${effective_at}
     where tenant_id = ${tx.tenant} and decision_id = any (${[...decision_ids]}::uuid[]) and state = 'first' and decided_by <> ${tx.actor}
    returning decision_id, hold_id`
}

/** Ends decisions that are under way; answers those that this statement ended. */
export async function endDecisions(
  tx: Tx,
  decision_ids: readonly string[],
  state: 'undone' | 'overtaken',
): Promise<{ decision_id: string }[]> {
  return tx.sql<{ decision_id: string }[]>`
    update review.decision set state = ${state}, ended_at = ${tx.now}
     where tenant_id = ${tx.tenant} and decision_id = any (${[...decision_ids]}::uuid[]) and ended_at is null
    returning decision_id`
}

export interface DueDecision {
  readonly hold_id: string
  readonly order_id: string
  readonly decision: string
  readonly note: string | null
  readonly minutes: number | null
  readonly effective_at: Date
  readonly decided_by: string
  readonly second_by: string | null
}

/** Takes decisions whose undo is over, each once. */
export async function applyDecisions(tx: Tx, decision_ids: readonly string[]): Promise<DueDecision[]> {
  return tx.sql<DueDecision[]>`
    update review.decision set state = 'applied', ended_at = ${tx.now}
     where tenant_id = ${tx.tenant} and decision_id = any (${[...decision_ids]}::uuid[]) and state = 'pending' and effective_at <= ${tx.now}
    returning hold_id, order_id, decision, note, minutes, effective_at, decided_by, second_by`
}

export interface QueueRow {
  readonly hold_id: string
  readonly order_id: string
  readonly kind: string
  readonly reasons: unknown
  readonly blocks: string[]
  readonly owner: string | null
  readonly placed_at: Date
  readonly expires_at: Date | null
  readonly number: string
  readonly channel: string
  readonly currency: string
  readonly total: bigint
  readonly payment_method: string
  readonly order_placed_at: Date
  readonly ship_country: string
  readonly ship_region: string | null
  readonly ship_city: string | null
  readonly ship_postcode: string | null
  readonly answer_due_at: Date | null
  readonly lapses_at: Date | null
  readonly decision: string | null
  readonly state: string | null
  readonly decided_by: string | null
  readonly second_by: string | null
  readonly effective_at: Date | null
}

export interface QueuePage {
  readonly kind: string | null
  readonly order_id: string | null
  readonly after: { readonly placed_at: Date; readonly hold_id: string }
  readonly limit: number
}

/** Open holds, the longest waiting first. */
export async function readQueue(tx: Tx, page: QueuePage): Promise<QueueRow[]> {
  return tx.sql<QueueRow[]>`
    select h.hold_id, h.order_id, h.kind, h.reasons, h.blocks, h.owner, h.placed_at, h.expires_at, h.number, h.channel, h.currency, h.total, h.payment_method,
           h.order_placed_at, h.ship_country, h.ship_region, h.ship_city, h.ship_postcode, s.answer_due_at, s.lapses_at,
           d.decision, d.state, d.decided_by, d.second_by, d.effective_at
      from orders.v_open_hold h
      left join review.screening s on s.tenant_id = ${tx.tenant} and s.hold_id = h.hold_id
      left join review.decision d on d.tenant_id = ${tx.tenant} and d.hold_id = h.hold_id and d.ended_at is null
     where h.tenant_id = ${tx.tenant} and (${page.kind}::text is null or h.kind = ${page.kind}) and (${page.order_id}::uuid is null or h.order_id = ${page.order_id})
       and (h.placed_at, h.hold_id) > (${page.after.placed_at}::timestamptz, ${page.after.hold_id}::uuid)
     order by h.placed_at, h.hold_id limit ${page.limit}::int`
}

/** How many wait, counted up to a thousand. */
export async function countQueue(tx: Tx, kind: string | null): Promise<number> {
  const rows = await tx.sql<{ waiting: number }[]>`
    select count(*)::int as waiting from (
      select 1 from orders.v_open_hold where tenant_id = ${tx.tenant} and (${kind}::text is null or kind = ${kind}) limit 1000) counted`
  return rows[0]?.waiting ?? 0
}

/** Takes away what people wrote when they decided on orders. */
export async function eraseDecisionNotes(tx: Tx, order_ids: readonly string[]): Promise<void> {
  await tx.sql`
    update review.decision set note = null
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and note is not null`
}
