// What an arm of an experiment comes to: counted from the rows of its orders, or as it was kept when those went.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type ArmSums, armSums, deleteOrders, type ExperimentRow, keepResult, overBefore } from './store-experiments.ts'

const Whole = Type.Integer({ minimum: 0 })
const OrNull = Type.Union([Type.Number(), Type.Null()])
const Arm = Type.Object({
  arm: Type.Enum(['live', 'draft']),
  orders: Whole,
  whole: Whole,
  cost_mean: OrNull,
  cost_variance: OrNull,
  sent: Whole,
  split: Whole,
  promised: Whole,
  promise_kept: Whole,
  unallocated: Whole,
  failed: Whole,
})
const kept = Compile(Type.Array(Arm, { maxItems: 2 }))

/** So long after its end an experiment keeps the rows of its orders. */
const KEPT_DAYS = 90

/** What the arms of an experiment have come to so far, or came to. */
export async function armsOf(tx: Tx, { experiment_id, result }: ExperimentRow): Promise<readonly ArmSums[]> {
  if (result === null) return armSums(tx, experiment_id)
  if (!kept.Check(result)) throw new Error('the result of an experiment cannot be read')
  return result
}

/** Ninety days after the end of an experiment the rows of its orders go, at most `limit` at a time; what they came to stays with it. */
export async function purgeExperimentOrders(tx: Tx, limit: number): Promise<number> {
  const [over] = await overBefore(tx, later(tx.now, -KEPT_DAYS * DAY_MS), 1)
  if (over === undefined) return 0
  const { experiment_id, is_kept } = over
  if (!is_kept) await keepResult(tx, experiment_id, await armSums(tx, experiment_id))
  return deleteOrders(tx, experiment_id, limit)
}
