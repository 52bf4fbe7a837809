// Adding up deltas by key, so that each balance row is written once per transaction, in key order.
import type { Ending, NetworkDelta, StockDelta } from './store.ts'

/** Sums deltas of network rows, ordered by (network, sku). */
export function sumNetwork(deltas: readonly NetworkDelta[]): NetworkDelta[] {
  const sums = new Map<string, NetworkDelta>()
  for (const delta of deltas) {
    const key = `${delta.network_id} ${delta.sku}`
    const known = sums.get(key)
    sums.set(
      key,
      known === undefined
        ? delta
        : { ...known, reserved: known.reserved + delta.reserved, supply: known.supply + delta.supply },
    )
  }
  return inKeyOrder(sums)
}

/** Sums deltas of stock rows, ordered by (location, sku, lot). */
export function sumStock(deltas: readonly StockDelta[]): StockDelta[] {
  const sums = new Map<string, StockDelta>()
  for (const delta of deltas) {
    const key = `${delta.location_id} ${delta.sku} ${delta.lot}`
    const known = sums.get(key)
    if (known === undefined) sums.set(key, delta)
    else
      sums.set(key, {
        ...known,
        on_hand: known.on_hand + delta.on_hand,
        unsellable: known.unsellable + delta.unsellable,
        allocated: known.allocated + delta.allocated,
      })
  }
  return inKeyOrder(sums)
}

function inKeyOrder<Row>(sums: ReadonlyMap<string, Row>): Row[] {
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** Sums endings by id: one row is updated once. */
export function sumEndings(endings: readonly Ending[]): Ending[] {
  const sums = new Map<string, Ending>()
  for (const ending of endings) {
    const known = sums.get(ending.id)
    sums.set(
      ending.id,
      known === undefined
        ? ending
        : {
            id: ending.id,
            consumed: known.consumed + ending.consumed,
            released: known.released + ending.released,
            broken: known.broken + ending.broken,
          },
    )
  }
  return [...sums.values()]
}
