// The stage of the surge: one merchant twice, with limits and slots on its places and without, the same orders for both.

import type { LocationFact } from '../../src/contracts/catalog.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { DAY_MS, later } from '../../src/platform/clock.ts'
import type { Runtime } from '../../src/platform/runtime.ts'
import { nextWall } from '../../src/platform/zone.ts'
import { orderOf } from '../spine/accepted.ts'
import type { Basket } from '../spine/scene.ts'

export const ZONE = 'Asia/Shanghai'
export const CUT_OFF = '16:00'
export const STEP_MINUTES = 30
/** What a place gets ready in a step, with limits or without: people and benches are the same. */
export const READY_IN_A_STEP = 15
const URGENT_PERCENT = 40
/** Hurried orders that come before it are promised with the cut-off of the day: two days on the road, nine times of ten, near by. */
const LAST_CALL = '14:00'
const ROAD_DAYS = 2

const HOURS: LocationFact['hours'] = { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '22:00' }] }

/** Gives the places their hours, and limits where the load is to be live. */
export async function setHours(runtime: Runtime, tenant_id: string, live: boolean): Promise<void> {
  await runtime.db.transaction(tenant_id, 'system', async (tx) => {
    const entries = [...(await catalog.locations(tx)).values()].map((location): [string, LocationFact] => {
      const { location_id, version_id: _version, valid_from: _from, ...fact } = location
      const capacity = {
        slot_minutes: STEP_MINUTES,
        orders: READY_IN_A_STEP,
        urgent_percent: URGENT_PERCENT,
        minutes_per_order: 2,
        minutes_per_line: 1,
      }
      return [location_id, { ...fact, hours: HOURS, ...(live ? { capacity } : {}) }]
    })
    await catalog.putLocations(tx, new Map(entries))
  })
}

export interface Coming {
  readonly name: string
  readonly basket: Basket
  readonly urgent: boolean
}

/** When it is promised: hurried orders with the carrier of the day, others within a week. */
export function promisedAt({ urgent }: Pick<Coming, 'urgent'>, now: Date): Date {
  if (!urgent) return later(now, 7 * DAY_MS)
  const leaves = nextWall(nextWall(now, ZONE, LAST_CALL), ZONE, CUT_OFF)
  return later(leaves, ROAD_DAYS * DAY_MS)
}

/** Places what comes in this step; answers the ids in order. */
export async function placeComing(runtime: Runtime, tenant_id: string, coming: readonly Coming[]): Promise<string[]> {
  if (coming.length === 0) return []
  return runtime.db.transaction(tenant_id, 'system', async (tx) => {
    const placed = coming.map((one) => ({
      ...orderOf(tx, one.basket, one.name),
      service_level: one.urgent ? 'next_day' : 'standard',
      attributes: { promised_at: promisedAt(one, tx.now).toISOString() },
    }))
    await orders.placeOrders(tx, placed)
    return placed.map((order) => order.order_id)
  })
}
