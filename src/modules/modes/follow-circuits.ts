// The circuit of each kind of value as batches see it: suspected with the first order that the values fail for, open after several; what is seen since is kept for the clock to judge.
import { type DegradedKind, degradedKinds } from '../../contracts/modes.ts'
import { later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type NewJob, schedule } from '../../platform/engine/index.ts'
import { type Fact, setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { FAILED_AT_LEAST, KEYS_AT_MOST } from './judge-circuit.ts'
import { degradationsIn } from './read-degradation.ts'
import {
  type HeldDegradation,
  holdDegradations,
  insertDegradation,
  insertSightings,
  openDegradations,
  type Sighting,
} from './store-degradations.ts'

/** What has failed: why, which cards, versions or channels, and for how many orders. */
export interface Trouble {
  readonly cause: string
  readonly keys: readonly string[]
  readonly orders: number
  /** Not by chance: every order would meet it. */
  readonly certain: boolean
}

export interface Circuits {
  /** The degradations that decisions of this batch are made under, by kind. */
  readonly ids: ReadonlyMap<DegradedKind, string>
  /** Some of them are over: what is decided under them is to be priced again at once. */
  readonly over: boolean
}

/** The step that judges a circuit by the clock; its subject is the degradation. */
export const WATCH_CIRCUITS = 'allocation.watch-circuits'
const CAUSE_AT_MOST = 500
const WATCH_EVERY_MS = MINUTE_MS

export const watchJob = (tx: Tx, degradation_id: string): NewJob => ({
  step: WATCH_CIRCUITS,
  subject: degradation_id,
  due_at: later(tx.now, WATCH_EVERY_MS),
})

/**
 * Follows what a batch saw: trouble, good values, or nothing of a kind. No statement where nothing is wrong. What it decides under does not end
 * before it has committed.
 */
export async function followCircuits(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  seen: ReadonlyMap<DegradedKind, Trouble | 'good'>,
): Promise<Circuits> {
  const known = degradationsIn(facts)
  const sightings: Omit<Sighting, 'at'>[] = []
  const troubles = new Map<DegradedKind, Trouble>()
  for (const kind of degradedKinds) {
    const found = seen.get(kind)
    const open = known.get(kind)
    if (found === 'good' && open !== undefined)
      sightings.push({ degradation_id: open.degradation_id, good: true, orders: 0, keys: [] })
    if (found !== undefined && found !== 'good') troubles.set(kind, found)
  }
  const held = troubles.size === 0 ? new Map<DegradedKind, HeldDegradation>() : await holdAll(tx, known, troubles)
  const ids = new Map<DegradedKind, string>()
  const opening: HeldDegradation[] = []
  for (const [kind, { keys, orders, certain }] of troubles) {
    const one = held.get(kind)
    const degradation_id = one?.degradation_id ?? known.get(kind)?.degradation_id
    if (degradation_id === undefined) continue
    ids.set(kind, degradation_id)
    if (one === undefined) continue
    sightings.push({ degradation_id, good: false, orders, keys: keys.slice(0, KEYS_AT_MOST) })
    if (one.opened_at === null && (certain || one.failed_orders + orders >= FAILED_AT_LEAST)) opening.push(one)
  }
  await insertSightings(tx, sightings)
  await openCircuits(tx, opening)
  return { ids, over: [...troubles.keys()].some((kind) => !held.has(kind)) }
}

// What the facts still say is failing though it is over has ended beside this transaction, which has read them before.
async function holdAll(
  tx: Tx,
  known: ReadonlyMap<DegradedKind, unknown>,
  troubles: ReadonlyMap<DegradedKind, Trouble>,
): Promise<ReadonlyMap<DegradedKind, HeldDegradation>> {
  const held = new Map((await holdDegradations(tx, [...troubles.keys()])).map((one) => [one.kind, one]))
  for (const [kind, { cause, keys }] of troubles) {
    if (held.has(kind) || known.has(kind)) continue
    held.set(kind, await suspect(tx, kind, cause.slice(0, CAUSE_AT_MOST), keys.slice(0, KEYS_AT_MOST)))
  }
  return held
}

const TRIES_AT_MOST = 5

// Another transaction may make one first, and that one may be over by the time at which it is held.
async function suspect(tx: Tx, kind: DegradedKind, cause: string, keys: string[]): Promise<HeldDegradation> {
  for (let tries = 0; tries < TRIES_AT_MOST; tries++) {
    const degradation_id = tx.newId()
    if (await insertDegradation(tx, { degradation_id, kind, cause, keys })) {
      await schedule(tx, [watchJob(tx, degradation_id)])
      return { degradation_id, kind, cause, keys, since: tx.now, opened_at: null, failed_orders: 0 }
    }
    const [other] = await holdDegradations(tx, [kind])
    if (other !== undefined) return other
  }
  throw new Error(`degradations of ${kind} begin and end faster than they can be held`)
}

/** Opens what was suspected: from now on it is told. */
export async function openCircuits(
  tx: Tx,
  rows: readonly Pick<HeldDegradation, 'degradation_id' | 'kind' | 'cause' | 'keys' | 'since'>[],
): Promise<void> {
  if (rows.length === 0) return
  const mine = new Set(
    await openDegradations(
      tx,
      rows.map((row) => row.degradation_id),
    ),
  )
  const opened = rows.filter((row) => mine.has(row.degradation_id))
  if (opened.length === 0) return
  await setFacts(
    tx,
    opened.map(({ degradation_id, kind, cause, keys, since }) => ({
      kind: 'degradation',
      key: kind,
      value: { degradation_id, since: since.toISOString(), cause, keys },
      reason: cause,
    })),
  )
  await publish(
    tx,
    opened.map(({ degradation_id, kind, cause, keys }) => ({
      type: 'degradation.began',
      subject: degradation_id,
      version: 1,
      data: { kind, cause, keys },
    })),
  )
}
