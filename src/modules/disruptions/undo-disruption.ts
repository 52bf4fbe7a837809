// The end of a disruption: its locations send again; undone, what can go back to where it was goes back; what has progressed or was decided by a person stays.
import type { Tx } from '../../platform/db.ts'
import { inside, type Job, type NewJob } from '../../platform/engine/index.ts'
import { setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { allocationJobs, type HeldPlace } from '../allocation/index.ts'
import { loadOrders, type OrderFacts, unitsIn } from '../orders/index.ts'
import { lockOpenWork, type WorkLine, withdraw } from '../warehouse/index.ts'
import { freeIn, placesIn } from './places.ts'
import { disruptionProblem } from './problems.ts'
import { type DisruptionRow, disruptions, moveState } from './store.ts'
import { type Asked, askAffected, countReturning } from './store-affected.ts'
import { BRING_BACK, END, jobOf, ROLL, SETTLE } from './words.ts'

/** Opens the locations again and sets back what can go back. */
export async function undoDisruption(tx: Tx, disruption_id: string): Promise<void> {
  const [row] = await disruptions(tx, { disruption_id })
  if (row === undefined) throw disruptionProblem('disruption_unknown')
  const orders = await countReturning(tx, disruption_id)
  const version = await moveState(tx, disruption_id, 'active', 'undoing', orders)
  if (version === null) throw disruptionProblem('disruption_state', { state: row.state })
  await reopen(tx, row, version, 'undo')
}

/** Opens the locations again; orders stay where they went, and what found no place looks again. */
export async function endDisruption(tx: Tx, disruption_id: string): Promise<void> {
  const [row] = await disruptions(tx, { disruption_id })
  if (row === undefined) throw disruptionProblem('disruption_unknown')
  const version = await moveState(tx, disruption_id, 'active', 'ended')
  if (version === null) throw disruptionProblem('disruption_state', { state: row.state })
  await reopen(tx, row, version, 'retry')
}

/** A timer: the time of a disruption is over. */
export const endInTime = inside(END, { batch: 20 }, async (tx, jobs) => {
  for (const { subject } of jobs) {
    const [row] = await disruptions(tx, { disruption_id: subject })
    if (row?.state === 'active') await endDisruption(tx, subject)
  }
})

async function reopen(tx: Tx, row: DisruptionRow, version: number, phase: 'undo' | 'retry'): Promise<void> {
  const { disruption_id, location_ids } = row
  await setFacts(tx, [{ kind: 'disruption', key: disruption_id, value: null, reason: `disruption ${disruption_id}` }])
  await publish(
    tx,
    [
      {
        type: 'disruption.ended',
        subject: disruption_id,
        version,
        data: { locations: location_ids, undone: phase === 'undo' },
      },
    ],
    [{ step: ROLL, subject: disruption_id, payload: { phase, after: 0 } }],
  )
}

/** Sets orders back: their untouched work is taken out and goes where it was, if the goods are free there; otherwise it stays, and why is kept. */
export const bringBackOrders = inside(BRING_BACK, { batch: 200 }, async (tx: Tx, jobs: readonly Job[]) => {
  const wanted = jobs.flatMap(jobOf)
  const loaded = await loadOrders(
    tx,
    wanted.map((job) => job.order_id),
    { lock: true },
  )
  const asked = (await askAffected(tx, wanted)).sort((a, b) => a.rank - b.rank)
  if (asked.length === 0) return
  const orders = new Map(loaded.map((order) => [order.order_id, order]))
  const lines = Map.groupBy(
    await lockOpenWork(
      tx,
      asked.map((row) => row.order_id),
    ),
    (line) => line.order_id,
  )
  const free: Free = new Map(
    asked.flatMap((row) => freeIn(row.free).map((at) => [`${at.location_id} ${at.sku}`, at.free] as const)),
  )
  const back: WorkLine[] = []
  const home = new Map<string, readonly string[]>()
  const settled: NewJob[] = []
  for (const row of asked) {
    const moved = (lines.get(row.order_id) ?? []).filter((line) => line.fulfilment_id > row.since)
    const stays = staysBecause(row, orders.get(row.order_id), moved, free)
    if (stays !== null) settled.push({ step: SETTLE, subject: row.order_id, payload: { stays } })
    else {
      back.push(...moved)
      home.set(row.order_id, [...new Set(placesIn(row.places).map((place) => place.location_id))])
    }
  }
  const going = allocationJobs([...home.keys()], {
    cause: 'undo',
    home: (order_id) => home.get(order_id) ?? [],
    next_step: SETTLE,
  })
  await withdraw(tx, back, { cause: 'undo', timers: [...going, ...settled] })
})

type Free = Map<string, number>

// Untouched work and units that wait may go; what they take at home is gone for the next order. What lies nowhere is tried whatever is free at home: there is no place at which it could stay.
function staysBecause(
  row: Asked,
  order: OrderFacts | undefined,
  moved: readonly WorkLine[],
  free: Free,
): 'progressed' | 'by_hand' | 'no_stock' | 'ended' | null {
  if (order?.commercial !== 'confirmed') return 'ended'
  const touched = moved.some(
    (line) => (line.state !== 'planned' && line.state !== 'released') || line.picked + line.packed > 0,
  )
  if (touched || (moved.length === 0 && unitsIn(order, 'reserved') === 0)) return 'progressed'
  const places = placesIn(row.places)
  if (isByHand(row, places)) return 'by_hand'
  const left = (key: string) => Math.max(0, free.get(key) ?? 0)
  const wanted = Map.groupBy(places, (place) => `${place.location_id} ${place.sku}`)
  const sums = [...wanted].map(([key, mine]) => [key, mine.reduce((sum, place) => sum + place.quantity, 0)] as const)
  if (moved.length > 0 && sums.some(([key, units]) => left(key) < units)) return 'no_stock'
  for (const [key, units] of sums) free.set(key, Math.max(0, left(key) - units))
  return null
}

// A person has given it another place since it was taken out, or wants it to leave from where it was not before.
function isByHand({ since, placed_id, locked_to }: Asked, places: readonly HeldPlace[]): boolean {
  if (placed_id !== null && placed_id > since) return true
  return locked_to !== null && places.every((place) => place.location_id !== locked_to)
}
