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
  const rows = decided.flatMap(({ decision, cause, in_queue, bounded, by: { arm } }): ExperimentOrder[] => {
    const { demand, plan, rest } = decision
    if (cause !== FIRST || in_queue || bounded || arm === null) return []
    const { cost, parts, units } = outcomeOf(decision)
    const arrives_at = plan === null ? null : times.arrives(plan)
    const known = demand.promised_at !== null && arrives_at !== null
    return [
      {
        order_id: demand.order_id,
        arm,
        cost,
        parts,
        units,
        waiting: rest.reduce((sum, left) => sum + left, 0),
        in_time: known ? arrives_at <= demand.promised_at : null,
      },
    ]
  })
  if (rows.length > 0) await recordExperiment(tx, experiment_id, rows)
}
