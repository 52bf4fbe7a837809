// What became of each order: moved whole or in part, before a person, waiting for something else, gone; and on the way back the same.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Tx } from '../../platform/db.ts'
import { inside } from '../../platform/engine/index.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { loadOrders, type OrderFacts, unitsIn } from '../orders/index.ts'
import { placesIn } from './places.ts'
import { type Counted, countSettled } from './store.ts'
import { type Outcome, putOutcomes, type Running, runningOf } from './store-settle.ts'
import { nothing, SETTLE } from './words.ts'

const Payload = Compile(Type.Object({ stays: Type.String({ maxLength: 40 }) }))

/** Once an order is decided, or needs no decision: its outcome is kept and counted; the last one ends the applying or the undoing. */
export const settleOrders = inside(SETTLE, { batch: 200 }, async (tx, jobs) => {
  const stays = new Map(
    jobs.flatMap(({ subject, payload }) => (Payload.Check(payload) ? [[subject, payload.stays] as const] : [])),
  )
  const ids = [...new Set(jobs.map((job) => job.subject))]
  const orders = new Map((await loadOrders(tx, ids, { lock: true })).map((order) => [order.order_id, order]))
  const outcomes = (await runningOf(tx, ids)).map((row) =>
    row.back === null
      ? resultOf(row, orders.get(row.order_id))
      : backOf(row, orders.get(row.order_id), stays.get(row.order_id) ?? null),
  )
  if (outcomes.length === 0) return
  const settled = new Set((await putOutcomes(tx, outcomes)).map(keyOf))
  const news = outcomes.filter((outcome) => settled.has(keyOf(outcome)))
  for (const [disruption_id, mine] of Map.groupBy(news, (outcome) => outcome.disruption_id))
    await tellReached(tx, disruption_id, await countSettled(tx, disruption_id, countOf(mine)))
})

function keyOf({ disruption_id, order_id }: { disruption_id: string; order_id: string }): string {
  return `${disruption_id} ${order_id}`
}

/** Tells that a disruption is applied, or undone, to the last order. */
export async function tellReached(
  tx: Tx,
  disruption_id: string,
  reached: { readonly state: string; readonly version: number } | null,
): Promise<void> {
  if (reached === null) return
  const { state, version } = reached
  await publish(tx, [{ type: `disruption.${state}`, subject: disruption_id, version, data: {} }])
}

type Standing = 'moved' | 'part' | 'inbox' | 'waits' | 'gone'

function standing(row: Running, order: OrderFacts | undefined): Standing {
  if (order === undefined || order.commercial !== 'confirmed') return 'gone'
  const placed = (row.location_ids ?? []).length > 0
  const left = unitsIn(order, 'reserved')
  if (left === 0) return placed || row.cost !== null ? 'moved' : unitsIn(order, 'backordered') > 0 ? 'inbox' : 'gone'
  if (row.asked_units === null) return 'waits'
  return placed ? 'part' : 'inbox'
}

function resultOf(row: Running, order: OrderFacts | undefined): Outcome {
  const { disruption_id, order_id, cost } = row
  return { disruption_id, order_id, result: standing(row, order), cost, back: null, back_cause: null }
}

function backOf(row: Running, order: OrderFacts | undefined, stays: string | null): Outcome {
  const { disruption_id, order_id, cost } = row
  const now = standing(row, order)
  const home = new Set(placesIn(row.places).map((place) => place.location_id))
  const isHome = (row.location_ids ?? []).every((location_id) => home.has(location_id))
  const back =
    stays !== null && order?.commercial === 'confirmed'
      ? 'stays'
      : now === 'moved'
        ? isHome
          ? 'returned'
          : 'elsewhere'
        : now === 'part'
          ? 'inbox'
          : now
  return { disruption_id, order_id, result: null, cost, back, back_cause: back === 'stays' ? stays : null }
}

function countOf(outcomes: readonly Outcome[]): Counted {
  const results = (name: string) => outcomes.filter((outcome) => outcome.result === name).length
  const backs = (name: string) => outcomes.filter((outcome) => outcome.back === name).length
  return {
    ...nothing,
    waiting: outcomes.length,
    moved: results('moved'),
    part: results('part'),
    inbox: results('inbox'),
    waits: results('waits'),
    gone: results('gone'),
    returned: backs('returned'),
    elsewhere: backs('elsewhere'),
    stays: backs('stays'),
  }
}
