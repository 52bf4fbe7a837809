// When work leaves that stays at its place for a new address: by the slot that it keeps and the cut-off of its service, told to whoever follows it.
import { expect, test } from 'vitest'
import * as catalog from '../../src/modules/catalog/index.ts'
import { HOUR_MS } from '../../src/platform/clock.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { furnishLateService, furnishRates } from './ground.ts'
import { change, GUANGZHOU, NEXT_STREET } from './readdress.ts'

async function promised(world: World, promised_at: string): Promise<string> {
  const [order_id = ''] = await place(world, [{ lines: [{ sku: 'A', quantity: 3 }], promised_at }])
  await world.drain()
  return order_id
}

const risksOf = (world: World, order_id: string) =>
  world.transaction(
    (tx) => tx.sql<{ reason: string }[]>`
      select reason from inbox.item where tenant_id = ${tx.tenant} and kind = 'promise' and order_id = ${order_id} and state <> 'closed'`,
  )

/** How the open work of an order leaves, and the slot that it has booked. */
async function leavingOf(world: World, order_id: string) {
  const rows = await world.transaction(
    (tx) => tx.sql<
      { fulfilment_id: string; version: number; service: string; ship_by: Date; arrives_at: Date; slot: Date }[]
    >`
      select distinct f.fulfilment_id, f.version, f.service, f.ship_by, f.promised_at as arrives_at, b.starts_at as slot
        from warehouse.fulfilment_order f
        join warehouse.v_open_place p on p.tenant_id = ${tx.tenant} and p.fulfilment_id = f.fulfilment_id and p.order_id = ${order_id}
        left join capacity.booking b on b.tenant_id = ${tx.tenant} and b.fulfilment_id = f.fulfilment_id and b.ended_at is null
       where f.tenant_id = ${tx.tenant}`,
  )
  return rows.map((row) => ({ ...row, ship_by: row.ship_by.toISOString(), arrives_at: row.arrives_at.toISOString() }))
}

async function limitHangzhou(world: World): Promise<void> {
  await world.transaction(async (tx) => {
    const hangzhou = (await catalog.locations(tx)).get('HZ1')
    if (hangzhou === undefined) throw new Error('no HZ1')
    const { location_id, version_id: _version, valid_from: _from, ...fact } = hangzhou
    const capacity = { slot_minutes: 60, orders: 4, minutes_per_order: 3, minutes_per_line: 1 }
    await catalog.putLocation(tx, location_id, { ...fact, capacity })
  })
  await world.drain()
}

test('by another service it leaves at the cut-off of that service which its slot makes, and everybody is told', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10 } } })
  await furnishRates(world, { only_to: ['浙江省'] })
  await furnishLateService(world, ['广东省'], '10:30')
  await limitHangzhou(world)
  const order_id = await promised(world, '2026-03-04T12:00:00Z')
  const [before] = await leavingOf(world, order_id)
  // ten in Hangzhou: ready at eleven, the carrier comes at four
  expect(before).toMatchObject({ service: 'standard', ship_by: '2026-03-02T08:00:00.000Z' })
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 3, move: 0 })
  const [after] = await leavingOf(world, order_id)
  expect(after).toEqual({
    ...before,
    version: before!.version + 1,
    service: 'night',
    ship_by: '2026-03-03T02:30:00.000Z',
    arrives_at: '2026-03-05T02:30:00.000Z',
  })
  const told = await world.transaction(
    (tx) => tx.sql<{ data: object }[]>`
      select data from outbox.event where tenant_id = ${tx.tenant} and type = 'fulfilment.service_changed'`,
  )
  expect(told).toMatchObject([{ data: { service: 'night', ship_by: after?.ship_by, arrives_at: after?.arrives_at } }])
  expect(await risksOf(world, order_id)).toEqual([{ reason: 'late_by_carrier' }])
  expect(await change(world, order_id, NEXT_STREET)).toMatchObject({ stay: 3, move: 0 })
  expect(await leavingOf(world, order_id)).toEqual([{ ...before, version: before!.version + 2 }])
  expect(await risksOf(world, order_id)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('who keeps the service keeps the hour that it was to leave at, and is late as before', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10 } } })
  await furnishRates(world, { far_days: 6 })
  const order_id = await promised(world, '2026-03-06T09:00:00Z')
  expect(await risksOf(world, order_id)).toEqual([])
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 3, move: 0 })
  expect(await risksOf(world, order_id)).toEqual([{ reason: 'late_by_carrier' }])
  world.clock.advance(7 * HOUR_MS)
  const near = { ...NEXT_STREET, point: { lat: 30.27, lon: 120.16 } }
  expect(await change(world, order_id, near)).toMatchObject({ stay: 3, move: 0 })
  // the collection of today is missed: it arrives two days after that of tomorrow
  expect(await leavingOf(world, order_id)).toMatchObject([
    { ship_by: '2026-03-02T08:00:00.000Z', arrives_at: '2026-03-05T08:00:00.000Z' },
  ])
  expect(await risksOf(world, order_id)).toEqual([{ reason: 'late_released' }])
  expect(await world.brokenInvariants()).toEqual([])
})
