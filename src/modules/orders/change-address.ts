// Where an order goes, changed as long as something of it has not left; what that means for its work is the business of allocation.
import type { AddressChange } from '../../contracts/address.ts'
import type { Tx } from '../../platform/db.ts'
import { platformProblem } from '../../platform/problems.ts'
import { orderMachine } from './machine.ts'
import { orderProblem } from './problems.ts'
import { recordEvents } from './record-events.ts'
import { putDestination, putStreet } from './store-address.ts'
import type { LineFacts, OrderFacts, PlacedOrder } from './types.ts'

const HERE = ['open', 'backordered', 'reserved', 'allocated', 'released', 'picked', 'packed'] as const

/** Units of a line that have not left. */
export function unitsHere({ units }: LineFacts): number {
  return HERE.reduce((sum, bucket) => sum + units[bucket], 0)
}

export interface AddressDone {
  /** The order with its new destination. */
  readonly order: OrderFacts
  /** What of the destination is other than before: a word for each, none where only the street is. */
  readonly changed: readonly string[]
}

/** Sets the address of a locked order that was read at `revision`. Throws revision_stale, illegal_transition, address_too_late, address_incomplete, person_gone. */
export async function changeAddress(
  tx: Tx,
  order: OrderFacts,
  revision: number | null,
  { reason, ship_to }: AddressChange,
): Promise<AddressDone> {
  const { order_id, commercial, person_id } = order
  if (order.revision !== revision) throw platformProblem('revision_stale', { revision: order.revision })
  if (orderMachine.isTerminal(commercial)) throw platformProblem('illegal_transition', { commercial })
  if (order.lines.every((line) => unitsHere(line) === 0)) throw orderProblem('address_too_late', { order_id })
  const before = destinationOf(order)
  const ship = shipOf(before, ship_to)
  if (ship.city === null && ship.postcode === null && ship.lat === null) throw orderProblem('address_incomplete')
  const street = ship_to.address_lines.map((line) => line.trim())
  if (person_id === null || !(await putStreet(tx, person_id, street, tidy(ship_to.district))))
    throw orderProblem('person_gone', { order_id })
  await putDestination(tx, order_id, ship)
  const changed = fields.filter((field) => before[field] !== ship[field])
  await recordEvents(tx, [{ order_id, type: 'order.address_changed', data: { reason, changed } }])
  const { country, region, city, postcode, lat, lon } = ship
  return {
    order: {
      ...order,
      revision: order.revision + 1,
      ship_country: country,
      ship_region: region,
      ship_city: city,
      ship_postcode: postcode,
      ship_lat: lat,
      ship_lon: lon,
    },
    changed,
  }
}

const fields = ['country', 'region', 'city', 'postcode', 'lat', 'lon'] as const

function destinationOf(order: OrderFacts): PlacedOrder['ship'] {
  return {
    country: order.ship_country,
    region: order.ship_region,
    city: order.ship_city,
    postcode: order.ship_postcode,
    lat: order.ship_lat,
    lon: order.ship_lon,
  }
}

// The old point is still good for another street of the same place; for another place no point is better than a wrong one.
function shipOf(before: PlacedOrder['ship'], ship_to: AddressChange['ship_to']): PlacedOrder['ship'] {
  const place = {
    country: ship_to.country,
    region: tidy(ship_to.region),
    city: tidy(ship_to.city),
    postcode: tidy(ship_to.postcode),
  }
  const same = (['country', 'region', 'city', 'postcode'] as const).every((field) => before[field] === place[field])
  const point = ship_to.point ?? (same ? { lat: before.lat, lon: before.lon } : { lat: null, lon: null })
  return { ...place, lat: point.lat, lon: point.lon }
}

function tidy(text: string | undefined): string | null {
  const plain = text?.trim() ?? ''
  return plain === '' ? null : plain
}
