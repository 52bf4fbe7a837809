// Addresses for tests and the change to one of them.
import type { AddressChange } from '../../src/contracts/address.ts'
import { changeOrderAddress } from '../../src/modules/allocation/change-address.ts'
import type { World } from '../world/index.ts'
import { read } from '../world/orders.ts'

export const GUANGZHOU: AddressChange['ship_to'] = {
  country: 'CN',
  region: '广东省',
  city: '广州市',
  district: '天河区',
  postcode: '510000',
  address_lines: ['体育西路 5 号'],
  point: { lat: 23.13, lon: 113.3 },
}
export const SHANGHAI: AddressChange['ship_to'] = {
  country: 'CN',
  region: '上海市',
  city: '上海市',
  postcode: '200000',
  address_lines: ['南京东路 1 号'],
  point: { lat: 31.23, lon: 121.47 },
}
export const BEIJING: AddressChange['ship_to'] = {
  country: 'CN',
  region: '北京市',
  city: '北京市',
  postcode: '100000',
  address_lines: ['长安街 1 号'],
  point: { lat: 39.9, lon: 116.4 },
}
/** Another street of the city where the order went before. */
export const NEXT_STREET: AddressChange['ship_to'] = {
  country: 'CN',
  region: '浙江省',
  city: '杭州市',
  district: '西湖区',
  postcode: '310000',
  address_lines: ['天目山路 9 号'],
}

export async function change(world: World, order_id: string, ship_to: AddressChange['ship_to']) {
  const { revision } = await read(world, order_id)
  const done = await world.transaction((tx) =>
    changeOrderAddress(tx, order_id, revision, { reason: 'customer_request', ship_to }),
  )
  await world.drain()
  return done
}
