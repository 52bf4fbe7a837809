// Taking out: what orders no longer want leaves the fulfilments, its stock is free; goods that were picked lie aside until they are put back.
import type { Tx } from '../../platform/db.ts'
import { inside, type Job } from '../../platform/engine/index.ts'
import { type Freed, moveStock, trimPlaces } from '../inventory/index.ts'
import { loadOrders, moveUnits, type OrderFacts } from '../orders/index.ts'
import { parcelLines, parcelsOfFulfilments, voidParcels } from '../shipping/index.ts'
import { settleStates } from './carry-units.ts'
import { reopen } from './reopen-parcels.ts'
import { takeOut, type UnitMove, type Wanted, type WorkLine } from './rules.ts'
import { lockOpenWork, moveLineUnits } from './store.ts'
import { insertPutBacks } from './store-scans.ts'

/** On every word that an order wants less: its fulfilments are made to agree with its buckets. Running it twice changes nothing more. */
export const cancelWork = inside('warehouse.cancel', { batch: 200 }, async (tx: Tx, jobs: readonly Job[]) => {
  const order_ids = [...new Set(jobs.map((job) => job.subject))]
  const orders = await loadOrders(tx, order_ids, { lock: true })
  const lines = await lockOpenWork(tx, order_ids)
  const out = takeOut(lines, orders.flatMap(wantedOf))
  if (out.length === 0) return
  const back = await openAgain(tx, out)
  await moveLineUnits(tx, [...out, ...back])
  await moveUnits(
    tx,
    back.map((move) => ({
      order_id: move.order_id,
      line_no: move.line_no,
      from: 'packed',
      to: 'picked',
      quantity: move.quantity,
    })),
  )
  const { freed, events } = await trimPlaces(tx, keptPlaces(lines, out))
  await layAside(tx, out, lines, freed)
  await settleStates(tx, [...new Set(out.map((move) => move.fulfilment_id))], events, 'less')
})

function wantedOf(order: OrderFacts): Wanted[] {
  return order.lines.map(({ order_id, line_no, units }) => ({
    order_id,
    line_no,
    allocated: units.allocated,
    released: units.released,
    picked: units.picked,
    packed: units.packed,
  }))
}

/** Opens the parcels that hold packed units which leave; answers what must be packed anew. */
export async function openAgain(tx: Tx, out: readonly UnitMove[]): Promise<readonly UnitMove[]> {
  const packed = out.filter((move) => move.from === 'packed')
  if (packed.length === 0) return []
  const parcels = (await parcelsOfFulfilments(tx, [...new Set(packed.map((move) => move.fulfilment_id))])).filter(
    (parcel) => parcel.state === 'packed' || parcel.state === 'labelled',
  )
  const content = Map.groupBy(
    await parcelLines(
      tx,
      parcels.map((parcel) => parcel.parcel_id),
    ),
    (line) => line.parcel_id,
  )
  const { parcel_ids, back } = reopen(
    parcels.map((parcel) => ({ ...parcel, lines: content.get(parcel.parcel_id) ?? [] })),
    packed,
  )
  const opened = new Set(parcel_ids)
  await voidParcels(
    tx,
    parcels.filter((parcel) => opened.has(parcel.parcel_id)),
  )
  return back
}

/** What stays allocated at each place that loses something: the units that are still in its fulfilments. */
function keptPlaces(lines: readonly WorkLine[], out: readonly UnitMove[]) {
  const keyOf = (line: { order_id: string; line_no: number }, location_id: string) =>
    `${line.order_id} ${line.line_no} ${location_id}`
  const locationOf = new Map(lines.map((line) => [line.fulfilment_id, line.location_id]))
  const taken = new Map<string, number>()
  for (const move of out) {
    const key = keyOf(move, locationOf.get(move.fulfilment_id) ?? '')
    taken.set(key, (taken.get(key) ?? 0) + move.quantity)
  }
  return [...Map.groupBy(lines, (line) => keyOf(line, line.location_id))].flatMap(([key, same]) => {
    const [line] = same
    if (line === undefined || !taken.has(key)) return []
    const living = same.reduce((sum, part) => sum + part.to_pick + part.picked + part.packed, 0)
    return [
      {
        demand_id: line.order_id,
        demand_line: line.line_no,
        location_id: line.location_id,
        sku: line.sku,
        keep: living - (taken.get(key) ?? 0),
      },
    ]
  })
}

/** Freed units that are in somebody's hands are not on their shelf: they count as unsellable until they are scanned back. Answers those on their shelf. */
export async function layAside(
  tx: Tx,
  out: readonly UnitMove[],
  lines: readonly WorkLine[],
  freed: readonly Freed[],
): Promise<readonly Freed[]> {
  const locationOf = new Map(lines.map((line) => [line.fulfilment_id, line.location_id]))
  const left = new Map(freed.map((part) => [part, part.quantity]))
  const tasks = out
    .filter((move) => move.from === 'picked' || move.from === 'packed')
    .flatMap((move) => {
      let wanted = move.quantity
      return freed.flatMap((part) => {
        if (
          part.demand_id !== move.order_id ||
          part.demand_line !== move.line_no ||
          part.location_id !== locationOf.get(move.fulfilment_id)
        )
          return []
        const quantity = Math.min(wanted, left.get(part) ?? 0)
        if (quantity <= 0) return []
        wanted -= quantity
        left.set(part, (left.get(part) ?? 0) - quantity)
        return [
          {
            put_back_id: tx.newId(),
            location_id: part.location_id,
            sku: part.sku,
            lot: part.lot,
            quantity,
            fulfilment_id: move.fulfilment_id,
            order_id: move.order_id,
            line_no: move.line_no,
          },
        ]
      })
    })
  if (tasks.length === 0) return freed
  await moveStock(
    tx,
    tasks.map((task) => ({
      kind: 'damage',
      sku: task.sku,
      lot: task.lot,
      quantity: task.quantity,
      from_place: task.location_id,
      from_condition: 'sellable',
      to_place: task.location_id,
      to_condition: 'unsellable',
      reference: task.put_back_id,
      reason: 'put_back',
    })),
    'put_back',
  )
  await insertPutBacks(tx, tasks)
  return [...left].flatMap(([part, quantity]) => (quantity > 0 ? [{ ...part, quantity }] : []))
}
