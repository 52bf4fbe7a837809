// Inventory learns of a location from the catalogue: a new one is entered, a known one opens or closes with its stock.
import type { Tx } from '../../platform/db.ts'
import { closeLocation } from './change-stock.ts'
import { type LocationRow, locations, putLocations } from './store-movements.ts'

/** A location that is known keeps its network: its stock counts there. */
export async function followLocation(tx: Tx, row: LocationRow): Promise<void> {
  const [known] = await locations(tx, [row.location_id])
  if (known === undefined) await putLocations(tx, [row])
  else await closeLocation(tx, row.location_id, row.is_open)
}
