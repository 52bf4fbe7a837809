// Which network rows stand above stock at locations, and which locations do not count there.
import type { Tx } from '../../platform/db.ts'
import { locations } from './store-movements.ts'

/** The network rows of these places, each once. */
export async function networkRowsOf(
  tx: Tx,
  places: readonly { readonly location_id: string; readonly sku: string }[],
): Promise<{ network_id: string; sku: string }[]> {
  const rows = await locations(tx, [...new Set(places.map((place) => place.location_id))])
  const networks = new Map(rows.map((row) => [row.location_id, row.network_id]))
  const found = new Map<string, { network_id: string; sku: string }>()
  for (const { location_id, sku } of places) {
    const network_id = networks.get(location_id)
    if (network_id !== undefined) found.set(`${network_id} ${sku}`, { network_id, sku })
  }
  return [...found.values()]
}

/** Those of these places that are closed: their stock is no part of the supply. */
export async function closedLocations(
  tx: Tx,
  places: readonly { readonly location_id: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await locations(tx, [...new Set(places.map((place) => place.location_id))])
  return new Set(rows.filter((row) => !row.is_open).map((row) => row.location_id))
}
