// How a circuit closes: by the clock, when nothing has failed for a while and good values were seen or nothing was seen at all; or by a person with a reason.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule, unschedule } from '../../platform/engine/index.ts'
import { setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { openCircuits, type Trouble, WATCH_CIRCUITS, watchJob } from './follow-circuits.ts'
import { type Judged, judge } from './judge-circuit.ts'
import { modeProblem } from './problems.ts'
import {
  type DegradationRow,
  degradationsById,
  endDegradation,
  insertSightings,
  isSeenFailing,
  keepTally,
  lockDegradation,
  takeSightings,
} from './store-degradations.ts'

/** Judges one circuit by what was seen of it and what the clock has found now; one at a time, so that nobody waits in a circle. */
export async function judgeCircuit(
  tx: Tx,
  degradation_id: string,
  probes: ReadonlyMap<DegradedKind, Trouble | 'good'>,
): Promise<void> {
  const [row] = await degradationsById(tx, [degradation_id])
  if (row === undefined || row.ended_at !== null) return
  const probe = probes.get(row.kind)
  const good = probe === 'good'
  if (probe !== undefined)
    await insertSightings(tx, [{ degradation_id, good, orders: 0, keys: good ? [] : probe.keys }])
  const judged = judge(row, await takeSightings(tx, degradation_id), tx.now)
  if (judged.verdict === 'ends' && (await endQuiet(tx, row))) return
  if (!(await keepTally(tx, degradation_id, judged.tally))) return
  if (judged.verdict === 'opens') await openCircuits(tx, [{ ...row, keys: judged.tally.keys }])
  else await extendFact(tx, row, judged)
  await schedule(tx, [watchJob(tx, degradation_id)])
}

// A batch that was at work while this one waited may have seen it fail.
async function endQuiet(tx: Tx, row: DegradationRow): Promise<boolean> {
  if ((await lockDegradation(tx, row.degradation_id)) === undefined) return true
  if (await isSeenFailing(tx, row.degradation_id)) return false
  await end(tx, row, null)
  return true
}

async function extendFact(tx: Tx, row: DegradationRow, { tally: { keys } }: Judged): Promise<void> {
  if (row.opened_at === null || keys.length === row.keys.length) return
  const { degradation_id, kind, cause, since } = row
  const value = { degradation_id, since: since.toISOString(), cause, keys }
  await setFacts(tx, [{ kind: 'degradation', key: kind, value, reason: 'more has failed' }])
}

/** Ends one by hand, whatever is failing: what fails again begins another. Throws where there is none, or it is over. */
export async function closeCircuit(tx: Tx, degradation_id: string, reason: string): Promise<void> {
  const row = await lockDegradation(tx, degradation_id)
  if (row === undefined) {
    const [over] = await degradationsById(tx, [degradation_id])
    throw over === undefined
      ? modeProblem('degradation_unknown')
      : modeProblem('degradation_over', { ended_at: over.ended_at?.toISOString() ?? null })
  }
  await unschedule(tx, WATCH_CIRCUITS, [degradation_id])
  await end(tx, row, reason)
}

async function end(
  tx: Tx,
  { degradation_id, kind, opened_at }: Pick<DegradationRow, 'degradation_id' | 'kind' | 'opened_at'>,
  reason: string | null,
): Promise<void> {
  await endDegradation(tx, degradation_id, reason)
  const data = { kind, by_hand: reason !== null }
  if (opened_at === null) {
    await publish(tx, [{ type: 'degradation.passed', subject: degradation_id, version: 1, data }])
    return
  }
  await setFacts(tx, [{ kind: 'degradation', key: kind, value: null, reason: reason ?? 'good values again' }])
  await publish(tx, [{ type: 'degradation.ended', subject: degradation_id, version: 2, data }])
}
