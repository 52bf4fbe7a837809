// S1 S5 S7: what people do to stock beside what orders do to it: every order of statements, and a crowd of all at once, without a deadlock.
import { beforeEach, expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { sqlState, type Tx } from '../../src/platform/db.ts'
import { type Randomness, seededRandomness } from '../../src/platform/ids.ts'
import { freshWorld, NETWORK, type World } from '../world/index.ts'
import { type Command, countStatements, interleave, schedules } from './interleave.ts'

const LONG = process.env.ORDO_LONG === '1'
const AT_MOST = LONG ? 1_000 : 20
const SEED = Number(process.env.SEED ?? 11)
const CROWD = 8
const ROUNDS = LONG ? 600 : 60

interface Demand {
  readonly demand_id: string
  readonly sku: string
  readonly quantity: number
}

/** Every demand of the test that runs. */
let known: Demand[] = []
beforeEach(() => {
  known = []
})

const expires_at = new Date('2030-01-01')

/** A demand with a reservation, which nothing but these tests knows. */
async function reserved(tx: Tx, sku: string, quantity: number): Promise<Demand | undefined> {
  const demand_id = tx.newId()
  const claim = { claim_id: '1', demand_id, demand_line: 1, network_id: NETWORK, sku, quantity, expires_at }
  const { granted } = await inventory.reserve(tx, [claim])
  if (granted.length === 0) return undefined
  const demand = { demand_id, sku, quantity }
  known.push(demand)
  return demand
}

const placeOf = (demand: Demand, location_id: string) => ({ ...demand, demand_line: 1, location_id })
const allocate = (demand: Demand, location_id: string) => (tx: Tx) =>
  inventory.allocate(tx, [placeOf(demand, location_id)])
const release = (demand: Demand) => (tx: Tx) => inventory.release(tx, [{ ...demand, demand_line: 1 }])
const ship = (demand: Demand, location_id: string) => (tx: Tx) =>
  inventory.ship(tx, [{ ...placeOf(demand, location_id), reference: demand.demand_id }])
const count = (location_id: string, quantity: number) => (tx: Tx) =>
  inventory.countStock(tx, [{ location_id, sku: 'SKU-1', quantity }], { reason: 'count' })
const transfer = (location_id: string, to_location_id: string, quantity: number) => (tx: Tx) =>
  inventory.transferStock(tx, [{ location_id, to_location_id, sku: 'SKU-1', quantity }], { reason: 'transfer' })
const receive = (location_id: string, quantity: number) => (tx: Tx) =>
  inventory.receiveStock(tx, [{ location_id, sku: 'SKU-1', quantity }], { reason: 'receive' })

/** The invariants of stock; these demands are nobody's orders, so those that join them with warehouse work do not apply. */
async function brokenStock(world: World) {
  return (await world.brokenInvariants()).filter((broken) => broken.name.startsWith('S'))
}

/** Two demands of two units, the first allocated at HZ1, with just enough stock at HZ1 and GZ1. */
async function ground(world: World): Promise<readonly [Demand, Demand]> {
  return world.transaction(async (tx) => {
    await count('HZ1', 6)(tx)
    await count('GZ1', 6)(tx)
    const first = await reserved(tx, 'SKU-1', 2)
    const second = await reserved(tx, 'SKU-1', 2)
    if (first === undefined || second === undefined) throw new Error('the ground holds enough for both')
    await allocate(first, 'HZ1')(tx)
    return [first, second] as const
  })
}

const pairs: readonly [string, (first: Demand, second: Demand) => readonly [Command, Command]][] = [
  ['count/allocate', (_, second) => [count('HZ1', 1), allocate(second, 'HZ1')]],
  ['count/allocate elsewhere', (_, second) => [count('HZ1', 0), allocate(second, 'GZ1')]],
  ['count/release', (first) => [count('HZ1', 1), release(first)]],
  ['count/ship', (first) => [count('HZ1', 1), ship(first, 'HZ1')]],
  ['transfer/allocate', (_, second) => [transfer('HZ1', 'GZ1', 5), allocate(second, 'HZ1')]],
  ['transfer/release', (first) => [transfer('HZ1', 'GZ1', 5), release(first)]],
  ['ship/release', (first, second) => [ship(first, 'HZ1'), release(second)]],
  ['reserve/release', (first) => [(tx) => reserved(tx, 'SKU-1', 2), release(first)]],
  ['receive/release', (first) => [receive('HZ1', 3), release(first)]],
]

test.each(pairs)('S5 S7 every order of statements of %s keeps every invariant and never deadlocks', async (_, pair) => {
  await using world = await freshWorld({ stock: { 'SKU-1': 4 } })
  const chosen = await world.transaction(async () => {
    const [first, second] = pair(...(await ground(world)))
    const steps = [await countStatements(world, first), await countStatements(world, second)] as const
    return schedules(steps[0], steps[1], AT_MOST, seededRandomness(SEED))
  })
  for (const schedule of chosen) {
    const [first, second] = pair(...(await ground(world)))
    const ended = await interleave(world, [first, second], schedule)
    expect(
      ended.map((end) => end.outcome),
      `seed ${SEED}, schedule ${schedule}`,
    ).toContain('done')
    const ending = known.splice(0).map((demand) => ({ ...demand, demand_line: 1 }))
    await world.transaction((tx) => inventory.release(tx, ending))
  }
  expect(await brokenStock(world)).toEqual([])
})

test('S3 a location that closes takes its stock from the supply, and what is shipped from it then takes nothing more', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 4, GZ1: 4 } } })
  const close = (is_open: boolean) => (tx: Tx) =>
    inventory.followLocation(tx, { location_id: 'HZ1', network_id: NETWORK, is_open })
  const [first] = await world.transaction(async (tx) => {
    const demand = await reserved(tx, 'SKU-1', 2)
    if (demand === undefined) throw new Error('there is enough')
    await allocate(demand, 'HZ1')(tx)
    return [demand]
  })
  await world.transaction(close(false))
  expect(await brokenStock(world)).toEqual([])
  await world.transaction(ship(first, 'HZ1'))
  expect(await brokenStock(world)).toEqual([])
  await world.transaction(close(true))
  expect(await brokenStock(world)).toEqual([])
  const [row] = await world.transaction((tx) => inventory.availability(tx, NETWORK, ['SKU-1']))
  expect(row).toMatchObject({ supply: 6, reserved: 0 })
})

type Turn = (random: Randomness, demands: Demand[]) => Command

const any = <Item>(random: Randomness, list: readonly Item[]) => list[random.below(Math.max(1, list.length))]
const SKUS = ['SKU-1', 'SKU-2', 'SKU-3']
const PLACES = ['HZ1', 'GZ1', 'CD1']

/** What anybody may do at any time; a demand belongs to the hand that took it, as an order's lock would have it. */
const turns: readonly Turn[] = [
  (random, demands) => async (tx) => {
    const demand = await reserved(tx, any(random, SKUS) ?? 'SKU-1', 1 + random.below(3))
    if (demand !== undefined) tx.afterCommit(() => demands.push(demand))
  },
  (random, demands) => async (tx) => {
    const some = demands.filter(() => random.below(2) === 0)
    await inventory.allocate(
      tx,
      some.map((demand) => placeOf(demand, any(random, PLACES) ?? 'HZ1')),
    )
  },
  (random, demands) => async (tx) => {
    const some = demands.filter(() => random.below(3) === 0)
    await inventory.release(
      tx,
      some.map((demand) => ({ ...demand, demand_line: 1 })),
    )
  },
  (random) => (tx) => {
    const lines = SKUS.map((sku) => ({ location_id: any(random, PLACES) ?? 'HZ1', sku, quantity: random.below(12) }))
    return inventory.countStock(tx, lines.toReversed(), { reason: 'count' })
  },
  (random) => (tx) => {
    const line = { location_id: 'HZ1', to_location_id: 'GZ1', sku: any(random, SKUS) ?? 'SKU-1', quantity: 1 }
    return inventory.transferStock(tx, [line], { reason: 'transfer' })
  },
  (random) => (tx) =>
    inventory.receiveStock(
      tx,
      SKUS.map((sku) => ({ location_id: any(random, PLACES) ?? 'HZ1', sku, quantity: 2 })),
      { reason: 'receive' },
    ),
]

test('S1 S7 a crowd that counts, moves, reserves, allocates and releases the same goods meets no deadlock', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 20, 'SKU-2': 20, 'SKU-3': 20 } })
  const refusals: unknown[] = []
  const hand = async (seed: number) => {
    const random = seededRandomness(seed)
    const demands: Demand[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const turn = any(random, turns)
      if (turn !== undefined) await world.transaction(turn(random, demands)).catch((error) => refusals.push(error))
    }
  }
  await Promise.all(Array.from({ length: CROWD }, (_, place) => hand(SEED * 100 + place)))
  // Goods that are not there cannot be moved: the only thing that may be refused.
  const other = refusals.filter(
    (error) => !(error instanceof Error && 'code' in error && error.code === 'stock_negative'),
  )
  expect(other.map((error) => sqlState(error) ?? String(error))).toEqual([])
  expect(await brokenStock(world)).toEqual([])
})
