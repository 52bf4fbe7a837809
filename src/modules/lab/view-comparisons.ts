// Comparisons as screens show them: figures of both sides, what changed, rules and locations, what is possible now.
import {
  type ComparisonRow,
  type ComparisonView,
  type changedFilters,
  type LabFigures,
  labClocks,
  labFacts,
  labStocks,
} from '../../contracts/lab.ts'
import type { Tx } from '../../platform/db.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { allocationRuleKind } from '../allocation/index.ts'
import { channels, type Location, locations } from '../catalog/index.ts'
import { ruleChoices } from '../policies/index.ts'
import { KEPT_AT_MOST, KEPT_DAYS, ORDERS_AT_MOST, RUNNING_AT_MOST } from './limits.ts'
import { comparisonMachine } from './machine.ts'
import { labProblem } from './problems.ts'
import { sideOf } from './sides.ts'
import { type ComparisonRecord, comparisons, imports, placedSpan } from './store.ts'
import { type LabSums, type SideSums, sumsIn } from './sums.ts'
import { failureOf, lostNotes, noteOf } from './texts.ts'

const LIST = 'comparisons'
const PAGE = 50
const DAY_S = 86_400
const [RULES_AT_MOST, LOCATIONS_AT_MOST, CHANNELS_AT_MOST] = [500, 1000, 1000]

export interface PageWish {
  readonly cursor?: string
  readonly limit?: number
}

/** A page of comparisons, the newest first. */
export async function listComparisons(tx: Tx, secrets: Secrets, wish: PageWish, mayWrite: boolean) {
  const { limit = PAGE } = wish
  const before = textPosition(secrets, LIST, wish.cursor, 1)?.[0] ?? null
  const rows = await comparisons(tx, { before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => rowOf(row, sumsIn(row.result), mayWrite)),
    next_cursor: last === undefined ? null : encodeCursor(secrets, LIST, [last.comparison_id]),
  }
}

/** The record of a comparison; throws where there is none. */
export async function comparisonOf(tx: Tx, comparison_id: string): Promise<ComparisonRecord> {
  const [row] = await comparisons(tx, { comparison_id })
  if (row === undefined) throw labProblem('comparison_unknown')
  return row
}

/** One comparison with its figures so far. */
export async function viewComparison(tx: Tx, comparison_id: string, mayWrite: boolean): Promise<ComparisonView> {
  const row = await comparisonOf(tx, comparison_id)
  const sums = sumsIn(row.result)
  return {
    ...rowOf(row, sums, mayWrite),
    failure: row.failure === null ? null : failureOf(row.failure, row.failure_detail ?? ''),
    ground: {
      clock: named(labClocks, row.clock) ?? 'decided',
      stock: named(labStocks, row.stock) ?? 'of_that_time',
      facts: named(labFacts, row.facts) ?? 'of_that_time',
    },
    started_at: row.started_at?.toISOString() ?? null,
    figures: { a: figuresOf(sums.a), b: figuresOf(sums.b) },
    changed: changedOf(sums),
    rules: Object.entries(sums.rules)
      .map(([rule_id, [en, zh, a, b]]) => ({ rule_id, name: { en, zh }, a, b }))
      .sort((one, other) => other.a + other.b - one.a - one.b || (one.rule_id < other.rule_id ? -1 : 1))
      .slice(0, RULES_AT_MOST),
    locations: locationsOf(sums, await locations(tx)),
    lost: sums.lost,
    notes: [...lostNotes(sums.lost), ...sums.notes.map(noteOf)],
  }
}

function rowOf(row: ComparisonRecord, sums: LabSums, mayWrite: boolean): ComparisonRow {
  const { comparison_id, name, state, from_at, to_at, import_id, channel, created_by, ended_at, currency } = row
  const titled = (kept: unknown) => {
    const { side, title, version_id } = sideOf(kept)
    return { side, title, version_id }
  }
  const possible = [...comparisonMachine.actions(state), ...(comparisonMachine.isTerminal(state) ? ['delete'] : [])]
  return {
    comparison_id,
    name,
    state,
    period: from_at === null || to_at === null ? null : { from: from_at.toISOString(), to: to_at.toISOString() },
    import_id,
    channel,
    a: titled(row.side_a),
    b: titled(row.side_b),
    created_at: row.created_at.toISOString(),
    created_by,
    ended_at: ended_at?.toISOString() ?? null,
    progress: { done: row.done, all: row.orders },
    currency,
    compared: sums.compared,
    available_actions: ['cancel', 'delete'].map((action) => ({
      action,
      allowed: mayWrite && possible.includes(action),
      blocked_by: [
        ...(mayWrite ? [] : [{ code: 'not_permitted', detail: 'policies.write' }]),
        ...(possible.includes(action) ? [] : [{ code: 'state', detail: state }]),
      ],
    })),
  }
}

function figuresOf(sums: SideSums): LabFigures {
  const { sent, split, parts, shipping, handling, promised, promise_kept, unallocated, units, units_waiting } = sums
  return {
    sent,
    split,
    parts,
    parcels: sums.unparcelled > 0 ? null : sums.parcels,
    shipping,
    handling,
    km_mean: sums.km_parts === 0 ? null : Math.round((10 * sums.km) / sums.km_parts) / 10,
    carbon_grams: sums.carbon_grams === 0 ? null : sums.carbon_grams,
    promised,
    promise_kept,
    late_days_mean: sums.arrivals === 0 ? null : Math.round((100 * sums.late_seconds) / DAY_S / sums.arrivals) / 100,
    unallocated,
    units,
    units_waiting,
  }
}

function changedOf({ changed }: LabSums): ComparisonView['changed'] {
  const count = (name: 'all' | (typeof changedFilters)[number]) => changed[name] ?? 0
  return {
    all: count('all'),
    dearer: count('dearer'),
    cheaper: count('cheaper'),
    more_parts: count('more_parts'),
    fewer_parts: count('fewer_parts'),
    later: count('later'),
    sooner: count('sooner'),
    unallocated: count('unallocated'),
    allocated: count('allocated'),
  }
}

function locationsOf(sums: LabSums, places: ReadonlyMap<string, Location>): ComparisonView['locations'] {
  return Object.entries(sums.locations)
    .map(([location_id, [a, b]]) => ({
      location_id,
      name: places.get(location_id)?.name ?? location_id,
      name_zh: places.get(location_id)?.name_zh ?? null,
      a: { orders: a[0], units: a[1] },
      b: { orders: b[0], units: b[1] },
    }))
    .sort((one, other) => (one.location_id < other.location_id ? -1 : 1))
    .slice(0, LOCATIONS_AT_MOST)
}

/** The value if it is one of those that are known. */
export function named<Name extends string>(names: readonly Name[], value: string): Name | null {
  return names.find((name) => name === value) ?? null
}

/** What may be picked for a comparison. */
export async function labChoices(tx: Tx) {
  const { first, last } = await placedSpan(tx)
  const { drafts, versions } = await ruleChoices(tx, allocationRuleKind)
  return {
    orders: first === null || last === null ? null : { from: first.toISOString(), to: last.toISOString() },
    channels: [...(await channels(tx)).values()]
      .map(({ channel, name }) => ({ channel, name }))
      .slice(0, CHANNELS_AT_MOST),
    drafts: drafts.map(({ draft_id, name, revision, changed_at }) => ({
      draft_id,
      name,
      revision,
      changed_at: changed_at.toISOString(),
    })),
    versions: versions.map(({ since, ...one }) => ({ ...one, since: since?.toISOString() ?? null })),
    imports: (await imports(tx)).map((row) => ({ ...row, started_at: row.started_at.toISOString() })),
    limits: { orders: ORDERS_AT_MOST, running: RUNNING_AT_MOST, kept: KEPT_AT_MOST, kept_days: KEPT_DAYS },
  }
}
