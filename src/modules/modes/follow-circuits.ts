// The circuit of each kind of value: it opens when a batch finds that the values have failed, and closes by itself when a batch finds good ones.
import { type DegradedKind, degradedKinds } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'
import { type Fact, type NewFact, setFacts } from '../../platform/facts.ts'
import { type NewEvent, publish } from '../../platform/outbox/publish.ts'
import { degradationsIn } from './read-degradation.ts'
import { endDegradation, openDegradation } from './store-degradations.ts'

/** What has failed: why, and which cards, versions or channels. */
export interface Trouble {
  readonly cause: string
  readonly keys: readonly string[]
}

const KEYS_AT_MOST = 50
const CAUSE_AT_MOST = 500

/**
 * Opens and closes circuits by what a batch saw: trouble, good values, or nothing of a kind. Answers the open ones; no statement where nothing has
 * changed. Several batches may see the same at once: one of them opens or closes it.
 */
export async function followCircuits(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  seen: ReadonlyMap<DegradedKind, Trouble | 'good'>,
): Promise<ReadonlyMap<DegradedKind, string>> {
  const open = new Map([...degradationsIn(facts)].map(([kind, { degradation_id }]) => [kind, degradation_id]))
  const events: NewEvent[] = []
  const changes: NewFact[] = []
  for (const kind of degradedKinds) {
    const found = seen.get(kind)
    const known = open.get(kind)
    if (found === 'good' && known !== undefined) {
      open.delete(kind)
      if (!(await endDegradation(tx, known))) continue
      changes.push({ kind: 'degradation', key: kind, value: null, reason: 'good values again' })
      events.push({ type: 'degradation.ended', subject: known, version: 2, data: { kind } })
    }
    if (found === undefined || found === 'good' || known !== undefined) continue
    const row = { kind, cause: found.cause.slice(0, CAUSE_AT_MOST), keys: found.keys.slice(0, KEYS_AT_MOST) }
    const { degradation_id, fresh } = await openDegradation(tx, row)
    open.set(kind, degradation_id)
    if (!fresh) continue
    const { cause, keys } = row
    const value = { degradation_id, since: tx.now.toISOString(), cause, keys }
    changes.push({ kind: 'degradation', key: kind, value, reason: cause })
    events.push({ type: 'degradation.began', subject: degradation_id, version: 1, data: { kind, cause, keys } })
  }
  if (changes.length > 0) await setFacts(tx, changes)
  if (events.length > 0) await publish(tx, events)
  return open
}
