// R4 O5: the real files go all the way: every row is accounted for by an account that Ordo has no part in, and nothing stands still without a reason.
import { expect, test } from 'vitest'
import { importFiles, openMapping, planSetup } from '../../src/modules/intake/index.ts'
import { freshWorld } from '../world/index.ts'
import { absent, data, millionths, type Name, setUp, sum, taskOf, walk, worthOfRows } from './real-world.ts'
import { counts } from './shop.ts'

const LONG = process.env.ORDO_LONG === '1'
const AN_HOUR_MS = 3_600_000
if (absent) console.log(`skipped: the real files are not at ${data}`)
else if (!LONG) console.log('skipped: the whole data sets are walked by npm run test:long')

test('the shipped mappings fit their schema', async () => {
  const names: readonly Name[] = ['olist', 'uci_online_retail']
  for (const name of names) expect((await taskOf(name)).mapping.name).toBe(name)
})

test.skipIf(absent)('the same seed makes the same goods and stock', async () => {
  const task = await taskOf('olist')
  const plan = async (seed: number) => {
    const open = await openMapping(task.mapping, task.folders)
    await open.load()
    return planSetup(open, seed, 300)
  }
  const [first, again, other] = [await plan(7), await plan(7), await plan(8)]
  expect(first.skus.length).toBeGreaterThan(200)
  expect(again).toEqual(first)
  expect(other.stock).not.toEqual(first.stock)
})

test.skipIf(absent)('a second set-up changes nothing: the same rules, the stock received once', async () => {
  await using world = await freshWorld()
  const task = await taskOf('olist')
  const first = await setUp(world, task, 50)
  const second = await setUp(world, task, 50)
  expect(first.furnished).toMatchObject({ received: true, waived: { left: [] } })
  expect(first.furnished.waived?.changed).toBeGreaterThan(5)
  expect(second.furnished).toMatchObject({ received: false, waived: { changed: 0 } })
})

/** Walks a data set and holds its report against the files themselves. */
async function walkProven(name: Name, limit?: number) {
  await using world = await freshWorld()
  const { result, outcome, report } = await walk(world, name, limit)
  const last = [...report.keys()].reduce((most, place) => Math.max(most, Number(place.split(' ')[1])), 0)
  const rows = worthOfRows(name, limit === undefined ? undefined : last)
  const wrong = [...report].filter(([place, { worth }]) => rows.get(place) !== worth).map(([place]) => place)
  expect(wrong).toEqual([])
  if (limit === undefined) expect(report.size).toBe(rows.size)
  const { sums, file } = result.proof
  const parts = [sums.accepted, sums.returned, sums.staged, sums.rejected]
  expect(result.proof.balances).toBe(true)
  expect(file.rows).toBe(report.size)
  expect(millionths(file.amount)).toBe(sum([...report.values()].map(({ worth }) => worth)))
  expect(sum(parts.map(({ amount }) => millionths(amount)))).toBe(millionths(file.amount))
  expect(parts.reduce((all, part) => all + part.rows, 0)).toBe(file.rows)
  // A line is kept in whole minor units: each differs from the file by half of one at most.
  const apart = millionths(outcome.money.total) - millionths(sums.accepted.amount)
  expect(apart < 0n ? -apart : apart).toBeLessThanOrEqual(BigInt(sums.accepted.rows) * 5_000n)
  expect(outcome.waiting).toEqual({})
  expect(await world.brokenInvariants()).toEqual([])
  return { result, outcome, orders: await counts(world) }
}

test.skipIf(absent)(
  'the first 250 orders of Olist arrive, those cancelled at the channel are cancelled, no review holds any',
  async () => {
    const { result, outcome, orders } = await walkProven('olist', 250)
    expect(result.groups).toBe(250)
    expect(Object.keys(outcome.orders).sort()).toEqual(['cancelled', 'closed'])
    expect(orders).toMatchObject({ orders: result.orders.accepted, staged: 0 })
    // What was kept of the money is what arrived: a cancelled order holds none, however it was paid.
    const { captured, refunded } = outcome.money
    expect(millionths(captured) - millionths(refunded)).toBe(millionths(outcome.orders.closed?.total ?? ''))
  },
)

test.skipIf(absent)(
  'the first 250 invoices of UCI arrive, goods come back from the latest line and are refunded, the rest is rejected by its reason',
  async () => {
    const { result, outcome } = await walkProven('uci_online_retail', 250)
    expect(Object.keys(outcome.orders)).toEqual(['closed'])
    expect(outcome.returns).toEqual([{ state: 'done', rows: result.returns.parts, units: expect.any(Number) }])
    expect(outcome.money.captured).toBe(outcome.money.total)
    expect(millionths(outcome.money.refunded)).toBeGreaterThan(0n)
    const reasons = result.proof.classes.map(({ outcome: what, reason }) => [what, reason].filter(Boolean).join(' '))
    expect(reasons).toEqual(expect.arrayContaining(['accepted', 'charge', 'rejected no_original', 'returned']))
  },
)

test.skipIf(absent || !LONG)(
  'all 8,000 orders of Olist: 7,901 are placed, 43 of them cancelled, 99 have no lines',
  { timeout: AN_HOUR_MS },
  async () => {
    const { result, outcome } = await walkProven('olist')
    expect(result).toMatchObject({ groups: 8000, orders: { accepted: 7901, rejected: 99 }, cancelled: 43 })
    expect(result.proof).toMatchObject({ file: { rows: 9133, amount: '1305757.32' }, unreadable: 0 })
    expect(outcome.orders).toMatchObject({ closed: { count: 7858 }, cancelled: { count: 43 } })
    expect(outcome.money.total).toBe('1305757.32')
  },
)

test.skipIf(absent || !LONG)(
  'all 370,931 rows of UCI: £6,781,619.004 in the file, 14,203 orders that arrive, 5,125 rows that give back',
  { timeout: AN_HOUR_MS },
  async () => {
    const { result, outcome } = await walkProven('uci_online_retail')
    expect(result.proof).toMatchObject({ file: { rows: 370_931, amount: '6781619.004' }, unreadable: 0 })
    expect(result.orders).toEqual({ accepted: 14_203, rejected: 2_002, returns: 2_581 })
    expect(result.returns.rows).toBe(5_125)
    expect(outcome.orders).toMatchObject({ closed: { count: 14_203 } })
    expect(outcome.returns).toEqual([{ state: 'done', rows: result.returns.parts, units: 132_512 }])
  },
)

test.skipIf(absent)('a dry run over the real files keeps nothing', async () => {
  await using world = await freshWorld()
  const result = await importFiles(world.context('system'), { ...(await taskOf('olist')), dry_run: true, limit: 500 })
  expect(result.proof.balances).toBe(true)
  expect(await counts(world)).toEqual({ orders: 0, staged: 0, audited: 0, files: 0 })
})
