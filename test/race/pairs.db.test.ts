// O8: every interleaving of pairs of commands leaves one clear winner or both, never half an effect, and every invariant holds.
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as payment from '../../src/modules/payment/index.ts'
import type { Tx } from '../../src/platform/db.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { freshWorld, NETWORK, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { type Command, countStatements, interleave, schedules } from './interleave.ts'

const LONG = process.env.ORDO_LONG === '1'
const AT_MOST = LONG ? 2_000 : 24
const SEED = Number(process.env.SEED ?? 8)

interface Pair {
  readonly name: string
  /** Makes the ground for one run; answers the two commands. */
  readonly ground: (world: World) => Promise<readonly [Command, Command]>
  readonly check?: (world: World) => Promise<void>
}

let demand = 0
const claim = (tx: Tx, quantity: number) => ({
  claim_id: `${++demand}`,
  demand_id: tx.newId(),
  demand_line: 1,
  network_id: NETWORK,
  sku: 'SKU-1',
  quantity,
  expires_at: new Date('2027-01-01'),
})
const confirmed = async (world: World) => {
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-2', quantity: 2 }] }])
  await world.drain()
  return id
}
const cancel = (id: string) => async (tx: Tx) => {
  const [order] = await orders.loadOrders(tx, [id], { lock: true })
  if (order !== undefined) await orders.cancelUnits(tx, order, null, 'customer_request')
}

const pairs: readonly Pair[] = [
  {
    name: 'reserve/reserve of the last units',
    ground: async () => [(tx) => inventory.reserve(tx, [claim(tx, 3)]), (tx) => inventory.reserve(tx, [claim(tx, 3)])],
  },
  {
    name: 'count/reserve',
    ground: async () => [
      (tx) => inventory.countStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 2 }], { reason: 'count' }),
      (tx) => inventory.reserve(tx, [claim(tx, 2)]),
    ],
  },
  {
    name: 'S7 receive/adjust',
    ground: async () => [
      (tx) => inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 5 }], { reason: 'receive' }),
      (tx) => inventory.adjustStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: -1 }], { reason: 'adjust' }),
    ],
  },
  {
    name: 'cancel/cancel',
    ground: async (world) => {
      const id = await confirmed(world)
      return [cancel(id), cancel(id)]
    },
  },
  {
    name: 'cancel/hold',
    ground: async (world) => {
      const id = await confirmed(world)
      const hold: Command = async (tx) => {
        const [order] = await orders.loadOrders(tx, [id], { lock: true })
        if (order?.commercial === 'confirmed')
          await orders.placeHolds(tx, [{ order_id: id, kind: 'manual', reasons: [], blocks: ['ship'] }])
      }
      return [cancel(id), hold]
    },
  },
  {
    name: 'cancel/capture',
    ground: async (world) => {
      const id = await confirmed(world)
      const order = await read(world, id)
      return [cancel(id), (tx) => payment.captureFor(tx, [{ demand_id: id, worth: order.total, key: `capture:${id}` }])]
    },
  },
  {
    name: 'refund/refund',
    ground: async (world) => {
      const id = await confirmed(world)
      const order = await read(world, id)
      const refund =
        (key: string): Command =>
        (tx) =>
          payment.refund(tx, [{ demand_id: id, amount: (order.total * 2n) / 3n, reason: 'test', key: `${key}:${id}` }])
      return [refund('a'), refund('b')]
    },
  },
]

test.each(pairs.map((pair) => [pair.name, pair] as const))(
  'O8 every order of statements of %s keeps every invariant',
  async (_name, pair) => {
    await using world = await freshWorld({ stock: { 'SKU-1': 4, 'SKU-2': 100_000 } })
    const [first, second] = await pair.ground(world)
    const chosen = schedules(
      await countStatements(world, first),
      await countStatements(world, second),
      AT_MOST,
      seededRandomness(SEED),
    )
    for (const schedule of chosen) {
      const commands = await pair.ground(world)
      const ended = await interleave(world, [commands[0], commands[1]], schedule)
      expect(
        ended.map((end) => end.outcome),
        `seed ${SEED}, schedule ${schedule}`,
      ).toContain('done')
    }
    expect(await world.brokenInvariants()).toEqual([])
    await world.drain()
    expect(await world.brokenInvariants()).toEqual([])
  },
)
