// What waits in the queue keeps its reason and its queue, whatever a person decides about the rest of the order.
import { expect, test } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { listExceptions } from '../../src/modules/allocation/store-exceptions.ts'
import { reportShort } from '../../src/modules/warehouse/index.ts'
import { furnishRates } from '../allocation/ground.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { decide, placesOf, workOf } from './hand.ts'

const FIRST = '00000000-0000-0000-0000-000000000000'
const queued = async (world: World) =>
  (await world.transaction((tx) => listExceptions(tx, FIRST, 10))).map(({ reason, queue, skus, units, value }) => ({
    ...{ reason, queue, skus, units, value },
  }))

const parking = rulesDocument([row('cold', { locations: '["CD1"]', on_failure: '"park"', park_in: '"cold-desk"' })])

test('a decision about the work of one line leaves what another line waits for as it is', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 }, 'SKU-2': { BJ1: 9 } } })
  await furnishRates(world)
  const lines = [
    { sku: 'SKU-1', quantity: 2 },
    { sku: 'SKU-2', quantity: 1 },
  ]
  const [id = ''] = await place(world, [{ lines }])
  await world.drain()
  const work = new Map((await workOf(world, id)).map((one) => [one.location_id, one.fulfilment_id]))
  await goLive(world, parking)
  await world.transaction((tx) =>
    reportShort(tx, work.get('BJ1') ?? '', [{ scan_id: tx.newId(), fulfilment_line_no: 1, quantity: 1 }], 'wrong_item'),
  )
  await world.drain()
  const waits = [{ reason: 'parked', queue: 'cold-desk', skus: ['SKU-2'], units: 1, value: 9_900n }]
  expect(await queued(world)).toEqual(waits)
  await decide(world, id, { kind: 'move', fulfilment_id: work.get('HZ1') ?? '', location_id: 'GZ1' })
  expect(await queued(world)).toEqual(waits)
  const [moved] = await workOf(world, id)
  const fulfilment_id = moved?.fulfilment_id ?? ''
  await decide(world, id, { kind: 'split', fulfilment_id, lines: [{ line_no: 1, quantity: 1 }] })
  await decide(world, id, {
    kind: 'merge',
    fulfilment_ids: (await workOf(world, id)).map((one) => one.fulfilment_id),
  })
  await world.drain()
  expect(await queued(world)).toEqual(waits)
  expect(await placesOf(world, id)).toEqual(['GZ1 2'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('of what is parked a person gives some units a place: the rest stays in its queue, and is less', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9 } } })
  await furnishRates(world)
  await goLive(world, parking)
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 3 }] }])
  await world.drain()
  const waits = { reason: 'parked', queue: 'cold-desk', skus: ['SKU-1'], units: 3, value: 29_700n }
  expect(await queued(world)).toEqual([waits])
  const some = [{ location_id: 'HZ1', lines: [{ line_no: 1, quantity: 1 }] }]
  await decide(world, id, { kind: 'allocate', parts: some })
  const less = { ...waits, units: 2, value: 19_800n }
  expect(await queued(world)).toEqual([less])
  await world.drain()
  expect(await queued(world)).toEqual([less])
  expect(await placesOf(world, id)).toEqual(['HZ1 1'])
  await decide(world, id, { kind: 'allocate', parts: [{ location_id: 'HZ1' }] })
  expect(await queued(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})
