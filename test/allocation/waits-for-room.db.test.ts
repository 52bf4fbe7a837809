// Who waits for room or for a carrier: each is tried when there may be some, and nobody starves behind those who cannot be helped.
import { expect, test } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { retryWaiting } from '../../src/modules/allocation/retry-exceptions.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld } from '../world/index.ts'
import { exceptionsOf, furnishRates, limitLocations, openWorkOf } from './ground.ts'
import { BEFORE_ALL, cancel, causeOf, isSent, send, stubborn, supply, waitFor } from './waiting.ts'

test('who found no room is tried at the moment when a day more is opened, and at once where a booked order is cancelled', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], {
    capacity: { slot_minutes: 1440, orders: 1, minutes_per_order: 3, minutes_per_line: 1 },
  })
  // ten in the morning in Hangzhou: today and seven days to come
  const booked = []
  for (let day = 0; day < 8; day++) booked.push(await send(world))
  const [first, second] = [await send(world), await send(world)]
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'no_room' }, { reason: 'no_room' }])
  expect(await causeOf(world, first)).toBe('slot')
  await cancel(world, booked[3] ?? '')
  await waitFor(world, MINUTE_MS)
  expect([await isSent(world, first), await isSent(world, second)]).toEqual([true, false])
  // what is not done today would be done before anything new
  const [today] = await openWorkOf(world, booked[0] ?? '')
  await world.transaction((tx) => warehouse.pickLines(tx, today?.fulfilment_id ?? '', null))
  await world.transaction((tx) => warehouse.packParcels(tx, today?.fulfilment_id ?? '', null))
  await waitFor(world, 14 * HOUR_MS - 2 * MINUTE_MS)
  expect(await isSent(world, second)).toBe(false)
  await waitFor(world, 2 * MINUTE_MS)
  expect(await isSent(world, second)).toBe(true)
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('those that wait for room are tried once for all that opens in a minute, the next ones while some is left, and whoever stands at the end is tried however often more opens', async () => {
  // whatever is booked is of other goods, so that what it frees of them helps nobody
  const [south, north] = [{ GZ1: 100 }, { HZ1: 100 }]
  await using world = await freshWorld({ stock: { 'SKU-1': north, 'SKU-2': south, 'SKU-3': north, 'SKU-4': south } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1', 'GZ1'], {
    capacity: { slot_minutes: 1440, orders: 1, minutes_per_order: 3, minutes_per_line: 1 },
  })
  const [here, there]: [string[], string[]] = [[], []]
  for (let day = 0; day < 8; day++) {
    here.push(await send(world, 1, 'SKU-3'))
    there.push(await send(world, 1, 'SKU-4'))
  }
  const front = await send(world)
  await world.transaction(
    (tx) => tx.sql`
      update allocation.exception set exception_id = '00000000-0000-0000-0000-000000000001' where tenant_id = ${tx.tenant} and order_id = ${front}`,
  )
  await stubborn(world, 450, 'no_room', 'SKU-1', 2)
  const last = await send(world, 1, 'SKU-2')
  const timers = async () =>
    world.transaction(
      (tx) => tx.sql<{ step: string }[]>`
        select step from engine.job where tenant_id = ${tx.tenant} and step in ('allocation.take-room', 'allocation.go-on-room')`,
    )
  // room elsewhere opens every minute, and helps nobody in front
  await cancel(world, there[3] ?? '')
  await cancel(world, there[4] ?? '')
  expect(await timers()).toEqual([{ step: 'allocation.take-room' }])
  await waitFor(world, MINUTE_MS)
  expect(await timers()).toEqual([{ step: 'allocation.go-on-room' }])
  expect([await isSent(world, front), await isSent(world, last)]).toEqual([false, false])
  // what opens for the first of all while the round has passed him is not missed
  await cancel(world, here[3] ?? '')
  await waitFor(world, MINUTE_MS)
  expect([await isSent(world, front), await isSent(world, last)]).toEqual([false, false])
  await cancel(world, there[5] ?? '')
  await waitFor(world, MINUTE_MS)
  expect([await isSent(world, front), await isSent(world, last)]).toEqual([false, true])
  await waitFor(world, 10_000)
  expect(await isSent(world, front)).toBe(true)
  // nobody is left but those that nothing helps: the round comes to its end
  for (let time = 0; time < 4; time++) await waitFor(world, 10_000)
  expect(await timers()).toEqual([])
})

test('what the program before this one left of those that wait for room or for a carrier reaches no others', async () => {
  await using world = await freshWorld({ stock: {} })
  await stubborn(world, 1, 'no_stock', 'SKU-1')
  await stubborn(world, 2, 'no_carrier', 'SKU-1', 2)
  const jobs = [['no_room', 'capacity'], ['no_carrier', 'out_of_area', 'no_currency_rate'], undefined].map(
    (because) => ({
      job_id: BEFORE_ALL,
      subject: world.tenant,
      attempts: 0,
      payload: { cause: 'rates', after: BEFORE_ALL, because },
    }),
  )
  const asked = (job: number) =>
    world.transaction(async (tx) => {
      await retryWaiting.run(tx, jobs.slice(job, job + 1))
      const rows = await tx.sql<{ step: string }[]>`
        select step from engine.job where tenant_id = ${tx.tenant} and due_at = ${tx.now} and step in ('allocation.allocate', 'allocation.take-room')`
      await tx.sql`delete from engine.job where tenant_id = ${tx.tenant}`
      return rows.map((row) => row.step)
    })
  expect(await asked(0)).toEqual(['allocation.take-room'])
  expect(await asked(1)).toEqual(['allocation.allocate', 'allocation.allocate'])
  expect(await asked(2)).toHaveLength(3)
})

test('room that is kept for urgent orders is tried when its slot begins, for by then everybody may have it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], {
    hours: { weekly: [{ days: [1], from: '14:00', to: '15:00' }] },
    capacity: { slot_minutes: 60, orders: 1, minutes_per_order: 3, minutes_per_line: 1, urgent_percent: 100 },
  })
  const id = await send(world)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'no_room' }])
  await waitFor(world, 4 * HOUR_MS)
  expect(await isSent(world, id)).toBe(true)
})

test('behind a thousand that nothing helps, whoever came last is tried too', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 }, 'SKU-2': { HZ1: 5 } } })
  await furnishRates(world, { only_to: ['北京市'] })
  await stubborn(world, 1001, 'no_carrier', 'SKU-2')
  const unserved = await send(world)
  expect(await causeOf(world, unserved)).toBe(null)
  await furnishRates(world)
  expect(await isSent(world, unserved)).toBe(true)
  await goLive(world, rulesDocument([row('keep', { safety_stock: '5' })]))
  await world.drain()
  const unsupplied = await send(world, 1, 'SKU-2')
  expect(await isSent(world, unsupplied)).toBe(false)
  await supply(world, 'HZ1', 'SKU-2')
  expect(await isSent(world, unsupplied)).toBe(true)
})
