// Orders as they were at a time of the past: where they went then, and how urgent they were.
import { earlierOf, HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { loadOrders } from './load-orders.ts'
import { type FormerRow, formerOf } from './store-address.ts'
import type { OrderFacts } from './types.ts'

export interface FormerOrder {
  readonly order: OrderFacts
  /** Where it went then cannot be known any more: its customer was erased, or its address changed before former ones were kept. */
  readonly is_lost: boolean
}

// Ids bear the time of their process, which may lie a little beside the time of the row.
const ID_SLACK_MS = HOUR_MS

/** The orders with the destination and the priority that each had at its time, by their ids; lines and all else are those of now. */
export async function loadFormer(
  tx: Tx,
  asked: readonly { readonly order_id: string; readonly at: Date }[],
): Promise<ReadonlyMap<string, FormerOrder>> {
  const ids = asked.map((one) => one.order_id)
  const since = asked.reduce((first, { at }) => earlierOf(at, first), tx.now)
  const orders = await loadOrders(tx, ids, { lock: false })
  const rows = await formerOf(
    tx,
    ids,
    asked.map((one) => one.at),
    later(since, -ID_SLACK_MS),
  )
  const formerBy = new Map(rows.map((row) => [row.order_id, row]))
  return new Map(
    orders.map((order) => {
      const former = formerBy.get(order.order_id)
      return [
        order.order_id,
        { order: former === undefined ? order : asOf(order, former), is_lost: former?.lost ?? false },
      ]
    }),
  )
}

function asOf(order: OrderFacts, former: FormerRow): OrderFacts {
  const { moved, country, region, city, postcode, lat, lon } = former
  const timed = { ...order, priority: former.priority ?? order.priority }
  if (!moved || country === null) return timed
  return {
    ...timed,
    ship_country: country,
    ship_region: region,
    ship_city: city,
    ship_postcode: postcode,
    ship_lat: lat,
    ship_lon: lon,
  }
}
