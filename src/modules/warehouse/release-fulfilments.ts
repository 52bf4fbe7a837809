// Releasing: what is allocated and not held becomes work that the floor sees.
import type { Tx } from '../../platform/db.ts'
import { inside, type Job, schedule } from '../../platform/engine/index.ts'
import { isBlocked, loadOrders, type OrderFacts, recordEvents } from '../orders/index.ts'
import { type LinePlace, releasable } from './rules.ts'
import { plannedPlaces, type ReleasedLine, releasePlanned } from './store.ts'

const RELEASE = 'warehouse.release'

/** Releases the planned fulfilments of allocated orders. A blocked order just lets its job go: ending the hold brings it back. */
export const releaseFulfilments = inside(
  RELEASE,
  { batch: 200, at_once: ['order.allocated'] },
  async (tx: Tx, jobs: readonly Job[]) => {
    const places = await lockable(tx, await plannedPlaces(tx, [...new Set(jobs.map((job) => job.subject))]), jobs)
    if (places.length === 0) return
    const orders = new Map(
      (await loadOrders(tx, [...new Set(places.map((place) => place.order_id))].sort(), { lock: true })).map(
        (order) => [order.order_id, order],
      ),
    )
    const ready = releasable(places, (order_id) => mayGo(orders.get(order_id)))
    if (ready.length === 0) return
    const lines = await releasePlanned(tx, ready)
    const moves = releasedUnits(lines, orders)
    const released = new Map(lines.map((line) => [line.fulfilment_id, line]))
    await recordEvents(
      tx,
      [...Map.groupBy(moves, (move) => move.order_id)].map(([order_id, mine]) => ({
        order_id,
        type: 'order.released',
        data: {
          lines: mine.map(({ line_no, quantity, fulfilment_id }) => ({ line_no, quantity, fulfilment: fulfilment_id })),
        },
      })),
      {
        moves: moves.map(({ order_id, line_no, quantity }) => ({
          order_id,
          line_no,
          from: 'allocated',
          to: 'released',
          quantity,
        })),
        also: [...released.values()].map((line) => ({
          type: 'fulfilment.released',
          subject: line.fulfilment_id,
          version: line.version,
          data: { location: line.location_id },
        })),
      },
    )
  },
)

// Right after allocation, stock is locked already: an order that only shares a fulfilment may not be locked any more, it gets a job.
async function lockable(tx: Tx, places: readonly LinePlace[], jobs: readonly Job[]): Promise<readonly LinePlace[]> {
  if (tx.at_once !== true) return places
  const mine = new Set(jobs.map((job) => job.subject))
  const shared = new Set(places.filter((place) => !mine.has(place.order_id)).map((place) => place.fulfilment_id))
  if (shared.size === 0) return places
  const later = new Set(places.filter((place) => shared.has(place.fulfilment_id)).map((place) => place.order_id))
  await schedule(
    tx,
    [...later].map((subject) => ({ step: RELEASE, subject })),
  )
  return places.filter((place) => !shared.has(place.fulfilment_id))
}

function mayGo(order: OrderFacts | undefined): boolean {
  return order !== undefined && order.commercial === 'confirmed' && isBlocked(order, 'release').length === 0
}

// A cancellation may have taken units that their fulfilment still shows until warehouse.cancel has run: those stay behind.
function releasedUnits(lines: readonly ReleasedLine[], orders: ReadonlyMap<string, OrderFacts>): ReleasedLine[] {
  const left = new Map<string, number>()
  for (const order of orders.values())
    for (const line of order.lines) left.set(`${order.order_id} ${line.line_no}`, line.units.allocated)
  return lines.flatMap((line) => {
    const key = `${line.order_id} ${line.line_no}`
    const quantity = Math.min(line.quantity, left.get(key) ?? 0)
    left.set(key, (left.get(key) ?? 0) - quantity)
    return quantity === 0 ? [] : [{ ...line, quantity }]
  })
}
