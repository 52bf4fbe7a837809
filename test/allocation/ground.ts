// Carriers with rates for tests of allocation, and looks at what it has done.
import type { LocationFact } from '../../src/contracts/catalog.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import type { World } from '../world/index.ts'

export interface RateWish {
  /** Regions that are served; all where absent. */
  readonly only_to?: readonly string[]
  /** Locations from which everything is dear. */
  readonly dear_from?: readonly string[]
  /** How long it takes beyond the near zone, nine times of ten; two days where absent. */
  readonly far_days?: number
}

const card = {
  currency: 'CNY',
  levels: ['standard'],
  upto_grams: [1000, 5000, 30_000],
  mm3_per_gram: 8000,
  parcel_minor: 0,
  fuel_basis_points: 0,
  cash_on_delivery: true,
}

/** A second service, from anywhere to these regions, that is collected at another hour. */
export async function furnishLateService(world: World, regions: readonly string[], cut_off: string): Promise<void> {
  const zone = {
    zone: 'all',
    to: { regions: [...regions] },
    price_minor: [900, 1400, 2900],
    transit_days: { p50: 1, p90: 2 },
  }
  await world.transaction(async (tx) => {
    const services = ['standard', 'night'].map((service) => ({ service, name: service }))
    await shipping.putCarriers(
      tx,
      new Map([['SF', { name: 'SF Express', services, tracking_pattern: 'SF############' }]]),
    )
    await shipping.putRateCards(tx, new Map([['SF/night', { ...card, cut_off, zones: [zone] }]]))
  })
  await world.drain()
}

/** One carrier with a standard service: cheap near by, dearer with the distance. */
export async function furnishRates(world: World, wish: RateWish = {}): Promise<void> {
  const to = wish.only_to === undefined ? {} : { regions: [...wish.only_to] }
  const zone = (name: string, max_km: number | null, price: number) => ({
    zone: name,
    to: { ...to, ...(max_km === null ? {} : { max_km }) },
    price_minor: [price, price + 500, price + 2000],
    transit_days: { p50: 1, p90: name === 'near' ? 2 : (wish.far_days ?? 2) },
  })
  const dear =
    wish.dear_from === undefined ? [] : [{ ...zone('dear', null, 90_000), from: { locations: [...wish.dear_from] } }]
  await world.transaction(async (tx) => {
    await shipping.putCarriers(
      tx,
      new Map([
        [
          'SF',
          {
            name: 'SF Express',
            services: [{ service: 'standard', name: 'Standard' }],
            tracking_pattern: 'SF############',
          },
        ],
      ]),
    )
    await shipping.putRateCards(
      tx,
      new Map([
        [
          'SF/standard',
          {
            ...card,
            zones: [
              ...dear,
              zone('near', 300, 800),
              zone('middle', 1000, 1200),
              zone('far', 1500, 1600),
              zone('farther', null, 2200),
            ],
          },
        ],
      ]),
    )
  })
  await world.drain()
}

export async function stockAt(
  world: World,
  location_id: string,
  sku: string,
): Promise<{ on_hand: number; allocated: number } | undefined> {
  const rows = await world.transaction(
    (tx) => tx.sql<{ on_hand: number; allocated: number }[]>`
      select on_hand, allocated from inventory.stock where tenant_id = ${tx.tenant} and location_id = ${location_id} and sku = ${sku}`,
  )
  return rows[0]
}

export async function exceptionsOf(world: World) {
  return world.transaction(
    (tx) => tx.sql<{ order_id: string; reason: string; queue: string | null; units: number; value: bigint }[]>`
      select order_id, reason, queue, units, value from allocation.v_open_exception where tenant_id = ${tx.tenant} order by exception_id`,
  )
}

/** Gives locations limits and hours beside what they have. */
export async function limitLocations(
  world: World,
  location_ids: readonly string[],
  change: Partial<LocationFact>,
): Promise<void> {
  await world.transaction(async (tx) => {
    const known = await catalog.locations(tx)
    const entries = location_ids.map((location_id): [string, LocationFact] => {
      const location = known.get(location_id)
      if (location === undefined) throw new Error(`no location ${location_id}`)
      const { location_id: _id, version_id: _version, valid_from: _from, ...fact } = location
      return [location_id, { ...fact, ...change }]
    })
    await catalog.putLocations(tx, new Map(entries))
  })
  await world.drain()
}

/** Where work of the order is open. */
export async function openWorkOf(
  world: World,
  order_id: string,
): Promise<{ fulfilment_id: string; location_id: string }[]> {
  return world.transaction(
    (tx) => tx.sql<{ fulfilment_id: string; location_id: string }[]>`
      select distinct fulfilment_id, location_id from warehouse.v_open_fulfilment where tenant_id = ${tx.tenant} and order_id = ${order_id}`,
  )
}
