// Disruptions as screens show them: sums of the plan, how far it is, what is possible now; and the orders that it touches.

import { Compile } from 'typebox/compile'
import {
  type AffectedOrder,
  affectedBacks,
  affectedPlans,
  affectedResults,
  DisruptionScope,
  type DisruptionView,
  disruptionReasons,
} from '../../contracts/disruptions.ts'
import { degradedKinds } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'
import { decodeCursor, encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { type Location, locations } from '../catalog/index.ts'
import { disruptionMachine } from './machine.ts'
import { placesIn, targetsIn, unitsByLocation } from './places.ts'
import { disruptionProblem } from './problems.ts'
import { type DisruptionRow, disruptions } from './store.ts'
import { type AffectedRow, affectedPage } from './store-settle.ts'
import { causeText } from './texts.ts'

const LIST = 'disruptions'
const ORDERS = 'disruption-orders'
const PAGE = 50
const scopeValidator = Compile(DisruptionScope)
const actions = ['apply', 'plan', 'discard', 'undo', 'end'] as const

export interface PageWish {
  readonly cursor?: string
  readonly limit?: number
}

/** A page of disruptions, the newest first. */
export async function listDisruptions(
  tx: Tx,
  secrets: Secrets,
  wish: PageWish & { readonly state?: 'open' | 'ended' },
  mayDecide: boolean,
) {
  const { limit = PAGE } = wish
  const before = textPosition(secrets, LIST, wish.cursor, 1)?.[0] ?? null
  const rows = await disruptions(tx, {
    open: wish.state === undefined ? null : wish.state === 'open',
    before,
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const places = await locations(tx)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => viewOf(row, places, mayDecide)),
    next_cursor: last === undefined ? null : encodeCursor(secrets, LIST, [last.disruption_id]),
  }
}

/** One disruption; throws where there is none. */
export async function viewDisruption(tx: Tx, disruption_id: string, mayDecide: boolean): Promise<DisruptionView> {
  const [row] = await disruptions(tx, { disruption_id })
  if (row === undefined) throw disruptionProblem('disruption_unknown')
  return viewOf(row, await locations(tx), mayDecide)
}

function viewOf(row: DisruptionRow, places: ReadonlyMap<string, Location>, mayDecide: boolean): DisruptionView {
  const possible = disruptionMachine.actions(row.state)
  return {
    disruption_id: row.disruption_id,
    name: row.name,
    reason: named(disruptionReasons, row.reason) ?? 'other',
    note: row.note,
    state: row.state,
    scope: scopeValidator.Check(row.scope) ? row.scope : {},
    locations: row.location_ids.map((location_id) => ({
      location_id,
      name: places.get(location_id)?.name ?? location_id,
      name_zh: places.get(location_id)?.name_zh ?? null,
    })),
    from: row.from_at.toISOString(),
    until: row.until_at?.toISOString() ?? null,
    currency: row.currency,
    degraded: degradedKinds.filter((kind) => row.degraded.includes(kind)),
    created_at: row.created_at.toISOString(),
    created_by: row.created_by,
    planned_at: row.planned_at?.toISOString() ?? null,
    applied_at: row.applied_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
    totals: totalsOf(row),
    progress: progressOf(row),
    available_actions: actions.map((action) => ({
      action,
      allowed: mayDecide && possible.includes(action),
      blocked_by: [
        ...(mayDecide ? [] : [{ code: 'not_permitted', detail: 'allocation.decide' }]),
        ...(possible.includes(action) ? [] : [{ code: 'state', detail: row.state }]),
      ],
    })),
  }
}

function totalsOf(row: DisruptionRow): DisruptionView['totals'] {
  const { orders, units, unmet, to_move, to_part, to_inbox, to_keep, late_before, late_after } = row
  const [cost_before, cost_after] = [Number(row.cost_before), Number(row.cost_after)]
  return { orders, units, unmet, to_move, to_part, to_inbox, to_keep, late_before, late_after, cost_before, cost_after }
}

function progressOf(row: DisruptionRow): DisruptionView['progress'] {
  const { waiting, moved, parted: part, inboxed: inbox, kept, waits, gone, returned, elsewhere, stays } = row
  return { waiting, moved, part, inbox, kept, waits, gone, returned, elsewhere, stays, unplaced: unplacedOf(row) }
}

// Those that were asked back, without what has been settled otherwise and what is still to be settled.
function unplacedOf({ state, moved, parted, inboxed, waits, returned, elsewhere, stays, waiting }: DisruptionRow) {
  if (state !== 'undoing' && state !== 'undone') return 0
  return Math.max(0, moved + parted + inboxed + waits - returned - elsewhere - stays - waiting)
}

/** The value if it is one of those that are known. */
function named<Name extends string>(names: readonly Name[], value: string | null): Name | null {
  return names.find((name) => name === value) ?? null
}

/** A page of the orders of a disruption, the most urgent first. */
export async function listAffected(
  tx: Tx,
  secrets: Secrets,
  disruption_id: string,
  wish: PageWish & { readonly plan?: string; readonly result?: string },
) {
  const { limit = PAGE } = wish
  const [known] = await disruptions(tx, { disruption_id })
  if (known === undefined) throw disruptionProblem('disruption_unknown')
  const [position = 0] = wish.cursor === undefined ? [] : decodeCursor(secrets, ORDERS, wish.cursor)
  const rows = await affectedPage(tx, disruption_id, {
    plan: wish.plan ?? null,
    result: wish.result ?? null,
    after: typeof position === 'number' ? position : 0,
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(affectedOf),
    next_cursor: last === undefined ? null : encodeCursor(secrets, ORDERS, [last.rank]),
  }
}

function affectedOf(row: AffectedRow): AffectedOrder {
  const { order_id, number, units, unmet, cause, back_cause } = row
  return {
    order_id,
    number,
    units,
    unmet,
    plan: named(affectedPlans, row.plan) ?? 'unplanned',
    cause,
    cause_text: causeText(cause),
    from: unitsByLocation(placesIn(row.places)).slice(0, 200),
    to: targetsIn(row.targets).slice(0, 200),
    cost_before: row.cost_before === null ? null : Number(row.cost_before),
    cost_after: row.cost_after === null ? null : Number(row.cost_after),
    promised_at: row.promised_at?.toISOString() ?? null,
    arrives_before: row.arrives_before?.toISOString() ?? null,
    arrives_after: row.arrives_after?.toISOString() ?? null,
    result: named(affectedResults, row.result),
    back: named(affectedBacks, row.back),
    back_cause,
  }
}
