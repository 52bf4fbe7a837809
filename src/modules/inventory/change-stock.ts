// What people and warehouses do to stock: receive, adjust, count, transfer, take back; each a movement with its reason.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { breakOnNetwork } from './break-reservations.ts'
import { moveStock } from './move-stock.ts'
import { lockStock } from './store.ts'
import {
  type Condition,
  changeSupply,
  ensureRows,
  holdLocations,
  type LocationRow,
  locations,
  lockNetworkRows,
  type Movement,
  putLocations,
} from './store-movements.ts'
import { stockOfLocations } from './store-reading.ts'

export interface StockLine {
  readonly location_id: string
  readonly sku: string
  readonly lot?: string
  readonly quantity: number
}

interface Why {
  readonly reason: string
  readonly reference?: string | null
}

function movement(
  kind: Movement['kind'],
  line: StockLine,
  why: Why,
  from: [string, Condition],
  to: [string, Condition],
): Movement {
  return {
    kind,
    sku: line.sku,
    lot: line.lot ?? '',
    quantity: line.quantity,
    from_place: from[0],
    from_condition: from[1],
    to_place: to[0],
    to_condition: to[1],
    reference: why.reference ?? null,
    reason: why.reason,
  }
}

/** Goods from a supplier. */
export async function receiveStock(tx: Tx, lines: readonly StockLine[], why: Why): Promise<void> {
  await moveStock(
    tx,
    lines.map((line) => movement('receive', line, why, ['@supplier', 'sellable'], [line.location_id, 'sellable'])),
    'receive',
  )
}

/** A correction up or down (negative quantity) of sellable or unsellable units. */
export async function adjustStock(
  tx: Tx,
  lines: readonly (StockLine & { readonly condition?: Condition })[],
  why: Why,
): Promise<void> {
  const movements = lines.map((line) => {
    const condition = line.condition ?? 'sellable'
    if (line.quantity >= 0) return movement('adjust', line, why, ['@adjust', condition], [line.location_id, condition])
    return movement(
      'adjust',
      { ...line, quantity: -line.quantity },
      why,
      [line.location_id, condition],
      ['@adjust', condition],
    )
  })
  await moveStock(tx, movements, why.reason)
}

/** Units found damaged: they stay where they are and can no longer be sold. */
export async function damageStock(tx: Tx, lines: readonly StockLine[], why: Why): Promise<void> {
  await moveStock(
    tx,
    lines.map((line) =>
      movement('damage', line, why, [line.location_id, 'sellable'], [line.location_id, 'unsellable']),
    ),
    why.reason,
  )
}

/** What was counted: `quantity` is all sellable units that lie there; the difference is booked. */
export async function countStock(
  tx: Tx,
  lines: readonly StockLine[],
  why: Why,
): Promise<readonly { sku: string; location_id: string; difference: number }[]> {
  const places = await holdLocations(tx, [...new Set(lines.map((line) => line.location_id))])
  const network = (some: readonly StockLine[]) =>
    some.flatMap((line) =>
      places
        .filter((place) => place.location_id === line.location_id)
        .map((place) => ({ network_id: place.network_id, sku: line.sku })),
    )
  const found = lines.filter((line) => line.quantity > 0)
  // before any lock: whoever makes the same row at this moment waits for the network rows next
  await ensureRows(
    tx,
    network(found),
    found.map((line) => ({ ...line, lot: line.lot ?? '' })),
  )
  await lockNetworkRows(tx, network(lines))
  const rows = await lockStock(tx, lines)
  const differences = lines.map((line) => {
    const row = rows.find(
      (candidate) =>
        candidate.location_id === line.location_id && candidate.sku === line.sku && candidate.lot === (line.lot ?? ''),
    )
    return { line, difference: line.quantity - ((row?.on_hand ?? 0) - (row?.unsellable ?? 0)) }
  })
  const movements = differences.map(({ line, difference }) => {
    const counted = { ...line, quantity: Math.abs(difference) }
    return difference >= 0
      ? movement('count', counted, why, ['@adjust', 'sellable'], [line.location_id, 'sellable'])
      : movement('count', counted, why, [line.location_id, 'sellable'], ['@adjust', 'sellable'])
  })
  await moveStock(tx, movements, why.reason)
  return differences.map(({ line, difference }) => ({ sku: line.sku, location_id: line.location_id, difference }))
}

/** From one location to another at once; the way between them is a later capability. */
export async function transferStock(
  tx: Tx,
  lines: readonly (StockLine & { readonly to_location_id: string })[],
  why: Why,
): Promise<void> {
  await moveStock(
    tx,
    lines.map((line) =>
      movement('transfer', line, why, [line.location_id, 'sellable'], [line.to_location_id, 'sellable']),
    ),
    why.reason,
  )
}

/** Goods that came back from a customer, sellable or not. */
export async function receiveReturn(
  tx: Tx,
  lines: readonly (StockLine & { readonly condition: Condition; readonly reference: string })[],
): Promise<void> {
  await moveStock(
    tx,
    lines.map((line) =>
      movement(
        'return',
        line,
        { reason: 'return', reference: line.reference },
        ['@customer', 'sellable'],
        [line.location_id, line.condition],
      ),
    ),
    'return',
  )
}

/** Enters locations with their network; a location that is known keeps its network. */
export async function placeLocations(
  tx: Tx,
  rows: readonly { location_id: string; network_id: string }[],
): Promise<void> {
  if (rows.length > 0)
    await putLocations(
      tx,
      rows.map((row) => ({ ...row, is_open: true })),
    )
}

/** Closes or opens a location: its stock leaves or joins the supply of the network, and the newest reservations that are no longer covered break. */
export async function closeLocation(tx: Tx, location_id: string, is_open: boolean): Promise<void> {
  const [place] = await locations(tx, [location_id])
  if (place === undefined || place.is_open === is_open) return
  await putLocations(tx, [{ ...place, is_open } satisfies LocationRow])
  const sign = is_open ? 1 : -1
  const stocked = await stockOfLocations(tx, location_id)
  const keys = stocked.map(({ sku }) => ({ network_id: place.network_id, sku }))
  await ensureRows(tx, keys, [])
  await lockNetworkRows(tx, keys)
  // Read again under the locks: goods may have left while they were awaited.
  const stock = await stockOfLocations(tx, location_id)
  const deltas = stock.map(({ sku, sellable }) => {
    return { network_id: place.network_id, sku, supply: sign * sellable, reserved: 0, presale: 0 }
  })
  if (deltas.length === 0) return
  await breakOnNetwork(tx, deltas, is_open ? 'opened' : 'closed')
  const rows = await changeSupply(tx, deltas)
  if (!is_open) return
  await publish(
    tx,
    rows.map((row) => ({
      type: 'stock.supplied',
      subject: row.stock_id,
      version: row.version,
      data: { network: row.network_id, sku: row.sku, supply: row.supply },
    })),
  )
}
