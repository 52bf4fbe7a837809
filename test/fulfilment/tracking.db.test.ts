// Tracking: scans in any order and number of copies lead to the same end; silence calls a person; guessing is locked out.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endHolds, placeHolds } from '../../src/modules/orders/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import { contractTrackingNumber } from '../../src/modules/shipping/make-numbers.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import { trackOf } from '../../src/modules/tracking/rank-scans.ts'
import { openExceptionPage, tracksOf } from '../../src/modules/tracking/store.ts'
import { tryNumber } from '../../src/modules/tracking/try-number.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { DAY_MS, HOUR_MS, later } from '../../src/platform/clock.ts'
import { tenantOf } from '../../src/platform/tenants.ts'
import { freshWorld, type World } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { packed, released } from './furnish.ts'

async function parcelOf(world: World, fulfilment_id: string) {
  const [parcel] = await world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [fulfilment_id]))
  return parcel!
}

async function shipped(world: World) {
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  const { parcel_id } = await parcelOf(world, one!.fulfilment_id)
  await world.transaction((tx) => warehouse.handOver(tx, [{ parcel_id, at: tx.now }], 'refuse'))
  await world.drain()
  return { ...one!, parcel: await parcelOf(world, one!.fulfilment_id) }
}

const way = ['picked_up', 'departed', 'arrived', 'failed_attempt', 'out_for_delivery', 'delivered'] as const

function scansOf(parcel: { carrier: string; tracking_number: string | null }, codes: readonly string[], start: Date) {
  return codes.map((code, index) => ({
    carrier: parcel.carrier,
    event_id: `e${index}`,
    tracking_number: parcel.tracking_number ?? '',
    at: later(start, index * HOUR_MS),
    code,
    place: '杭州市',
  }))
}

test('H4 scans in any order and any number of copies say the same of a parcel', () => {
  const code = fc.constantFrom(...tracking.scanCodes)
  const scan = fc.record({
    event_id: fc.string({ maxLength: 4 }),
    at: fc.integer({ min: 0, max: 20 }).map((hour) => new Date(hour * HOUR_MS)),
    code,
    place: fc.constant(null),
  })
  fc.assert(
    fc.property(
      fc
        .uniqueArray(scan, { maxLength: 12, selector: (one) => `${one.event_id} ${one.at.getTime()}` })
        .chain((scans) => fc.tuple(fc.constant(scans), fc.shuffledSubarray([...scans], { minLength: scans.length }))),
      ([scans, shuffled]) => {
        expect(trackOf(shuffled)).toEqual(trackOf(scans))
        expect(trackOf([...shuffled, ...scans]).rank).toBe(trackOf(scans).rank)
      },
    ),
  )
})

test('H4 whichever way its scans come, one by one or all at once, the parcel is delivered and so are its units', async () => {
  await using world = await freshWorld({ stock: { A: 20 } })
  const ends = []
  for (const order of [
    [0, 1, 2, 3, 4, 5],
    [5, 4, 3, 2, 1, 0],
    [5, 0, 0, 3, 5, 1, 4, 2],
  ]) {
    const { order_id, parcel } = await shipped(world)
    const scans = scansOf(parcel, way, world.clock.now())
    for (const index of order) {
      await world.transaction((tx) => tracking.recordScans(tx, [scans[index]!]))
      if (index % 2 === 0) await world.drain()
    }
    await world.drain()
    const [track] = await world.transaction((tx) => tracksOf(tx, [parcel.parcel_id]))
    const { parcel_id: _id, watched_since: _since, ...end } = track!
    ends.push({
      ...end,
      units: (await read(world, order_id)).lines[0]!.units.delivered,
      commercial: (await read(world, order_id)).commercial,
    })
  }
  expect(ends[0]).toMatchObject({ status: 'delivered', units: 2, commercial: 'closed' })
  expect(ends[1]).toEqual(ends[0])
  expect(ends[2]).toEqual(ends[0])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a parcel that the carrier delivers without a scan at the dock has been handed over all the same', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  const parcel = await parcelOf(world, one!.fulfilment_id)
  await world.transaction((tx) => tracking.recordScans(tx, scansOf(parcel, ['delivered'], tx.now)))
  await world.drain()
  expect((await read(world, one!.order_id)).lines[0]!.units).toMatchObject({ packed: 0, shipped: 0, delivered: 2 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('scans that come before the label is recorded are kept and count afterwards', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 1 }] }])
  await world.transaction((tx) => warehouse.pickLines(tx, one!.fulfilment_id, null))
  await world.transaction((tx) => warehouse.packParcels(tx, one!.fulfilment_id, null))
  const parcel = await parcelOf(world, one!.fulfilment_id)
  const tracking_number = contractTrackingNumber(parcel.carrier, parcel.parcel_id)
  const answer = await world.transaction((tx) =>
    tracking.recordScans(tx, scansOf({ ...parcel, tracking_number }, ['delivered'], tx.now)),
  )
  expect(answer).toEqual({ accepted: 1, repeated: 0, unknown: 1 })
  await world.drain()
  await world.transaction((tx) => warehouse.handOver(tx, [{ parcel_id: parcel.parcel_id, at: tx.now }], 'refuse'))
  await world.drain()
  expect((await read(world, one!.order_id)).lines[0]!.units.delivered).toBe(1)
})

test('silence past the promise opens one exception, and an arrival closes it', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const { parcel } = await shipped(world)
  for (let day = 0; day < 20; day++) {
    world.clock.advance(DAY_MS)
    await world.drain()
  }
  const open = () => world.transaction((tx) => openExceptionPage(tx, null, 10))
  expect(await open()).toMatchObject([{ parcel_id: parcel.parcel_id, kind: 'stuck' }])
  await world.transaction((tx) => tracking.recordScans(tx, scansOf(parcel, ['delivered'], tx.now)))
  await world.drain()
  expect(await open()).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a parcel that a person gives up for lost takes its units along', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const { parcel, order_id } = await shipped(world)
  await world.transaction((tx) => tracking.recordScans(tx, scansOf(parcel, ['picked_up', 'lost'], tx.now)))
  const [exception] = await world.transaction((tx) => openExceptionPage(tx, null, 10))
  await world.transaction((tx) => tracking.closeException(tx, exception!.exception_id, 'lost', null))
  await world.drain()
  expect((await read(world, order_id)).lines[0]!.units.lost).toBe(2)
  expect(await world.brokenInvariants()).toEqual([])
})

test('the link of an order opens this order only, and a changed letter none', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const { order_id } = await shipped(world)
  const { secrets } = world.runtime
  const token = tracking.signOrder(secrets, world.tenant, order_id)
  expect(tracking.readToken(secrets, world.tenant, token)).toBe(order_id)
  expect(tracking.readToken(secrets, world.runtime.db.newId(), token)).toBeNull()
  for (let place = 0; place < token.length; place++) {
    const changed = token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1)
    const other = tracking.readToken(secrets, world.tenant, changed)
    expect(other === null || Buffer.from(changed, 'base64url').equals(Buffer.from(token, 'base64url'))).toBe(true)
  }
  const link = await tracking.trackingLink(world.runtime, world.tenant, order_id)
  expect(link.endsWith(`/t/${world.code}/${token}`)).toBe(true)
})

test('T12 number and phone tail: brief view without name or address, five wrong tries an hour, then locked for an hour', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const { order_id } = await shipped(world)
  const { number } = await read(world, order_id)
  const context = world.context('public')
  expect(await tryNumber(context, number.toLowerCase(), '1111', '192.0.2.1')).toBe(order_id)
  const wrong = await Promise.allSettled(
    Array.from({ length: 9 }, () => tryNumber(context, number, '0000', '192.0.2.1')),
  )
  const codes = wrong.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'right'))
  expect(codes.filter((code) => code === 'track_not_found')).toHaveLength(5)
  expect(codes.filter((code) => code === 'track_locked')).toHaveLength(4)
  await expect(tryNumber(context, number, '1111', '192.0.2.1')).rejects.toMatchObject({ code: 'track_locked' })
  world.clock.advance(HOUR_MS + 1)
  expect(await tryNumber(context, number, '1111', '192.0.2.1')).toBe(order_id)
  const tenant = await tenantOf(world.runtime.db.sql, world.tenant)
  const brief = await world.transaction((tx) =>
    tracking.viewTracking(tx, tenant, order_id, { level: 'brief', language: 'en' }),
  )
  expect(brief.destination).toEqual({ country: 'CN', region: '浙江省', city: '杭州市', name: null, address: null })
  expect(JSON.stringify(brief)).not.toMatch(/王小明|文三路|1380000/)
  expect(brief.answer.code).toBe('arriving')
  const full = await world.transaction((tx) =>
    tracking.viewTracking(tx, tenant, order_id, { level: 'full', language: 'zh' }),
  )
  expect(full.parcels[0]!.items).toEqual([{ title: 'Article A', quantity: 2 }])
  expect(full.steps.map((step) => step.state)).toEqual(['done', 'done', 'done', 'done', 'now'])
})

test('a parcel that left although its order was held calls a person, and follows its scans once the hold ends', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  const parcel = await parcelOf(world, one!.fulfilment_id)
  const hold = { order_id: one!.order_id, kind: 'manual', reasons: [], blocks: ['ship'] as const }
  const [hold_id = ''] = await world.transaction((tx) => placeHolds(tx, [hold]))
  await world.transaction((tx) => tracking.recordScans(tx, scansOf(parcel, ['picked_up', 'delivered'], tx.now)))
  await world.drain()
  expect((await read(world, one!.order_id)).lines[0]!.units.packed).toBe(2)
  const called = await world.transaction((tx) => openExceptionPage(tx, null, 10))
  expect(called).toMatchObject([{ parcel_id: parcel.parcel_id, code: 'stopped' }])
  await world.transaction((tx) => endHolds(tx, [hold_id], 'released'))
  world.clock.advance(2 * HOUR_MS)
  await world.drain()
  expect((await read(world, one!.order_id)).lines[0]!.units.delivered).toBe(2)
  expect(await world.transaction((tx) => openExceptionPage(tx, null, 10))).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})
