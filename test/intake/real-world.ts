// The real files through all of Ordo: set up, imported, carried to the customers, returns taken back; and an account of the files that Ordo has no part in.
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { steps } from '../../src/app.ts'
import { furnish } from '../../src/cli/import-setup.ts'
import { carryThrough } from '../../src/cli/import-through.ts'
import { importFiles, openMapping, planSetup, readMapping } from '../../src/modules/intake/index.ts'
import type { World } from '../world/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** Beside the repository, where the machine has them. */
export const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
export const absent = !existsSync(data)

export type Name = 'olist' | 'uci_online_retail'

export async function taskOf(name: Name) {
  const { mapping, text } = await readMapping(`${root}mappings/${name}.json`)
  return { mapping, text, folders: [`${data}orders/${name}`, data] }
}

type Task = Awaited<ReturnType<typeof taskOf>>

/** Sets the world up for the first groups of a task (all where no limit is given). */
export async function setUp(world: World, task: Task, limit?: number) {
  const open = await openMapping(task.mapping, task.folders)
  await open.load()
  const planned = await planSetup(open, 7, limit)
  return { planned, furnished: await furnish(world.context('system'), task.mapping, planned) }
}

/** Imports the first groups of a data set and carries them to the end. */
export async function walk(world: World, name: Name, limit?: number) {
  const task = await taskOf(name)
  await setUp(world, task, limit)
  const report_path = join(mkdtempSync(join(tmpdir(), 'ordo-real-')), 'report.csv')
  const context = world.context('system')
  const result = await importFiles(context, { ...task, report_path, ...(limit === undefined ? {} : { limit }) })
  const outcome = await carryThrough(context, {
    steps,
    run_id: result.run_id ?? '',
    currency: task.mapping.currency,
    channel: task.mapping.channel,
    analyse: async () => {},
  })
  return { result, outcome, report: told(readFileSync(report_path, 'utf8')) }
}

/** What the report says of each row, by file and number: its worth in millionths and its outcome. */
function told(text: string): Map<string, { worth: bigint; outcome: string }> {
  const rows: Record<string, string>[] = parse(text, { columns: true })
  const places = new Map(
    rows.map((row) => [
      `${row.file} ${row.row}`,
      { worth: millionths(row.amount ?? ''), outcome: `${row.outcome} ${row.reason}`.trim() },
    ]),
  )
  if (places.size !== rows.length) throw new Error('the report tells a row twice')
  return places
}

/** What each row of the files is worth (of the first `to` where that is given), read and multiplied here and nowhere else. */
export function worthOfRows(name: Name, to?: number): Map<string, bigint> {
  if (name === 'uci_online_retail') {
    const rows = read('uci_online_retail/online_retail_lines.csv.gz', to)
    return new Map(
      rows.map((row, index) => [`lines ${index + 1}`, BigInt(row.Quantity ?? '') * millionths(row.UnitPrice ?? '')]),
    )
  }
  const items = read('olist/order_items.csv.gz')
  const withItems = new Set(items.map((row) => row.order_id))
  const worth = new Map(
    items.map((row, index) => [
      `items ${index + 1}`,
      millionths(row.price ?? '') + millionths(row.freight_value ?? ''),
    ]),
  )
  for (const [index, row] of read('olist/orders.csv.gz').entries())
    if (!withItems.has(row.order_id)) worth.set(`orders ${index + 1}`, 0n)
  return worth
}

function read(path: string, to = 10_000_000): Record<string, string>[] {
  return parse(gunzipSync(readFileSync(`${data}orders/${path}`)), { columns: true, bom: true, to })
}

export function millionths(text: string): bigint {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,6})\d*)?$/.exec(text.trim()) ?? []
  const value = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'))
  return sign === '-' ? -value : value
}

export function sum(values: Iterable<bigint>): bigint {
  let all = 0n
  for (const value of values) all += value
  return all
}
