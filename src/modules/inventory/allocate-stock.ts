// Allocating: a reservation is given a place. Of the balances only location rows are touched; what does not fit is answered as short.
import type { Tx } from '../../platform/db.ts'
import {
  changeStock,
  type Ending,
  endAllocations,
  lockReservations,
  lockStock,
  type NewAllocation,
  openAllocations,
  type StockDelta,
} from './store.ts'
import { placeAllocations } from './store-writes.ts'
import { sumEndings, sumStock } from './sums.ts'

export interface Place {
  readonly demand_id: string
  readonly demand_line: number
  readonly location_id: string
  readonly sku: string
  readonly quantity: number
  /** Units that are to stay there; none where absent. */
  readonly keep?: number
}

export interface Placed {
  readonly placed: readonly Place[]
  /** Not placed: the location has not so much, or the demand no open reservation for it. */
  readonly short: readonly Place[]
}

/** Takes stock at locations for open reservations, in the order given, each place whole or not at all. */
export async function allocate(tx: Tx, places: readonly Place[]): Promise<Placed> {
  if (places.length === 0) return { placed: [], short: [] }
  const stock = await lockStock(tx, places)
  const reservations = await lockReservations(tx, [...new Set(places.map((place) => place.demand_id))])
  const wanting = new Map<string, { reservation_id: string; left: number }[]>()
  for (const row of reservations) {
    const key = `${row.demand_id} ${row.demand_line} ${row.sku}`
    wanting.set(key, [...(wanting.get(key) ?? []), { reservation_id: row.reservation_id, left: row.open - row.placed }])
  }
  const lots = new Map<string, { lot: string; left: number }[]>()
  for (const row of stock) {
    const key = `${row.location_id} ${row.sku}`
    lots.set(key, [...(lots.get(key) ?? []), { lot: row.lot, left: row.on_hand - row.unsellable - row.allocated }])
  }
  const rows: NewAllocation[] = []
  const placed: Place[] = []
  const short: Place[] = []
  for (const place of places) {
    const wants = wanting.get(`${place.demand_id} ${place.demand_line} ${place.sku}`) ?? []
    const has = lots.get(`${place.location_id} ${place.sku}`) ?? []
    const { quantity, keep = 0 } = place
    if (total(wants) < quantity || total(has) < quantity + keep) short.push(place)
    else {
      for (const pair of pairUp(wants, has, quantity))
        rows.push({ ...pair, allocation_id: tx.newId(), location_id: place.location_id, sku: place.sku })
      placed.push(place)
    }
  }
  if (rows.length > 0) {
    await placeAllocations(
      tx,
      sumStock(rows.map((row): StockDelta => ({ ...row, on_hand: 0, unsellable: 0, allocated: row.quantity }))),
      rows,
    )
  }
  return { placed, short }
}

function total(parts: readonly { left: number }[]): number {
  return parts.reduce((sum, part) => sum + Math.max(0, part.left), 0)
}

/** Walks reservations and lots side by side; both hold at least `quantity`. */
function pairUp(
  wants: { reservation_id: string; left: number }[],
  has: { lot: string; left: number }[],
  quantity: number,
) {
  const pairs: { reservation_id: string; lot: string; quantity: number }[] = []
  let left = quantity
  let want = 0
  let lot = 0
  while (left > 0) {
    const reservation = wants[want]
    const source = has[lot]
    if (reservation === undefined || source === undefined)
      throw new Error('a place was granted that neither reservation nor lot covers')
    const taken = Math.min(left, reservation.left, source.left)
    if (taken > 0) pairs.push({ reservation_id: reservation.reservation_id, lot: source.lot, quantity: taken })
    reservation.left -= Math.max(0, taken)
    source.left -= Math.max(0, taken)
    left -= Math.max(0, taken)
    if (reservation.left <= 0) want += 1
    if (source.left <= 0) lot += 1
  }
  return pairs
}

/** Gives places back: the stock is free at the location again, the reservations stay open. Answers what was given back. */
export async function deallocate(tx: Tx, places: readonly Place[]): Promise<readonly Place[]> {
  if (places.length === 0) return []
  await lockStock(tx, places)
  const open = await openAllocations(tx, [...new Set(places.map((place) => place.demand_id))])
  const left = new Map(open.map((row) => [row.allocation_id, row.open]))
  const endings: Ending[] = []
  const deltas: StockDelta[] = []
  const given: Place[] = []
  for (const place of places) {
    let wanted = place.quantity
    for (const row of open) {
      const free = left.get(row.allocation_id) ?? 0
      if (
        wanted === 0 ||
        free === 0 ||
        row.demand_id !== place.demand_id ||
        row.demand_line !== place.demand_line ||
        row.location_id !== place.location_id ||
        row.sku !== place.sku
      )
        continue
      const taken = Math.min(wanted, free)
      left.set(row.allocation_id, free - taken)
      wanted -= taken
      endings.push({ id: row.allocation_id, consumed: 0, released: taken, broken: 0 })
      deltas.push({
        location_id: row.location_id,
        sku: row.sku,
        lot: row.lot,
        on_hand: 0,
        unsellable: 0,
        allocated: -taken,
      })
    }
    if (wanted < place.quantity) given.push({ ...place, quantity: place.quantity - wanted })
  }
  if (endings.length > 0) {
    await endAllocations(tx, sumEndings(endings))
    await changeStock(tx, sumStock(deltas))
  }
  return given
}
