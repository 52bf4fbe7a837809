// A model of inventory beside the real one: any sequence of commands gives the same free stock, and every invariant holds after each.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { freshWorld, NETWORK, type World } from '../world/index.ts'

const LONG = process.env.ORDO_LONG === '1'
const RUNS = LONG ? 400 : 12
const SKU = 'SKU-1'
const PLACES = ['HZ1', 'GZ1']

interface Demand {
  readonly demand_id: string
  open: number
  placed: Record<string, number>
}

/** What the model knows: units at each place, and open demands with where they are allocated. */
interface Model {
  onHand: Record<string, number>
  demands: Demand[]
}

type Command = fc.AsyncCommand<Model, World, false>

const at = (model: Model, place: string) => model.onHand[place] ?? 0
const placedAt = (model: Model, place: string) =>
  model.demands.reduce((sum, demand) => sum + (demand.placed[place] ?? 0), 0)
const placedOf = (demand: Demand) => PLACES.reduce((sum, place) => sum + (demand.placed[place] ?? 0), 0)
const supply = (model: Model) => PLACES.reduce((sum, place) => sum + at(model, place), 0)
const reserved = (model: Model) => model.demands.reduce((sum, demand) => sum + demand.open, 0)

function command(
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, world: World) => Promise<void>,
): Command {
  return {
    check,
    async run(model, world) {
      await run(model, world)
      const [row] = await world.transaction((tx) => inventory.availability(tx, NETWORK, [SKU]))
      expect(row?.free ?? 0).toBe(supply(model) - reserved(model))
    },
    toString: () => name,
  }
}

const receive = (place: string, quantity: number) =>
  command(
    `receive ${quantity} at ${place}`,
    () => true,
    async (model, world) => {
      await world.transaction((tx) =>
        inventory.receiveStock(tx, [{ location_id: place, sku: SKU, quantity }], { reason: 'model' }),
      )
      model.onHand[place] = at(model, place) + quantity
    },
  )

const reserve = (quantity: number) =>
  command(
    `reserve ${quantity}`,
    () => true,
    async (model, world) => {
      const demand_id = world.runtime.db.newId()
      const expires_at = new Date('2030-01-01')
      const answer = await world.transaction((tx) =>
        inventory.reserve(tx, [
          { claim_id: '1', demand_id, demand_line: 1, network_id: NETWORK, sku: SKU, quantity, expires_at },
        ]),
      )
      const fits = supply(model) - reserved(model) >= quantity
      expect(answer.granted.length).toBe(fits ? 1 : 0)
      if (fits) model.demands.push({ demand_id, open: quantity, placed: {} })
    },
  )

const pick = (model: Model, index: number) => model.demands[index % Math.max(1, model.demands.length)]

const allocate = (index: number, place: string) =>
  command(
    `allocate demand ${index} at ${place}`,
    (model) => model.demands.length > 0,
    async (model, world) => {
      const demand = pick(model, index)
      const quantity = demand === undefined ? 0 : demand.open - placedOf(demand)
      if (demand === undefined || quantity === 0) return
      const answer = await world.transaction((tx) =>
        inventory.allocate(tx, [
          { demand_id: demand.demand_id, demand_line: 1, location_id: place, sku: SKU, quantity },
        ]),
      )
      const fits = at(model, place) - placedAt(model, place) >= quantity
      expect(answer.placed.length).toBe(fits ? 1 : 0)
      if (fits) demand.placed[place] = (demand.placed[place] ?? 0) + quantity
    },
  )

const ship = (index: number, place: string) =>
  command(
    `ship demand ${index} from ${place}`,
    (model) => (pick(model, index)?.placed[place] ?? 0) > 0,
    async (model, world) => {
      const demand = pick(model, index)
      const quantity = demand?.placed[place] ?? 0
      if (demand === undefined || quantity === 0) return
      await world.transaction((tx) =>
        inventory.ship(tx, [
          {
            demand_id: demand.demand_id,
            demand_line: 1,
            location_id: place,
            sku: SKU,
            quantity,
            reference: demand.demand_id,
          },
        ]),
      )
      model.onHand[place] = at(model, place) - quantity
      demand.open -= quantity
      demand.placed[place] = 0
    },
  )

const release = (index: number) =>
  command(
    `release demand ${index}`,
    (model) => model.demands.length > 0,
    async (model, world) => {
      const demand = pick(model, index)
      if (demand === undefined || demand.open === 0) return
      await world.transaction((tx) =>
        inventory.release(tx, [{ demand_id: demand.demand_id, demand_line: 1, quantity: demand.open }]),
      )
      demand.open = 0
      demand.placed = {}
    },
  )

const count = (place: string, found: number) =>
  command(
    `count ${found} at ${place}`,
    (model) => placedAt(model, place) <= found && supply(model) - at(model, place) + found >= reserved(model),
    async (model, world) => {
      await world.transaction((tx) =>
        inventory.countStock(tx, [{ location_id: place, sku: SKU, quantity: found }], { reason: 'model' }),
      )
      model.onHand[place] = found
    },
  )

const place = fc.constantFrom(...PLACES)
const few = fc.integer({ min: 1, max: 9 })
const commands = fc.commands<Model, World, false>(
  [
    fc.tuple(place, few).map(([where, quantity]) => receive(where, quantity)),
    few.map(reserve),
    fc.tuple(fc.nat(9), place).map(([index, where]) => allocate(index, where)),
    fc.tuple(fc.nat(9), place).map(([index, where]) => ship(index, where)),
    fc.nat(9).map(release),
    fc.tuple(place, fc.nat(12)).map(([where, found]) => count(where, found)),
  ],
  { maxCommands: 24 },
)

test('S1 S2 S3 any sequence of commands on stock agrees with the model and keeps every invariant', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const world = await freshWorld({ stock: { [SKU]: 0 } })
      try {
        await fc.asyncModelRun(() => ({ model: { onHand: {}, demands: [] }, real: world }), sequence)
        // Demands of the model are no orders: only the promises about stock are asked.
        expect((await world.brokenInvariants()).filter((broken) => broken.name.startsWith('S'))).toEqual([])
      } finally {
        await world[Symbol.asyncDispose]()
      }
    }),
    { numRuns: RUNS, ...(process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) }) },
  )
})
