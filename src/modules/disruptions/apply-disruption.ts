// Applying a plan: the locations are out for every decision from now on, and order by order what lies there looks for another place.
import type { Tx } from '../../platform/db.ts'
import { inside, type Job } from '../../platform/engine/index.ts'
import { setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { allocationJobs } from '../allocation/index.ts'
import { loadOrders } from '../orders/index.ts'
import { lockOpenWork, withdraw } from '../warehouse/index.ts'
import { disruptionProblem } from './problems.ts'
import { tellReached } from './settle-orders.ts'
import { countSettled, type DisruptionRow, disruptions, moveState } from './store.ts'
import { keepPlanned, takeAffected } from './store-affected.ts'
import { END, jobOf, nothing, ROLL, SETTLE, TAKE_OUT } from './words.ts'

/** Closes the locations and sets the orders moving; the caller hears how far it is by the disruption. */
export async function applyDisruption(tx: Tx, disruption_id: string): Promise<void> {
  const [row] = await disruptions(tx, { disruption_id })
  if (row === undefined) throw disruptionProblem('disruption_unknown')
  if (row.until_at !== null && row.until_at <= tx.now) throw disruptionProblem('disruption_times')
  const version = await moveState(tx, disruption_id, 'planned', 'applying')
  if (version === null) throw disruptionProblem('disruption_state', { state: row.state })
  await setFacts(tx, [factOf(row)])
  const { kept, moving } = await keepPlanned(tx, disruption_id)
  const reached = await countSettled(tx, disruption_id, { ...nothing, waiting: -moving, kept })
  await publish(
    tx,
    [
      {
        type: 'disruption.applied',
        subject: disruption_id,
        version,
        data: { locations: row.location_ids, orders: moving },
      },
    ],
    [
      { step: ROLL, subject: disruption_id, payload: { phase: 'apply', after: 0 } },
      ...(row.until_at === null ? [] : [{ step: END, subject: disruption_id, due_at: row.until_at }]),
    ],
  )
  await tellReached(tx, disruption_id, reached)
}

function factOf({ disruption_id, location_ids, reason, from_at, until_at }: DisruptionRow) {
  const value = {
    locations: location_ids,
    reason,
    from: from_at.toISOString(),
    until: until_at?.toISOString() ?? null,
  }
  return { kind: 'disruption', key: disruption_id, value, reason: `disruption ${disruption_id}` }
}

/** Takes what orders hold at the locations out of their fulfilments; each then looks for another place, by the same decision as any other. */
export const takeOutOrders = inside(TAKE_OUT, { batch: 200 }, async (tx: Tx, jobs: readonly Job[]) => {
  const wanted = jobs.flatMap(jobOf)
  const orders = await loadOrders(
    tx,
    wanted.map((job) => job.order_id),
    { lock: true },
  )
  const taken = await takeAffected(tx, wanted)
  if (taken.length === 0) return
  const closed = Map.groupBy(taken, (row) => row.order_id)
  const ids = [...closed.keys()]
  const lines = (await lockOpenWork(tx, ids)).filter((line) =>
    closed.get(line.order_id)?.some((row) => row.location_ids.includes(line.location_id)),
  )
  const confirmed = new Set(orders.filter((order) => order.commercial === 'confirmed').map((order) => order.order_id))
  const leaving = lines.filter((line) => confirmed.has(line.order_id))
  const moving = new Set(leaving.map((line) => line.order_id))
  const home = new Map(
    [...Map.groupBy(leaving, (line) => line.order_id)].map(([order_id, mine]) => [
      order_id,
      [...new Set(mine.map((line) => line.location_id))],
    ]),
  )
  await withdraw(tx, leaving, {
    cause: 'disruption',
    timers: [
      ...allocationJobs(
        ids.filter((order_id) => moving.has(order_id)),
        { cause: 'disruption', home: (order_id) => home.get(order_id) ?? [], next_step: SETTLE },
      ),
      // what has left, or is no longer wanted, has nothing to look for
      ...ids.filter((order_id) => !moving.has(order_id)).map((subject) => ({ step: SETTLE, subject })),
    ],
  })
})
