// Before the flood: orders on their way through the warehouses, some of them in pick, some packed.
import { steps } from '../../src/app.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { listFulfilments, packParcels, pickLines } from '../../src/modules/warehouse/index.ts'
import { DAY_MS, later } from '../../src/platform/clock.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { orderOf } from '../spine/accepted.ts'
import { basketMaker, type Scene } from '../spine/scene.ts'

const SEED = 20_260_304
const BATCH = 200
/** Every third order was promised within so many days, every tenth is urgent. */
const PROMISED_DAYS = 3

/** Places orders and lets them flow to the floor. */
export async function fillFloor({ runtime }: Scene, tenant_id: string, count: number): Promise<void> {
  const basket = basketMaker(SEED)
  for (let from = 0; from < count; from += BATCH) {
    await runtime.db.transaction(tenant_id, 'system', async (tx) => {
      const placed = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => {
        const place = from + index
        const order = orderOf(tx, basket(), `disaster-${place}`)
        const promised_at = later(tx.now, PROMISED_DAYS * DAY_MS).toISOString()
        return {
          ...order,
          attributes: place % 3 === 0 ? { promised_at } : {},
          priority: place % 10 === 0 ? 5 : 0,
        }
      })
      await orders.placeOrders(tx, placed)
    })
    await drain(runtime, steps, tenant_id)
  }
}

/** Picks some of the work at a location and packs a part of it; answers how much is in hand. */
export async function workSome(
  { runtime }: Scene,
  tenant_id: string,
  location_id: string,
  share: number,
): Promise<number> {
  const page = await runtime.db.transaction(tenant_id, 'system', (tx) =>
    listFulfilments(tx, runtime.secrets, { location: location_id, state: 'released', limit: 200 }, () => false),
  )
  const chosen = page.items.slice(0, Math.ceil(share))
  for (const [index, { fulfilment_id }] of chosen.entries()) {
    await runtime.db.transaction(tenant_id, 'system', async (tx) => {
      await pickLines(tx, fulfilment_id, null)
      if (index % 4 === 0) await packParcels(tx, fulfilment_id, null)
    })
  }
  await drain(runtime, steps, tenant_id)
  return chosen.length
}
