// What an experiment learns from a batch: of each of its orders, when it is decided first, which arm it fell in and what came out.
import type { Tx } from '../../platform/db.ts'
import { type Experiment, type ExperimentOrder, recordExperiment } from '../policies/index.ts'
import type { Booked } from './free-stock.ts'
import { outcomeOf } from './run-shadow.ts'
import type { Decided, Part } from './types.ts'
import { timesOf } from './write-decisions.ts'

const FIRST = 'first'

/** Keeps the first decisions about the orders of an experiment: one statement. */
export async function noteExperiment(
  tx: Tx,
  { experiment_id }: Experiment,
  decided: readonly Decided[],
  booked: ReadonlyMap<Part, Booked>,
): Promise<void> {
  const times = timesOf(tx.now, booked)
  const rows = decided.flatMap(({ decision, cause, in_queue, bounded, by: { arm, failed } }): ExperimentOrder[] => {
    const { demand, plan, rest } = decision
    if (cause !== FIRST || in_queue || bounded || arm === null) return []
    const { cost, parts, units } = outcomeOf(decision)
    const arrives_at = plan === null ? null : times.arrives(plan)
    const waiting = rest.reduce((sum, left) => sum + left, 0)
    return [
      {
        order_id: demand.order_id,
        arm,
        cost,
        parts,
        units,
        waiting,
        in_time: inTime(demand.promised_at, arrives_at, plan === null || waiting > 0),
        failed,
      },
    ]
  })
  if (rows.length > 0) await recordExperiment(tx, experiment_id, rows)
}

// What is not sent whole keeps no promise: otherwise a draft could choose which promises count.
function inTime(promised_at: Date | null, arrives_at: Date | null, stays: boolean): boolean | null {
  if (promised_at === null) return null
  if (stays) return false
  return arrives_at === null ? null : arrives_at <= promised_at
}
