// Rates by which the cheapest way is late: what keeps a promise of four days costs more, from elsewhere or by express.
import * as shipping from '../../src/modules/shipping/index.ts'
import type { World } from '../world/index.ts'

/** Standard and express from two places: only what leaves Guangzhou, or goes by express, is there within three days. */
export async function furnishLate(world: World): Promise<void> {
  const zone = (from: string, price: number, days: number) => ({
    zone: from,
    from: { locations: [from] },
    to: {},
    price_minor: [price],
    transit_days: { p50: 1, p90: days },
  })
  const card = (level: string, zones: ReturnType<typeof zone>[]) => ({
    currency: 'CNY',
    levels: [level],
    upto_grams: [30_000],
    mm3_per_gram: 8000,
    parcel_minor: 0,
    fuel_basis_points: 0,
    cash_on_delivery: true,
    zones,
  })
  await world.transaction(async (tx) => {
    const services = ['standard', 'express'].map((service) => ({ service, name: service }))
    await shipping.putCarriers(
      tx,
      new Map([['SF', { name: 'SF Express', services, tracking_pattern: 'SF############' }]]),
    )
    await shipping.putRateCards(
      tx,
      new Map([
        ['SF/standard', card('standard', [zone('HZ1', 800, 6), zone('GZ1', 1500, 2)])],
        ['SF/express', card('express', [zone('HZ1', 2500, 1), zone('GZ1', 3000, 1)])],
      ]),
    )
  })
  await world.drain()
}
