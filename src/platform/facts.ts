// Versioned facts: what decisions read (rates, locations, rules …), never changed in place, so that any past decision can be rehearsed.
import { later } from './clock.ts'
import type { Tx } from './db.ts'
import { uuidFloor } from './ids.ts'
import { platformProblem } from './problems.ts'

export interface Fact {
  readonly key: string
  /** Which version this is: decisions keep it. */
  readonly version_id: string
  readonly valid_from: Date
  readonly value: unknown
}

export interface NewFact {
  readonly kind: string
  readonly key: string
  /** null ends the fact. */
  readonly value: unknown
  readonly valid_from?: Date
  readonly reason?: string
}

/** Sets facts from `valid_from` on (now where absent), with one row each; answers their version ids. */
export async function setFacts(tx: Tx, facts: readonly NewFact[]): Promise<string[]> {
  if (facts.length === 0) return []
  const ids = facts.map(() => tx.newId())
  await tx.sql`
    insert into platform.fact (tenant_id, kind, key, valid_from, version_id, value, set_by, reason)
    select ${tx.tenant}::uuid, kind, key, valid_from, version_id, value::jsonb, ${tx.actor}, reason
      from unnest(${facts.map((fact) => fact.kind)}::text[], ${facts.map((fact) => fact.key)}::text[], ${facts.map((fact) => fact.valid_from ?? tx.now)}::timestamptz[],
                  ${ids}::uuid[], ${facts.map((fact) => (fact.value === null ? null : JSON.stringify(fact.value)))}::text[], ${facts.map((fact) => fact.reason ?? null)}::text[])
        as new (kind, key, valid_from, version_id, value, reason)`
  await tx.sql`
    insert into platform.fact_head as head (tenant_id, kind, version)
    select ${tx.tenant}::uuid, kind, 1 from unnest(${[...new Set(facts.map((fact) => fact.kind))].sort()}::text[]) as k (kind) order by kind
    on conflict (tenant_id, kind) do update set version = head.version + 1`
  return ids
}

/**
 * How many versions of a fact have been set, later ones among them; 0 where there is none. Of those set since this transaction began, whose values
 * `currentFacts` may not see yet, `known` counts none: so that nobody reads an old value with a new number.
 */
export async function versionsOf(tx: Tx, kind: string, key: string, which: 'known' | 'all'): Promise<number> {
  const before = which === 'all' ? null : uuidFloor(later(tx.now, 1))
  const [row] = await tx.sql<{ versions: number }[]>`
    select count(*)::int as versions from platform.fact
     where tenant_id = ${tx.tenant} and kind = ${kind} and key = ${key} and (${before}::uuid is null or version_id < ${before}::uuid)`
  return row?.versions ?? 0
}

/** Keeps the facts of a kind as they are until the end of the transaction: whoever sets one comes after. */
export async function holdFacts(tx: Tx, kind: string): Promise<void> {
  await tx.sql`
    insert into platform.fact_head as head (tenant_id, kind, version) values (${tx.tenant}, ${kind}, 0)
    on conflict (tenant_id, kind) do update set version = head.version`
}

/**
 * Keeps the facts of a kind until the end of the transaction for who read this one at `revision`, null where it is new; answers the revision that it
 * has once it is set. Of two who read the same one is refused. Throws revision_required and revision_stale.
 */
export async function holdRevision(tx: Tx, kind: string, key: string, revision: number | null): Promise<number> {
  await holdFacts(tx, kind)
  const now = await versionsOf(tx, kind, key, 'all')
  if (revision === null && now > 0) throw platformProblem('revision_required', { revision: now })
  if (revision !== null && revision !== now) throw platformProblem('revision_stale', { revision: now })
  return now + 1
}

/** The facts of a kind as they stood at `at`, by key. */
export async function factsAsOf(tx: Tx, kind: string, at: Date): Promise<Fact[]> {
  return tx.sql<Fact[]>`
    select key, version_id, valid_from, value from (
      select distinct on (key) key, version_id, valid_from, value from platform.fact
       where tenant_id = ${tx.tenant} and kind = ${kind} and valid_from <= ${at}
       order by key, valid_from desc, version_id desc) newest
     where value is not null order by key`
}

/** Earlier values of facts of a kind that have been valid, the newest first for each key, at most `per_key` of each; of all keys where `keys` is null. */
export async function pastFacts(
  tx: Tx,
  kind: string,
  keys: readonly string[] | null,
  per_key: number,
): Promise<Fact[]> {
  return tx.sql<Fact[]>`
    select key, version_id, valid_from, value from (
      select key, version_id, valid_from, value, row_number() over (partition by key order by valid_from desc, version_id desc) as place from platform.fact
       where tenant_id = ${tx.tenant} and kind = ${kind} and valid_from <= ${tx.now} and value is not null
         and (${keys === null ? null : [...keys]}::text[] is null or key = any (${keys === null ? null : [...keys]}::text[]))) f
     where place <= ${per_key}::int order by key, place limit 10000`
}

/** When the fact of a key is set to change after `after`, and whether it has a value from then on. */
export async function changesAhead(
  tx: Tx,
  kind: string,
  key: string,
  after: Date,
): Promise<{ valid_from: Date; holds: boolean }[]> {
  return tx.sql<{ valid_from: Date; holds: boolean }[]>`
    select distinct on (valid_from) valid_from, value is not null as holds from platform.fact
     where tenant_id = ${tx.tenant} and kind = ${kind} and key = ${key} and valid_from > ${after} order by valid_from, version_id desc limit 1000`
}

interface Held {
  readonly heads: string
  readonly facts: ReadonlyMap<string, readonly Fact[]>
  readonly good_until: number
}

/** How often a kind of fact has changed. */
export interface FactHead {
  readonly kind: string
  readonly version: number
}

const held = new WeakMap<Tx['subscriptions'], Map<string, Held>>()
const HOLD_MS = 60_000

/**
 * The present facts of several kinds, from memory while their heads have not moved: one statement on a hot path, more only after a change;
 * none where the caller has read the heads in this transaction with a statement of its own. What is read is kept at most a minute, and never past
 * the instant at which the next change becomes valid: a transaction that began just before a change may read its head, yet not what it changed.
 */
export async function currentFacts(
  tx: Tx,
  kinds: readonly string[],
  read?: readonly FactHead[],
): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const rows = read ?? (await factHeads(tx, kinds))
  const heads = rows
    .map((row) => `${row.kind}=${row.version}`)
    .sort()
    .join()
  const cache = held.get(tx.subscriptions) ?? new Map<string, Held>()
  held.set(tx.subscriptions, cache)
  const place = `${tx.tenant} ${kinds.join()}`
  const known = cache.get(place)
  if (known !== undefined && known.heads === heads && known.good_until > tx.now.getTime()) return known.facts
  const facts = new Map<string, readonly Fact[]>()
  for (const kind of kinds) facts.set(kind, await factsAsOf(tx, kind, tx.now))
  const change = await nextFactChange(tx, kinds, tx.now)
  const hold_ms = tx.now.getTime() + HOLD_MS
  cache.set(place, { heads, facts, good_until: change === null ? hold_ms : Math.min(hold_ms, change.getTime()) })
  return facts
}

/** When the next fact of these kinds becomes valid after `after`; null where none does. */
export async function nextFactChange(tx: Tx, kinds: readonly string[], after: Date): Promise<Date | null> {
  const [row] = await tx.sql<{ at: Date | null }[]>`
    select min(valid_from) as at from platform.fact where tenant_id = ${tx.tenant} and kind = any (${[...kinds]}::text[]) and valid_from > ${after}`
  return row?.at ?? null
}

async function factHeads(tx: Tx, kinds: readonly string[]): Promise<FactHead[]> {
  return tx.sql<{ kind: string; version: number }[]>`
    select kind, version from platform.fact_head where tenant_id = ${tx.tenant} and kind = any (${[...kinds]}::text[])`
}
