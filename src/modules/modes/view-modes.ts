// Promotions as screens show them, and what is out of the ordinary now.
import type { ModesNow, PromotionView } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { promotionMachine } from './machine.ts'
import { modeProblem } from './problems.ts'
import { degradationsIn } from './read-degradation.ts'
import { modeKinds, type Promotion, promotionIn } from './read-promotion.ts'
import {
  type ExtensionRow,
  extensionsOf,
  type OverrideRow,
  overridesOf,
  type PromotionRow,
  promotions,
} from './store.ts'

const LIST = 'promotions'
const PAGE = 25
const OVERRIDES_AT_MOST = 50
const actions = ['extend', 'end', 'cancel'] as const

/** A page of promotions, the newest first. */
export async function listPromotions(
  tx: Tx,
  secrets: Secrets,
  { cursor, limit = PAGE }: { readonly cursor?: string; readonly limit?: number },
  mayWrite: boolean,
) {
  const before = textPosition(secrets, LIST, cursor, 1)?.[0] ?? null
  const rows = await promotions(tx, { before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: await viewsOf(tx, page, mayWrite),
    next_cursor: last === undefined ? null : encodeCursor(secrets, LIST, [last.promotion_id]),
  }
}

/** One promotion; throws where there is none. */
export async function viewPromotion(tx: Tx, promotion_id: string, mayWrite: boolean): Promise<PromotionView> {
  const [view] = await viewsOf(tx, await promotions(tx, { promotion_id }), mayWrite)
  if (view === undefined) throw modeProblem('promotion_unknown')
  return view
}

async function viewsOf(tx: Tx, rows: readonly PromotionRow[], mayWrite: boolean): Promise<PromotionView[]> {
  const ids = rows.map((row) => row.promotion_id)
  const overrides = await overridesOf(tx, ids, OVERRIDES_AT_MOST * Math.max(1, ids.length))
  const of = Map.groupBy(overrides, (row) => row.promotion_id)
  const extensions = Map.groupBy(
    await extensionsOf(tx, ids, OVERRIDES_AT_MOST * Math.max(1, ids.length)),
    (row) => row.promotion_id,
  )
  return rows.map((row) => ({
    ...viewOf(row, (of.get(row.promotion_id) ?? []).slice(0, OVERRIDES_AT_MOST), mayWrite),
    extensions: (extensions.get(row.promotion_id) ?? []).slice(0, OVERRIDES_AT_MOST).map(extended),
  }))
}

function extended({ at, actor, until_before, until_at, reason }: ExtensionRow): PromotionView['extensions'][number] {
  const [before, until] = [until_before.toISOString(), until_at.toISOString()]
  return { at: at.toISOString(), by: actor, until_before: before, until, reason }
}

function viewOf(
  row: PromotionRow,
  overrides: readonly OverrideRow[],
  mayWrite: boolean,
): Omit<PromotionView, 'extensions'> {
  const { promotion_id, name, reason, state, version, frozen, limits_percent, cadence_seconds, created_by, ended_by } =
    row
  const possible = promotionMachine.actions(state)
  return {
    promotion_id,
    name,
    reason,
    state,
    version,
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
    frozen,
    limits_percent,
    locations: row.location_ids,
    cadence_seconds,
    created_at: row.created_at.toISOString(),
    created_by,
    ended_at: row.ended_at?.toISOString() ?? null,
    ended_by,
    overrides: overrides.map(({ at, actor, what, reason: why }) => ({
      at: at.toISOString(),
      by: actor,
      what,
      reason: why,
    })),
    available_actions: actions.map((action) => ({
      action,
      allowed: mayWrite && possible.includes(action),
      blocked_by: [
        ...(mayWrite ? [] : [{ code: 'not_permitted', detail: 'modes.write' }]),
        ...(possible.includes(action) ? [] : [{ code: 'state', detail: state }]),
      ],
    })),
  }
}

/** What is out of the ordinary now. */
export async function modesNow(tx: Tx): Promise<ModesNow> {
  const facts = await currentFacts(tx, modeKinds)
  const promotion = promotionIn(facts)
  return {
    promotion: promotion === null ? null : shown(promotion),
    degraded: [...degradationsIn(facts).values()].map(({ degradation_id, kind, since, cause }) => ({
      degradation_id,
      kind,
      since,
      cause,
      says: failed[kind],
    })),
  }
}

const failed = {
  rates: {
    en: 'Rates have failed: orders are decided with the last good ones.',
    zh: '运价失效：正按最近有效的运价分仓。',
  },
  geo: {
    en: 'Orders come without coordinates: they are decided by where their area was last.',
    zh: '订单缺少坐标：正按所在区域最近的位置分仓。',
  },
  rules: {
    en: 'The rules in force have failed: orders are decided by the newest earlier ones that work.',
    zh: '现行规则出错：正按最近可用的历史规则分仓。',
  },
}

function shown(promotion: Promotion): NonNullable<ModesNow['promotion']> {
  const { promotion_id, name, from, until, frozen, limits_percent, locations, cadence_seconds } = promotion
  const en = [
    ...(frozen ? ['rules are frozen'] : []),
    ...(limits_percent === null ? [] : [`limits are at ${limits_percent} %`]),
    ...(cadence_seconds === null ? [] : [`orders are decided together every ${cadence_seconds} s`]),
  ]
  const zh = [
    ...(frozen ? ['规则已冻结'] : []),
    ...(limits_percent === null ? [] : [`限量提高至 ${limits_percent}%`]),
    ...(cadence_seconds === null ? [] : [`订单每 ${cadence_seconds} 秒合批分仓`]),
  ]
  const says = { en: `${en.join(', ')}.`, zh: `${zh.join('，')}。` }
  return { promotion_id, name, from, until, frozen, limits_percent, locations, cadence_seconds, says }
}
