// Every invariant can fail: each is broken on purpose and must say so; one without a way to break it is not accepted.
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invariants } from '../../src/platform/invariants.ts'
import { startTestDatabase } from '../world/database.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { breakings } from './breaking.ts'

let database: Awaited<ReturnType<typeof startTestDatabase>>
let world: World
let sql: postgres.Sql

beforeAll(async () => {
  database = await startTestDatabase()
  world = await freshWorld({
    stock: { 'SKU-1': 20, 'SKU-2': 5 },
    app_url: database.app_url,
    admin_url: database.admin_url,
  })
  await place(world, [
    {
      lines: [
        { sku: 'SKU-1', quantity: 2 },
        { sku: 'SKU-2', quantity: 1 },
      ],
      shipping_minor: 800n,
    },
    { lines: [{ sku: 'SKU-1', quantity: 1 }] },
  ])
  await world.drain()
  sql = postgres(database.admin_url, { max: 1, onnotice: () => {} })
})

afterAll(async () => {
  await sql.end()
  await world[Symbol.asyncDispose]()
  await database.remove()
})

test('no invariant is broken before anything is damaged', async () => {
  expect(await world.brokenInvariants()).toEqual([])
})

test('every invariant has a way to break it, and each way an invariant', () => {
  expect(breakings.map((entry) => entry.invariant).sort()).toEqual(
    invariants()
      .map((entry) => entry.name)
      .sort(),
  )
})

test.each(breakings.map((entry) => [entry.invariant, entry] as const))(
  '%s says when it is broken',
  async (name, { damage }) => {
    const invariant = invariants().find((entry) => entry.name === name)
    const rows: unknown[] = []
    const rolledBack = sql.begin(async (tx) => {
      for (const statement of damage) await tx.unsafe(statement.replaceAll(':tenant', `'${world.tenant}'`))
      await tx.unsafe('set local role ordo_maintenance')
      rows.push(...(await tx.unsafe(`select * from (\n${invariant?.text}\n) v where v.tenant_id = '${world.tenant}'`)))
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    expect(rows.length).toBeGreaterThan(0)
  },
)
