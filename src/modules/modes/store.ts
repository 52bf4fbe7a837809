// The SQL of modes: promotions by compare-and-set, and what was changed although rules were frozen.
import type { PromotionState } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'

export interface PromotionRow {
  readonly promotion_id: string
  readonly name: string
  readonly reason: string
  readonly from_at: Date
  readonly until_at: Date
  readonly state: PromotionState
  readonly version: number
  readonly frozen: boolean
  readonly limits_percent: number | null
  readonly location_ids: string[] | null
  readonly cadence_seconds: number | null
  readonly created_at: Date
  readonly created_by: string
  readonly ended_at: Date | null
  readonly ended_by: string | null
}

export type NewPromotionRow = Pick<
  PromotionRow,
  | 'promotion_id'
  | 'name'
  | 'reason'
  | 'from_at'
  | 'until_at'
  | 'state'
  | 'frozen'
  | 'limits_percent'
  | 'location_ids'
  | 'cadence_seconds'
>

/** False where another is planned or on. */
export async function insertPromotion(tx: Tx, row: NewPromotionRow): Promise<boolean> {
  const made = await tx.sql`
    insert into modes.promotion (tenant_id, promotion_id, name, reason, from_at, until_at, state, frozen, limits_percent, location_ids, cadence_seconds, created_at, created_by)
    values (${tx.tenant}, ${row.promotion_id}, ${row.name}, ${row.reason}, ${row.from_at}, ${row.until_at}, ${row.state}, ${row.frozen}, ${row.limits_percent}::int,
            ${row.location_ids}::text[], ${row.cadence_seconds}::int, ${tx.now}, ${tx.actor})
    on conflict (tenant_id) where state in ('planned', 'active') do nothing`
  return made.count === 1
}

/** Promotions, the newest first: one by its id, those planned or on, or a page. */
export async function promotions(
  tx: Tx,
  wish: { promotion_id?: string; open?: boolean; before?: string | null; limit?: number },
): Promise<PromotionRow[]> {
  const { promotion_id = null, open = false, before = null, limit = 1 } = wish
  return tx.sql<PromotionRow[]>`
    select promotion_id, name, reason, from_at, until_at, state, version, frozen, limits_percent, location_ids, cadence_seconds, created_at, created_by, ended_at, ended_by
      from modes.promotion
     where tenant_id = ${tx.tenant} and (${promotion_id}::uuid is null or promotion_id = ${promotion_id}::uuid)
       and (not ${open}::boolean or state in ('planned', 'active')) and (${before}::uuid is null or promotion_id < ${before}::uuid)
     order by promotion_id desc limit ${limit}::int`
}

/** Moves a promotion on; its new version, or null where it was in another state. */
export async function movePromotion(
  tx: Tx,
  promotion_id: string,
  from: PromotionState,
  to: PromotionState,
): Promise<number | null> {
  const over = to === 'ended' || to === 'cancelled'
  const [row] = await tx.sql<{ version: number }[]>`
    update modes.promotion set state = ${to}, version = version + 1, ended_at = ${over ? tx.now : null}::timestamptz, ended_by = ${over ? tx.actor : null}::text
     where tenant_id = ${tx.tenant} and promotion_id = ${promotion_id} and state = ${from}
    returning version`
  return row?.version ?? null
}

/** Gives one that is planned or on a later end; its new version, or null where it was another or its time was over. */
export async function moveEnd(tx: Tx, promotion_id: string, version: number, until_at: Date): Promise<number | null> {
  const [row] = await tx.sql<{ version: number }[]>`
    update modes.promotion set until_at = ${until_at}, version = version + 1
     where tenant_id = ${tx.tenant} and promotion_id = ${promotion_id} and version = ${version} and state in ('planned', 'active') and until_at > ${tx.now}
    returning version`
  return row?.version ?? null
}

export interface ExtensionRow {
  readonly promotion_id: string
  readonly until_before: Date
  readonly until_at: Date
  readonly reason: string
  readonly at: Date
  readonly actor: string
}

export async function insertExtension(tx: Tx, row: Omit<ExtensionRow, 'at' | 'actor'>): Promise<void> {
  await tx.sql`
    insert into modes.promotion_extension (tenant_id, extension_id, promotion_id, until_before, until_at, reason, at, actor)
    values (${tx.tenant}, ${tx.newId()}, ${row.promotion_id}, ${row.until_before}, ${row.until_at}, ${row.reason}, ${tx.now}, ${tx.actor})`
}

/** Later ends that these promotions were given, the newest first. */
export async function extensionsOf(tx: Tx, promotion_ids: readonly string[], limit: number): Promise<ExtensionRow[]> {
  return tx.sql<ExtensionRow[]>`
    select promotion_id, until_before, until_at, reason, at, actor from modes.promotion_extension
     where tenant_id = ${tx.tenant} and promotion_id = any (${[...promotion_ids]}::uuid[]) order by promotion_id, extension_id desc limit ${limit}::int`
}

export interface OverrideRow {
  readonly promotion_id: string
  readonly what: string
  readonly reason: string
  readonly at: Date
  readonly actor: string
}

export async function insertOverride(
  tx: Tx,
  row: Pick<OverrideRow, 'promotion_id' | 'what' | 'reason'>,
): Promise<void> {
  await tx.sql`
    insert into modes.freeze_override (tenant_id, override_id, promotion_id, what, reason, at, actor)
    values (${tx.tenant}, ${tx.newId()}, ${row.promotion_id}, ${row.what}, ${row.reason}, ${tx.now}, ${tx.actor})`
}

/** What was let through during these promotions, the newest first. */
export async function overridesOf(tx: Tx, promotion_ids: readonly string[], limit: number): Promise<OverrideRow[]> {
  return tx.sql<OverrideRow[]>`
    select promotion_id, what, reason, at, actor from modes.freeze_override
     where tenant_id = ${tx.tenant} and promotion_id = any (${[...promotion_ids]}::uuid[]) order by promotion_id, override_id desc limit ${limit}::int`
}
