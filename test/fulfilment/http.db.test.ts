// The floor, the road and the way back over HTTP, as handhelds, carriers, customers and agents use them.
import { expect, test } from 'vitest'
import { simulateFulfilment } from '../../src/cli/simulate.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { HOUR_MS, later } from '../../src/platform/clock.ts'
import { freshKey, serve, sessionOf } from '../api/serve.ts'
import { freshWorld } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { allocated, released } from './furnish.ts'

/** Picked up and an hour later delivered, as the carrier tells it. */
function eventsOf(parcels: readonly { carrier: string; tracking_number: string }[], start: Date) {
  return parcels.flatMap(({ carrier, tracking_number }) =>
    ['picked_up', 'delivered'].map((code, hour) => ({
      carrier,
      event_id: code,
      tracking_number,
      at: later(start, hour * HOUR_MS).toISOString(),
      code,
    })),
  )
}

test('from the queue to the door: every reply fits its schema and says how far the work is', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [one] = await released(world, [
    {
      lines: [
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 1 },
      ],
    },
  ])
  await using server = serve(world)
  const picker = await sessionOf(server, world, 'picker')
  const lead = await sessionOf(server, world, 'lead')
  const agent = await sessionOf(server, world, 'agent')
  const post = (url: string, body: unknown, who = picker) => server.call('POST', url, body, { ...who, ...freshKey() })

  const queues = await server.call('GET', '/warehouse/queues', undefined, picker)
  expect(queues.body.items.find((row: { location_id: string }) => row.location_id === 'HZ1')).toMatchObject({
    released: 1,
    picking: 0,
  })
  const list = await server.call('GET', '/fulfilments?location=HZ1&state=released', undefined, picker)
  expect(list.body.items).toHaveLength(1)
  const { number } = await read(world, one!.order_id)
  expect((await server.call('GET', `/fulfilments?q=${number}`, undefined, picker)).body.items).toHaveLength(1)

  const at = `/fulfilments/${one!.fulfilment_id}`
  const scan_id = world.runtime.db.newId()
  const scan = { lines: [{ fulfilment_line_no: 1, quantity: 1, scan_id }] }
  await post(`${at}/picks`, scan)
  const picked = await post(`${at}/picks`, scan)
  expect(picked.body).toMatchObject({ state: 'picking', lines: [{ picked: 1, quantity: 2 }, { picked: 0 }] })
  expect((await post(`${at}/picks`, {})).body.lines.map((line: { picked: number }) => line.picked)).toEqual([2, 1])
  const twice = await post(`${at}/packing`, {
    parcels: [
      { weight_grams: 900, lines: [{ fulfilment_line_no: 1, quantity: 2 }] },
      { lines: [{ fulfilment_line_no: 2, quantity: 1 }] },
    ],
  })
  expect(twice.body).toMatchObject({
    state: 'packed',
    parcels: [{ state: 'packed', weight_grams: 900 }, { weight_grams: 500 }],
  })
  expect((await post(`${at}/hand-over`, {})).body.code).toBe('label_missing')
  await world.drain()

  const label = await server.call('GET', `/parcels/${twice.body.parcels[0].parcel_id}/label`, undefined, picker)
  expect([label.status, label.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(label.text.startsWith('%PDF-')).toBe(true)
  const gone = await post(`${at}/hand-over`, {})
  expect(gone.body).toMatchObject({ state: 'shipped', parcels: [{ state: 'handed_over' }, { state: 'handed_over' }] })
  await world.drain()

  const events = eventsOf(gone.body.parcels, world.clock.now())
  const told = await server.call('POST', '/tracking/events', { events }, lead)
  expect(told.body).toEqual({ accepted: 4, repeated: 0, unknown: 0 })
  await world.drain()
  const orders = await server.call('GET', `/orders/${one!.order_id}/fulfilments`, undefined, agent)
  expect(orders.body.items[0].parcels[0]).toMatchObject({
    state: 'delivered',
    scans: [{ code: 'delivered' }, { code: 'picked_up' }],
  })
  expect(await world.brokenInvariants()).toEqual([])
})

test('the way back: asked for by an agent, received and inspected by a picker, refunded', async () => {
  await using world = await freshWorld({ stock: { A: 9 } })
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  await simulateFulfilment(world.runtime, world.tenant, { limit: 1 })
  await using server = serve(world)
  const picker = await sessionOf(server, world, 'picker')
  const agent = await sessionOf(server, world, 'agent')
  const post = (url: string, body: unknown, who = picker) => server.call('POST', url, body, { ...who, ...freshKey() })
  const asked = await post(
    `/orders/${one!.order_id}/returns`,
    { lines: [{ line_no: 1, quantity: 1 }], reason: 'unwanted' },
    agent,
  )
  expect([asked.status, asked.body.state]).toEqual([201, 'requested'])
  const back = `/returns/${asked.body.return_id}`
  expect((await post(`${back}/receive`, {}, picker)).body.state).toBe('received')
  const closed = await post(`${back}/inspect`, {}, picker)
  expect(closed.body).toMatchObject({ state: 'closed', refund_due: 9_900, refund_asked: 0 })
  await world.drain()
  expect((await server.call('GET', back, undefined, agent)).body.refund_asked).toBe(9_900)
  expect((await server.call('GET', '/returns?state=closed', undefined, agent)).body.items).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('the customer sees the page by link or by number and phone, and nobody else does', async () => {
  await using world = await freshWorld({ stock: { A: 9 } })
  const [one] = await allocated(world, [{ lines: [{ sku: 'A', quantity: 1 }] }])
  await world.drain()
  await using server = serve(world)
  const { number } = await read(world, one!.order_id)
  expect((await server.call('GET', `/public/shops/${world.code}`)).body).toMatchObject({
    code: world.code,
    name: 'Test merchant',
  })
  const brief = await server.call('POST', `/public/track/${world.code}`, { number, phone_tail: '1111' })
  expect(brief.body).toMatchObject({
    level: 'brief',
    number,
    answer: { code: 'preparing' },
    destination: { name: null, address: null },
  })
  const link = await tracking.trackingLink(world.runtime, world.tenant, one!.order_id)
  const full = await server.call('GET', `/public/track${link.slice(link.indexOf('/t/') + 2)}`)
  expect(full.body).toMatchObject({
    level: 'full',
    destination: { name: '王小明' },
    waiting_items: [{ title: 'Article A', quantity: 1 }],
  })
  expect((await server.call('POST', `/public/track/${world.code}`, { number, phone_tail: '0000' })).body.code).toBe(
    'track_not_found',
  )
  expect((await server.call('GET', `/public/track/${world.code}/${'A'.repeat(43)}`)).body.code).toBe(
    'track_link_invalid',
  )
  expect((await server.call('POST', '/public/track/nobody-here', { number, phone_tail: '1111' })).status).toBe(404)
})

test('releasing two hundred orders takes at most twelve statements', async () => {
  await using world = await freshWorld({ stock: { A: 1000, B: 1000 } })
  const wish = {
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 2 },
    ],
  }
  const made = await allocated(
    world,
    Array.from({ length: 200 }, () => wish),
  )
  const jobs = made.map(({ order_id }) => ({ job_id: order_id, subject: order_id, attempts: 0, payload: null }))
  const before = world.runtime.db.statements()
  await world.transaction((tx) => warehouse.releaseFulfilments.run(tx, jobs))
  expect(world.runtime.db.statements() - before).toBeLessThanOrEqual(12)
  expect((await read(world, made[199]!.order_id)).lines[1]!.units.released).toBe(2)
})
