// Promises of the shipped mappings over the real files: every row is accounted for and the money of the file is the sum of its classes.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { furnish } from '../../src/cli/import-setup.ts'
import { importFiles, openMapping, planSetup, readMapping } from '../../src/modules/intake/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { counts } from './shop.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const absent = !existsSync(data)
if (absent) console.log(`skipped: the real files are not at ${data}`)

async function taskOf(name: string, folder: string) {
  const { mapping, text } = await readMapping(`${root}mappings/${name}.json`)
  return { mapping, text, folders: [`${data}orders/${folder}`, data] }
}

async function setUp(world: World, task: Awaited<ReturnType<typeof taskOf>>) {
  const open = await openMapping(task.mapping, task.folders)
  await open.load()
  const planned = await planSetup(open, 7)
  await furnish(world.context('system'), task.mapping, planned)
  return planned
}

test('the shipped mappings fit their schema', async () => {
  for (const name of ['olist', 'uci_online_retail'])
    expect((await readMapping(`${root}mappings/${name}.json`)).mapping.name).toBe(name)
})

test.skipIf(absent)('the same seed makes the same goods and stock', async () => {
  const task = await taskOf('olist', 'olist')
  const plan = async (seed: number) => {
    const open = await openMapping(task.mapping, task.folders)
    await open.load()
    return planSetup(open, seed)
  }
  const [first, again, other] = [await plan(7), await plan(7), await plan(8)]
  expect(first.skus).toHaveLength(5068)
  expect(again).toEqual(first)
  expect(other.stock).not.toEqual(first.stock)
})

test.skipIf(absent)(
  'eight thousand orders of Olist: 7,901 are placed, 43 of them cancelled, 99 have no lines',
  async () => {
    await using world = await freshWorld()
    const task = await taskOf('olist', 'olist')
    await setUp(world, task)
    const result = await importFiles(world.context('system'), task)
    expect(result).toMatchObject({ groups: 8000, orders: { accepted: 7901, rejected: 99 }, cancelled: 43 })
    expect(result.proof).toMatchObject({
      file: { rows: 9133, amount: '1305757.32' },
      classes: [
        { outcome: 'accepted', reason: null, rows: 9034, amount: '1305757.32' },
        { outcome: 'rejected', reason: 'no_lines', rows: 99, amount: '0' },
      ],
      balances: true,
      unreadable: 0,
    })
    const [books] = await world.transaction(
      (tx) =>
        tx.sql<
          { total: bigint }[]
        >`select sum(total)::bigint as total from orders.order where tenant_id = ${tx.tenant}`,
    )
    expect(books?.total).toBe(130_575_732n)
    expect(await counts(world)).toMatchObject({ orders: 7901, staged: 0 })
    expect(await world.brokenInvariants()).toEqual([])
  },
)

test.skipIf(absent)(
  'the first invoices of UCI: goods, charges, returns of the latest line, and the rest by its reason',
  async () => {
    await using world = await freshWorld()
    const task = await taskOf('uci_online_retail', 'uci_online_retail')
    await setUp(world, task)
    const result = await importFiles(world.context('system'), { ...task, limit: 1500 })
    expect(result.proof.balances).toBe(true)
    expect(result.orders).toMatchObject({ accepted: 1144, returns: 200, rejected: 156 })
    const reasons = result.proof.classes.map(({ outcome, reason }) => [outcome, reason].filter(Boolean).join(' '))
    expect(reasons).toEqual([
      'accepted',
      'charge',
      'rejected credit_without_goods',
      'rejected no_goods',
      'rejected no_original',
      'rejected no_price',
      'rejected stock_adjustment',
      'returned',
    ])
  },
)

test.skipIf(absent)('370,931 rows of UCI are all read, and their money is £6,781,619.004', async () => {
  await using world = await freshWorld()
  const result = await importFiles(world.context('system'), {
    ...(await taskOf('uci_online_retail', 'uci_online_retail')),
    dry_run: true,
  })
  expect(result.proof.file).toEqual({ rows: 370_931, amount: '6781619.004' })
  expect(result.proof).toMatchObject({ balances: true, unreadable: 0 })
})
