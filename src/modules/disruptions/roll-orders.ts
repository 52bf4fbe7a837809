// Rolling on: a disruption sets its orders moving by the thousand, in the order of their urgency; one small transaction each.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import { allocationJobs } from '../allocation/index.ts'
import { placesIn } from './places.ts'
import { plainRow } from './plan-disruption.ts'
import { tellReached } from './settle-orders.ts'
import { addWaiting, countSettled, type DisruptionRow, disruptions } from './store.ts'
import { insertAffected, nextOrders, openPlaces, type RankedOrder } from './store-affected.ts'
import { BRING_BACK, nothing, ROLL, TAKE_OUT } from './words.ts'

const Payload = Compile(
  Type.Object({ phase: Type.Enum(['apply', 'late', 'undo', 'retry']), after: Type.Integer({ minimum: 0 }) }),
)
type Phase = 'apply' | 'late' | 'undo' | 'retry'

const ORDERS_AT_MOST = 1000
const LINES_AT_MOST = 5000

/** Subject: the disruption. Sets the next thousand orders moving, and comes again until none is left. */
export const rollOrders = inside(ROLL, { batch: 1, serial: true }, async (tx, jobs) => {
  for (const { subject, payload } of jobs) {
    if (!Payload.Check(payload)) continue
    const [disruption] = await disruptions(tx, { disruption_id: subject })
    if (disruption === undefined) continue
    if (payload.phase === 'late') await sweep(tx, disruption)
    else await roll(tx, disruption, payload.phase, payload.after)
  }
})

async function roll(tx: Tx, disruption: DisruptionRow, phase: Exclude<Phase, 'late'>, after: number): Promise<void> {
  const { disruption_id } = disruption
  const orders = await nextOrders(tx, disruption_id, phase, after, ORDERS_AT_MOST)
  const last = orders.at(-1)
  await schedule(tx, jobsOf(disruption_id, phase, orders))
  if (last !== undefined && orders.length === ORDERS_AT_MOST)
    await schedule(tx, [{ step: ROLL, subject: disruption_id, payload: { phase, after: last.rank } }])
  else if (phase === 'apply') await sweep(tx, disruption)
  else if (phase === 'undo') await tellReached(tx, disruption_id, await countSettled(tx, disruption_id, nothing))
}

function jobsOf(disruption_id: string, phase: Exclude<Phase, 'late'>, orders: readonly RankedOrder[]) {
  const ids = orders.map((order) => order.order_id)
  if (phase !== 'retry') {
    const step = phase === 'apply' ? TAKE_OUT : BRING_BACK
    return ids.map((subject) => ({ step, subject, payload: { disruption_id } }))
  }
  const home = new Map(
    orders.map((order) => [order.order_id, [...new Set(placesIn(order.places).map((place) => place.location_id))]]),
  )
  return allocationJobs(ids, { cause: 'location', home: (order_id) => home.get(order_id) ?? [] })
}

/** What came there after the plan was made; looked for once more a minute later, for what was being decided while the location closed. */
async function sweep(tx: Tx, disruption: DisruptionRow): Promise<void> {
  const { disruption_id, location_ids, state } = disruption
  if (state !== 'applying' && state !== 'active') return
  const open = await openPlaces(tx, disruption_id, location_ids, LINES_AT_MOST)
  const byOrder = Map.groupBy(open, (place) => place.order_id)
  const rows = [...byOrder].map(([order_id, held]) => plainRow(order_id, 'unplanned', null, held))
  const added = await insertAffected(tx, disruption_id, rows)
  if (added > 0) {
    await addWaiting(tx, disruption_id, added)
    await schedule(
      tx,
      rows.map(({ order_id }) => ({ step: TAKE_OUT, subject: order_id, payload: { disruption_id } })),
    )
  }
  const full = open.length === LINES_AT_MOST
  if (full || added > 0 || state === 'applying')
    await schedule(tx, [
      {
        step: ROLL,
        subject: disruption_id,
        due_at: full ? tx.now : later(tx.now, MINUTE_MS),
        payload: { phase: 'late', after: 0 },
      },
    ])
  if (added === 0) await tellReached(tx, disruption_id, await countSettled(tx, disruption_id, nothing))
}
