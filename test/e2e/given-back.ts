// Orders that every place which has their goods has given back, for walks in the browser.
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { type Ordo, orderOf, until } from './start.ts'

interface Work {
  readonly fulfilment_id: string
  readonly version: number
}

/** An order that both places which have its goods have given back. */
export async function refuse(ordo: Ordo): Promise<string> {
  const order = orderOf([{ sku: 'SKU-2', quantity: 2, price: '19.00' }])
  const ship_to = { ...order.ship_to, region: '北京市', city: '北京市', district: '东城区', postcode: '100010' }
  const { body } = await ordo.call('POST', '/orders', { ...order, ship_to })
  for (let time = 0; time < 2; time++) {
    const work = await until(async () => releasedOf(ordo, body.order_id))
    await ordo.world.transaction((tx) =>
      warehouse.rejectFulfilment(tx, work.fulfilment_id, { reason: 'cannot_handle_goods', version: work.version }),
    )
  }
  return body.order_id
}

/** The work of an order that is on the floor. */
export async function releasedOf(ordo: Ordo, order_id: string): Promise<Work | undefined> {
  const { body } = await ordo.call('GET', `/orders/${order_id}/fulfilments`)
  return body.items?.find((work: { state: string }) => work.state === 'released')
}
