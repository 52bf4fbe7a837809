// A parcel that left and was given up for lost: three units of A at 33.33 with 8.00 of freight.
import * as shipping from '../../src/modules/shipping/index.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import { openExceptionPage } from '../../src/modules/tracking/store.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { DAY_MS } from '../../src/platform/clock.ts'
import { packed } from '../fulfilment/furnish.ts'
import type { World } from '../world/index.ts'

/** An order whose only parcel left and was given up for lost; its id. */
export async function lost(world: World): Promise<string> {
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 3, price_minor: 3_333n }], shipping_minor: 800n }])
  const [parcel] = await world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [one?.fulfilment_id ?? '']))
  await world.transaction((tx) =>
    warehouse.handOver(tx, [{ parcel_id: parcel?.parcel_id ?? '', at: tx.now }], 'refuse'),
  )
  await world.drain()
  world.clock.advance(30 * DAY_MS)
  await world.drain()
  const [exception] = await world.transaction((tx) => openExceptionPage(tx, null, 10))
  await world.transaction((tx) => tracking.closeException(tx, exception?.exception_id ?? '', 'lost', null))
  await world.drain()
  return one?.order_id ?? ''
}
