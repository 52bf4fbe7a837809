// O8 on the floor and on the way back: every order of the statements of two commands leaves a clear winner or both, and every invariant holds.
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as payment from '../../src/modules/payment/index.ts'
import * as returns from '../../src/modules/returns/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { type Command, countStatements, interleave, schedules } from '../race/interleave.ts'
import { freshWorld, type World } from '../world/index.ts'
import { allocated, labelled, type Ready, released } from './furnish.ts'

const AT_MOST = process.env.ORDO_LONG === '1' ? 1_000 : 16
const SEED = Number(process.env.SEED ?? 8)
const WISH = [{ lines: [{ sku: 'A', quantity: 3 }] }]

const job = (subject: string) => ({ job_id: subject, subject, attempts: 0, payload: null })

const cancel =
  (order_id: string, quantity?: number): Command =>
  async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    const lines = quantity === undefined ? null : [{ line_no: 1, quantity }]
    if (order !== undefined) await orders.cancelUnits(tx, order, lines, 'customer_request')
  }

const count =
  (quantity: number): Command =>
  (tx) =>
    inventory.countStock(tx, [{ location_id: 'HZ1', sku: 'A', quantity }], { reason: 'count' })

const pick =
  ({ fulfilment_id }: Ready, quantity: number): Command =>
  (tx) =>
    warehouse.pickLines(tx, fulfilment_id, [{ fulfilment_line_no: 1, quantity }])

const short =
  ({ fulfilment_id }: Ready): Command =>
  (tx) =>
    warehouse.reportShort(tx, fulfilment_id, [{ fulfilment_line_no: 1, quantity: 1 }], 'missing')

const pack =
  ({ fulfilment_id }: Ready): Command =>
  (tx) =>
    warehouse.packParcels(tx, fulfilment_id, null)

const parcelOf = async (world: World, { fulfilment_id }: Ready) => {
  const [parcel] = await world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [fulfilment_id]))
  return parcel!
}

const handOver =
  (parcel_id: string): Command =>
  (tx) =>
    warehouse.handOver(tx, [{ parcel_id, at: tx.now }], 'refuse')

const scan =
  (parcel: shipping.ParcelRow, code: string): Command =>
  (tx) =>
    tracking.recordScans(tx, [
      {
        carrier: parcel.carrier,
        event_id: code,
        tracking_number: parcel.tracking_number!,
        at: tx.now,
        code,
        place: null,
      },
    ])

async function one(world: World, make: typeof released): Promise<Ready> {
  const [ready] = await make(world, WISH)
  return ready!
}

async function picked(world: World): Promise<Ready> {
  const ready = await one(world, released)
  await world.transaction(pick(ready, 3))
  return ready
}

async function shipped(world: World): Promise<{ ready: Ready; parcel: shipping.ParcelRow }> {
  const ready = await one(world, labelled)
  const parcel = await parcelOf(world, ready)
  await world.transaction(handOver(parcel.parcel_id))
  await world.drain()
  return { ready, parcel }
}

async function delivered(world: World): Promise<string> {
  const { ready, parcel } = await shipped(world)
  await world.transaction(scan(parcel, 'delivered'))
  await world.drain()
  return ready.order_id
}

const ask =
  (order_id: string, quantity: number): Command =>
  (tx) =>
    returns.requestReturn(tx, {
      order_id,
      lines: [{ line_no: 1, quantity }],
      reason: 'unwanted',
      note: null,
      undelivered: false,
    })

/** Stock for the next run, after a count has taken nearly all of it and the orders that waited were served. */
async function restore(world: World): Promise<void> {
  await world.drain()
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'A', quantity: 50 }], { reason: 'supply' }),
  )
  await world.drain()
}

type Ground = (world: World) => Promise<readonly [Command, Command]>

const pairs: Readonly<Record<string, Ground>> = {
  'cancel/release': async (world) => {
    const [ready] = await allocated(world, WISH)
    return [cancel(ready!.order_id), (tx) => warehouse.releaseFulfilments.run(tx, [job(ready!.order_id)])]
  },
  'cancel/pick': async (world) => {
    const ready = await one(world, released)
    return [cancel(ready.order_id, 2), pick(ready, 2)]
  },
  'taking out/pick': async (world) => {
    const ready = await one(world, released)
    await world.transaction(cancel(ready.order_id, 1))
    return [(tx) => warehouse.cancelWork.run(tx, [job(ready.order_id)]), pick(ready, 2)]
  },
  'cancel/pack': async (world) => {
    const ready = await picked(world)
    return [cancel(ready.order_id, 1), pack(ready)]
  },
  'cancel/ship': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [cancel(ready.order_id), handOver(parcel_id)]
  },
  'taking out/ship': async (world) => {
    const [gone, stays] = await labelled(world, [...WISH, ...WISH])
    await world.transaction(cancel(gone!.order_id))
    const { parcel_id } = await parcelOf(world, stays!)
    return [(tx) => warehouse.cancelWork.run(tx, [job(gone!.order_id)]), handOver(parcel_id)]
  },
  'pick/pick': async (world) => {
    const ready = await one(world, released)
    return [pick(ready, 2), pick(ready, 2)]
  },
  'pick/short': async (world) => {
    const ready = await one(world, released)
    return [pick(ready, 3), short(ready)]
  },
  'short/short of two orders': async (world) => {
    const [first, second] = await released(world, [...WISH, ...WISH])
    return [short(first!), short(second!)]
  },
  'short/cancel': async (world) => {
    const ready = await one(world, released)
    return [short(ready), cancel(ready.order_id)]
  },
  'ship/ship': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [handOver(parcel_id), handOver(parcel_id)]
  },
  'ship/unpack': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [handOver(parcel_id), (tx) => warehouse.unpackParcels(tx, ready.fulfilment_id, null)]
  },
  'ship/scan of the carrier': async (world) => {
    const ready = await one(world, labelled)
    const parcel = await parcelOf(world, ready)
    return [handOver(parcel.parcel_id), scan(parcel, 'delivered')]
  },
  'follow/follow': async (world) => {
    const { parcel } = await shipped(world)
    await world.transaction(scan(parcel, 'delivered'))
    const follow: Command = (tx) => tracking.followParcels.run(tx, [job(parcel.parcel_id)])
    return [follow, follow]
  },
  'scan/scan': async (world) => {
    const { parcel } = await shipped(world)
    return [scan(parcel, 'delivered'), scan(parcel, 'failed_attempt')]
  },
  'return/return': async (world) => {
    const order_id = await delivered(world)
    return [ask(order_id, 2), ask(order_id, 2)]
  },
  'return/refund': async (world) => {
    const order_id = await delivered(world)
    const back: Command = async (tx) => {
      const entry = { order_id, line_no: 1, quantity: 3, reason: 'other', at: tx.now }
      await returns.returnUnits(tx, [entry])
    }
    const goodwill: Command = (tx) =>
      payment.refund(tx, [{ demand_id: order_id, amount: 10_000n, reason: 'goodwill', key: `g:${order_id}` }])
    return [back, goodwill]
  },
  'inspect/inspect': async (world) => {
    const order_id = await delivered(world)
    const return_id = await world.transaction((tx) =>
      returns.requestReturn(tx, {
        order_id,
        lines: [{ line_no: 1, quantity: 3 }],
        reason: 'unwanted',
        note: null,
        undelivered: false,
      }),
    )
    await world.transaction((tx) => returns.receiveUnits(tx, return_id, null))
    const inspect: Command = (tx) => returns.inspectUnits(tx, return_id, null, null)
    return [inspect, inspect]
  },
  'receive/withdraw': async (world) => {
    const order_id = await delivered(world)
    const return_id = await world.transaction((tx) =>
      returns.requestReturn(tx, {
        order_id,
        lines: [{ line_no: 1, quantity: 2 }],
        reason: 'unwanted',
        note: null,
        undelivered: false,
      }),
    )
    return [
      (tx) => returns.receiveUnits(tx, return_id, null),
      (tx) => returns.endRequest(tx, return_id, 'cancel', null),
    ]
  },
  'count/release': async (world) => {
    await restore(world)
    const [ready] = await allocated(world, WISH)
    return [count(1), (tx) => warehouse.releaseFulfilments.run(tx, [job(ready!.order_id)])]
  },
  'count/pick': async (world) => {
    await restore(world)
    const ready = await one(world, released)
    return [count(1), pick(ready, 2)]
  },
  'count/ship': async (world) => {
    await restore(world)
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [count(1), handOver(parcel_id)]
  },
  'count/taking out': async (world) => {
    await restore(world)
    const ready = await one(world, labelled)
    await world.transaction(cancel(ready.order_id))
    return [count(1), (tx) => warehouse.cancelWork.run(tx, [job(ready.order_id)])]
  },
  'count/short': async (world) => {
    await restore(world)
    const ready = await one(world, released)
    return [count(1), short(ready)]
  },
}

test.each(Object.entries(pairs))('O8 every order of statements of %s keeps every invariant', async (_name, ground) => {
  await using world = await freshWorld({ stock: { A: 100_000 } })
  const [first, second] = await ground(world)
  const counts = [await countStatements(world, first), await countStatements(world, second)] as const
  for (const schedule of schedules(...counts, AT_MOST, seededRandomness(SEED))) {
    const ended = await interleave(world, [...(await ground(world))], schedule)
    expect(
      ended.map((end) => end.outcome),
      `seed ${SEED}, schedule ${schedule}`,
    ).toContain('done')
    const broken = ended.filter((end) => end.outcome === 'refused' && !isProblem(end.error))
    expect(broken, `seed ${SEED}, schedule ${schedule}`).toEqual([])
  }
  expect(await world.brokenInvariants()).toEqual([])
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

/** A refusal is told in words; anything else that fails is a defect. */
function isProblem(error: unknown): boolean {
  return error instanceof Error && error.name === 'Problem'
}
