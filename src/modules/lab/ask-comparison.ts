// Asking for a comparison, cancelling and deleting it.
import type { NewComparison } from '../../contracts/lab.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { currencyOf } from '../allocation/index.ts'
import { KEPT_AT_MOST, KEPT_DAYS, RUNNING_AT_MOST } from './limits.ts'
import { labProblem } from './problems.ts'
import { resolveSide } from './sides.ts'
import {
  comparisons,
  deleteComparison,
  endComparison,
  endedBefore,
  imports,
  insertComparison,
  lockedCounts,
} from './store.ts'
import { emptySums } from './sums.ts'

export const REPLAY = 'lab.replay'
const PURGED_AT_A_TIME = 2

/** Keeps a comparison and asks for its replay; answers its id. */
export async function askComparison(tx: Tx, wish: NewComparison): Promise<string> {
  const { period, import_id = null, channel = null } = wish
  if (period === undefined && import_id === null) throw labProblem('comparison_orders')
  if (period !== undefined && new Date(period.from) >= new Date(period.to)) throw labProblem('comparison_orders')
  if (wish.b.of === 'happened') throw labProblem('comparison_sides')
  const { kept, running } = await lockedCounts(tx)
  if (running >= RUNNING_AT_MOST) throw labProblem('lab_busy', { at_most: RUNNING_AT_MOST })
  if (kept >= KEPT_AT_MOST) throw labProblem('lab_full', { at_most: KEPT_AT_MOST })
  if (import_id !== null && (await imports(tx, import_id)).length === 0) throw labProblem('comparison_import_unknown')
  const { clock = 'decided', stock = 'of_that_time', facts = 'of_that_time' } = wish.ground ?? {}
  const comparison_id = tx.newId()
  await insertComparison(tx, {
    comparison_id,
    name: wish.name,
    from_at: period === undefined ? null : new Date(period.from),
    to_at: period === undefined ? null : new Date(period.to),
    import_id,
    channel,
    side_a: await resolveSide(tx, wish.a),
    side_b: await resolveSide(tx, wish.b),
    clock,
    stock,
    facts,
    currency: await currencyOf(tx),
    result: emptySums(),
  })
  await schedule(tx, [{ step: REPLAY, subject: comparison_id }])
  return comparison_id
}

/** Stops a comparison; what it has counted so far stays. */
export async function cancelComparison(tx: Tx, comparison_id: string): Promise<void> {
  await mustExist(tx, comparison_id)
  if (!(await endComparison(tx, comparison_id, 'cancelled'))) throw labProblem('comparison_state')
}

/** Deletes a comparison that is over. */
export async function forgetComparison(tx: Tx, comparison_id: string): Promise<void> {
  await mustExist(tx, comparison_id)
  if (!(await deleteComparison(tx, comparison_id))) throw labProblem('comparison_state')
}

async function mustExist(tx: Tx, comparison_id: string): Promise<void> {
  if ((await comparisons(tx, { comparison_id })).length === 0) throw labProblem('comparison_unknown')
}

/** Comparisons are kept for ninety days; a few whole ones at a time, however many rows may be asked for. */
export async function purgeComparisons(tx: Tx): Promise<number> {
  const old = await endedBefore(tx, later(tx.now, -KEPT_DAYS * DAY_MS), PURGED_AT_A_TIME)
  for (const { comparison_id } of old) await deleteComparison(tx, comparison_id)
  return old.length
}
