// Promises of the import: every row and every amount is accounted for, nothing is kept twice, a killed import goes on where it was.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'
import type { Mapping } from '../../src/contracts/intake-mapping.ts'
import { type ImportOptions, importFiles } from '../../src/modules/intake/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { counts } from './shop.ts'
import { type Files, manyInvoices, writeFiles } from './write-files.ts'

const stock = { TEA: 100_000, POT: 100_000 }

function run(world: World, files: Files, more: Partial<ImportOptions> = {}) {
  const { mapping, text, folder } = files
  return importFiles(world.context('system'), { mapping, text, folders: [folder], ...more })
}

const tail = '2026-01-05 10:00,7,杭州市'
const odd = [
  `I1,TEA,2,12.50,${tail}`,
  `I1,POST,1,8,${tail}`,
  `I1,GIFT,1,3,${tail}`,
  `I2,NEW-1,1,9.90,${tail}`,
  `I3,POST,1,8,${tail}`,
  `I4,TEA,x,1,${tail}`,
  `I4,TEA`,
  `I5,TEA,0,12.50,${tail}`,
  `I5,TEA,1,-1,${tail}`,
  `C6,TEA,-1,12.50,${tail}`,
  `C7,TEA,-5,12.50,${tail}`,
  `C8,POT,-1,30,2026-01-06 10:00,,杭州市`,
  `I9,POT,1,0.005,2026-01-05 10:00,,nowhere`,
  `I10,TEA,1,12.50,never,7,杭州市`,
]

async function reportOf(world: World, files: Files, name = 'report.csv', more: Partial<ImportOptions> = {}) {
  const report_path = join(files.folder, name)
  const result = await run(world, files, { report_path, ...more })
  const [header = '', ...rows] = readFileSync(report_path, 'utf8').trimEnd().split('\n')
  expect(header).toBe('file,row,order,outcome,reason,order_id,line,quantity,amount')
  return { result, rows: rows.map((row) => row.split(',')) }
}

test('R4 every row is told: accepted, charge, returned, staged or rejected with its reason', async () => {
  await using world = await freshWorld({ stock })
  const { result, rows } = await reportOf(world, writeFiles(odd))
  expect(
    rows.map(([, row, order, outcome, reason]) => [row, order, outcome, reason].filter(Boolean).join(' ')),
  ).toEqual([
    '1 I1 accepted',
    '2 I1 charge',
    '3 I1 rejected no_gifts',
    '4 I2 staged unknown_sku',
    '5 I3 rejected no_goods',
    '6 I4 rejected malformed_row',
    '7 I4 rejected malformed_row',
    '8 I5 rejected quantity_not_positive',
    '9 I5 rejected price_negative',
    '10 C6 returned',
    '11 C7 rejected no_original',
    '12 C8 rejected no_original',
    '13 I9 accepted',
    '14 I10 staged malformed',
  ])
  expect(result.proof).toMatchObject({ file: { rows: 14, amount: '-39.595' }, balances: true, unreadable: 2 })
  expect(result).toMatchObject({ orders: { accepted: 2, staged: 2, rejected: 3, returns: 3 }, cancelled: 1 })
  expect(await counts(world)).toMatchObject({ orders: 2, staged: 2 })
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

test('an imported order is whole: titles from another file, charges, payment by reference, its own time', async () => {
  await using world = await freshWorld({ stock })
  await run(world, writeFiles(odd.slice(0, 2)))
  const rows = await world.transaction(
    (tx) => tx.sql<
      { total: bigint; placed_at: Date; title: string | null; amount: bigint; reference: string | null }[]
    >`
      select o.total, o.placed_at, l.title, c.amount, i.reference from orders.order o
        join orders.order_line l on l.tenant_id = o.tenant_id and l.order_id = o.order_id
        join orders.charge c on c.tenant_id = o.tenant_id and c.order_id = o.order_id
        join payment.intent i on i.tenant_id = o.tenant_id and i.demand_id = o.order_id
       where o.tenant_id = ${tx.tenant}`,
  )
  expect([...rows]).toEqual([
    {
      total: 3300n,
      placed_at: new Date('2026-01-05T02:00:00Z'),
      title: 'Green tea',
      amount: 800n,
      reference: 'paid I1',
    },
  ])
})

test('a dry run tells the same and keeps nothing', async () => {
  await using world = await freshWorld({ stock })
  const files = writeFiles(odd)
  const dry = await reportOf(world, files, 'dry.csv', { dry_run: true })
  expect(await counts(world)).toMatchObject({ orders: 0, staged: 0, files: 0 })
  const real = await reportOf(world, files)
  const plain = (rows: string[][]) => rows.map((row) => row.filter((_, column) => column !== 5))
  expect(plain(dry.rows)).toEqual(plain(real.rows))
  expect(dry.result.proof).toEqual(real.result.proof)
})

test('O7 the same files imported twice make each order and each return once', async () => {
  await using world = await freshWorld({ stock })
  const files = writeFiles(manyInvoices(300))
  const first = await run(world, files)
  const before = await counts(world)
  const second = await run(world, files)
  expect(first.orders).toMatchObject({ accepted: 294, staged: 6, returns: 30 })
  expect(second.orders).toMatchObject({ repeated: 294, staged: 6, returns: 30 })
  expect(second.proof).toEqual(first.proof)
  expect(await counts(world)).toEqual(before)
  expect(await waitingReturns(world)).toBe(30)
})

test('a mapping that was changed meets the orders of the old one as conflicts and changes none', async () => {
  await using world = await freshWorld({ stock })
  await run(world, writeFiles(odd.slice(0, 1)))
  const { result, rows } = await reportOf(world, writeFiles([`I1,TEA,3,12.50,${tail}`]))
  expect(rows[0]?.slice(3, 5)).toEqual(['rejected', 'order_conflict'])
  expect(result.proof.balances).toBe(true)
  expect(await counts(world)).toMatchObject({ orders: 1 })
})

test('one number twice in a file is one order, the second is told', async () => {
  await using world = await freshWorld({ stock })
  const rows = [`I1,TEA,1,1,${tail}`, `I2,TEA,1,1,${tail}`, `I2,POT,1,1,${tail}`, `I1,TEA,1,1,${tail}`]
  const orders: Mapping['orders'] = { file: 'lines', group_by: 'invoice', window_rows: 2 }
  const { rows: told } = await reportOf(world, writeFiles(rows, { orders }))
  expect(told.map((row) => row.slice(1, 5).join(' '))).toEqual([
    '1 I1 accepted ',
    '2 I2 accepted ',
    '3 I2 accepted ',
    '4 I1 rejected late_row',
  ])
})

test('an order of more than two thousand lines is told, not cut', async () => {
  await using world = await freshWorld({ stock })
  const rows = Array.from({ length: 2001 }, () => `I1,TEA,1,1,${tail}`)
  const { result, rows: told } = await reportOf(world, writeFiles([...rows, `I2,TEA,1,1,${tail}`]))
  expect(told.filter((row) => row[4] === 'line_limit')).toHaveLength(2001)
  expect(result.orders).toEqual({ rejected: 1, accepted: 1 })
})

test('lines in a file of their own are found by key; those of no order are told', async () => {
  await using world = await freshWorld({ stock })
  const files = writeFiles(['A,,,,2026-01-05 10:00,7,杭州市', 'B,,,,2026-01-05 10:00,7,杭州市'], {
    files: {
      lines: { path: 'lines.csv.gz' },
      titles: {
        path: 'titles.csv',
        key: { if: { equals: ['titles.sku', { is: 'TEA' }] }, give: { is: 'A' }, else: { is: 'Z' } },
      },
    },
    orders: { file: 'lines', group_by: 'invoice', window_rows: 0 },
    rows: { file: 'titles' },
    money: [{ quantity: { is: '1' }, price: { is: '2.5' } }],
    rules: [],
    line: { sku: 'titles.sku', quantity: { is: '1' }, unit_price: { is: '2' } },
    row_charges: [{ kind: 'shipping', amount: { is: '0.5' } }],
  })
  const { result, rows } = await reportOf(world, files)
  expect(rows.map((row) => [row[0], row[1], row[2], row[3], row[4], row[8]].join(' '))).toEqual([
    'titles 1 A accepted  2.5',
    'titles 2 A accepted  2.5',
    'lines 2 B rejected no_lines 0',
    'titles 3  rejected no_order ',
  ])
  expect(result.proof.balances).toBe(true)
  const charges = await world.transaction(
    (tx) => tx.sql<{ amount: bigint }[]>`select amount from orders.charge where tenant_id = ${tx.tenant}`,
  )
  expect([...charges]).toEqual([{ amount: 100n }])
})

test('the batches of an import take few statements', async () => {
  await using world = await freshWorld({ stock })
  const before = world.runtime.db.statements()
  await run(world, writeFiles(manyInvoices(400).filter((row) => !row.includes('NEW-1'))))
  expect((world.runtime.db.statements() - before) / 2.2).toBeLessThanOrEqual(20)
})

async function waitingReturns(world: World): Promise<number> {
  const rows = await world.transaction(
    (tx) =>
      tx.sql<
        { count: number }[]
      >`select count(*)::int as count from intake.import_return where tenant_id = ${tx.tenant} and state = 'waiting'`,
  )
  return rows[0]?.count ?? 0
}

// Imports in a process of its own, which kills itself after so many batches, or at a named crash point.
async function importAndDie(
  world: World,
  files: Files,
  how: { batches: number; faults?: string; resume?: boolean },
): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./import-until-killed.ts', import.meta.url))], {
    env: {
      ...process.env,
      FAULTS: how.faults ?? '',
      IMPORT: JSON.stringify({
        app_url: inject('app_url'),
        tenant: world.tenant,
        folder: files.folder,
        now: world.clock.now(),
        batches: how.batches,
        resume: how.resume ?? false,
      }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? String(code))))
}

test('O4 O7 an import killed again and again goes on where it was: no order lost, none twice, the same report', async () => {
  await using world = await freshWorld({ stock })
  await using quiet = await freshWorld({ stock })
  const files = writeFiles(manyInvoices(1_000))
  const whole = await reportOf(quiet, files, 'whole.csv')
  expect(await importAndDie(world, files, { batches: 9, faults: 'intake:before-commit' })).toBe('SIGKILL')
  expect(await counts(world)).toMatchObject({ orders: 0 })
  await expect(run(world, files)).rejects.toMatchObject({ code: 'import_interrupted' })
  await expect(run(world, files, { resume: true })).rejects.toMatchObject({ code: 'import_running' })
  for (const batches of [1, 2]) {
    world.clock.advance(60_000)
    expect(await importAndDie(world, files, { batches, resume: true })).toBe('SIGKILL')
  }
  expect((await counts(world))?.orders).toBeGreaterThan(300)
  world.clock.advance(60_000)
  const { result, rows } = await reportOf(world, files, 'resumed.csv', { resume: true })
  const plain = (told: string[][]) => told.map((row) => row.filter((_, column) => column !== 5))
  expect(plain(rows)).toEqual(plain(whole.rows))
  expect(result.proof).toEqual(whole.result.proof)
  expect(await counts(world)).toMatchObject({ orders: 980, staged: 20 })
  expect(await waitingReturns(world)).toBe(100)
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})
