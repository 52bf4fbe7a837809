// Commands of the floor and of the way back for races, the ground that each needs, and the race itself.
import { expect } from 'vitest'
import type { RejectionReason } from '../../src/contracts/rejections.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as returns from '../../src/modules/returns/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { type Command, countStatements, interleave, schedules } from '../race/interleave.ts'
import { freshWorld, type World } from '../world/index.ts'
import { labelled, type Ready, released } from './furnish.ts'

const AT_MOST = process.env.ORDO_LONG === '1' ? 1_000 : 16
const SEED = Number(process.env.SEED ?? 8)
export const WISH = [{ lines: [{ sku: 'A', quantity: 3 }] }]

export const job = (subject: string) => ({ job_id: subject, subject, attempts: 0, payload: null })

export const cancel =
  (order_id: string, quantity?: number): Command =>
  async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    const lines = quantity === undefined ? null : [{ line_no: 1, quantity }]
    if (order !== undefined) await orders.cancelUnits(tx, order, lines, 'customer_request')
  }

export const count =
  (quantity: number): Command =>
  (tx) =>
    inventory.countStock(tx, [{ location_id: 'HZ1', sku: 'A', quantity }], { reason: 'count' })

export const pick =
  ({ fulfilment_id }: Ready, quantity: number): Command =>
  (tx) =>
    warehouse.pickLines(tx, fulfilment_id, [{ fulfilment_line_no: 1, quantity }])

export const short =
  ({ fulfilment_id }: Ready): Command =>
  (tx) =>
    warehouse.reportShort(tx, fulfilment_id, [{ fulfilment_line_no: 1, quantity: 1 }], 'missing')

export const reject =
  ({ fulfilment_id }: Ready, reason: RejectionReason): Command =>
  async (tx) => {
    const [header] = await tx.sql<{ version: number }[]>`
      select version from warehouse.fulfilment_order where tenant_id = ${tx.tenant} and fulfilment_id = ${fulfilment_id}`
    await warehouse.rejectFulfilment(tx, fulfilment_id, { reason, version: header!.version })
  }

export const pack =
  ({ fulfilment_id }: Ready): Command =>
  (tx) =>
    warehouse.packParcels(tx, fulfilment_id, null)

export const parcelOf = async (world: World, { fulfilment_id }: Ready) => {
  const [parcel] = await world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [fulfilment_id]))
  return parcel!
}

export const handOver =
  (parcel_id: string): Command =>
  (tx) =>
    warehouse.handOver(tx, [{ parcel_id, at: tx.now }], 'refuse')

export const scan =
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

export async function one(world: World, make: typeof released): Promise<Ready> {
  const [ready] = await make(world, WISH)
  return ready!
}

export async function picked(world: World): Promise<Ready> {
  const ready = await one(world, released)
  await world.transaction(pick(ready, 3))
  return ready
}

export async function shipped(world: World): Promise<{ ready: Ready; parcel: shipping.ParcelRow }> {
  const ready = await one(world, labelled)
  const parcel = await parcelOf(world, ready)
  await world.transaction(handOver(parcel.parcel_id))
  await world.drain()
  return { ready, parcel }
}

export async function delivered(world: World): Promise<string> {
  const { ready, parcel } = await shipped(world)
  await world.transaction(scan(parcel, 'delivered'))
  await world.drain()
  return ready.order_id
}

export const ask =
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
export async function restore(world: World): Promise<void> {
  await world.drain()
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'A', quantity: 50 }], { reason: 'supply' }),
  )
  await world.drain()
}

export type Ground = (world: World) => Promise<readonly [Command, Command]>

/** Runs both commands of a pair in every order of their statements, or in so many of them as time allows; one at least wins each time. */
export async function race(ground: Ground): Promise<void> {
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
}

/** A refusal is told in words; anything else that fails is a defect. */
function isProblem(error: unknown): boolean {
  return error instanceof Error && error.name === 'Problem'
}
