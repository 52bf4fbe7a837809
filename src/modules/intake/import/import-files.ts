// An import from the first row to the last: read, map, place in batches with a checkpoint each; a killed import goes on where it was.
import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Mapping } from '../../../contracts/intake-mapping.ts'
import { later, SECOND_MS } from '../../../platform/clock.ts'
import type { Context } from '../../../platform/runtime.ts'
import { intakeProblem } from '../problems.ts'
import { endRun, insertRun, lockRunning, takeRun } from '../store-imports.ts'
import { type Group, groupRows } from './group-rows.ts'
import { type ImportProgress, type ImportResult, ImportWork, type Run } from './import-work.ts'
import { groupMapper } from './map-group.ts'
import { type OpenMapping, openMapping } from './open-mapping.ts'
import { noReport, openReport, tryReport } from './write-report.ts'

export interface ImportOptions {
  readonly mapping: Mapping
  /** The text of the mapping: with the files it says which import this is. */
  readonly text: string
  readonly folders: readonly string[]
  readonly dry_run?: boolean
  /** Goes on with an import of the same mapping and files that was interrupted. */
  readonly resume?: boolean
  readonly report_path?: string
  /** Groups at most. */
  readonly limit?: number
  readonly onProgress?: (progress: ImportProgress) => void
}

const ALIVE_MS = 30 * SECOND_MS

/** Looks whether a mapping fits the files that it names, by their headers alone; throws MappingFault where it does not. */
export async function fitMapping(mapping: Mapping, folders: readonly string[]): Promise<void> {
  groupMapper(await openMapping(mapping, folders))
}

/**
 * Imports. Every file is read through before anything is kept: MappingFault says what is wrong with it and where. Throws import_running where another
 * process is at it, import_interrupted where one was and `resume` is not asked for.
 */
export async function importFiles(context: Context, options: ImportOptions): Promise<ImportResult> {
  const open = await openMapping(options.mapping, options.folders)
  if (options.report_path !== undefined) await tryReport(options.report_path)
  await open.check()
  const run = options.dry_run === true ? null : await beginRun(context, options, await contentHash(open, options))
  await open.load()
  const report = options.report_path === undefined ? noReport : await openReport(options.report_path)
  const work = new ImportWork(context, open, report, run, options.onProgress ?? (() => {}))
  try {
    const mapGroup = groupMapper(open)
    for await (const group of limited(groupsOf(open), options.limit)) await work.take(mapGroup(group))
    await work.finish(options.limit === undefined)
  } finally {
    await report.close()
  }
  const result = work.result()
  if (run !== null) await context.transaction((tx) => endRun(tx, run.run_id, 'done', JSON.stringify(result)))
  return result
}

export function groupsOf({ mapping, orders, compiler }: OpenMapping): AsyncGenerator<Group> {
  const key = compiler.read(mapping.orders.group_by)
  return groupRows(orders.rows(), (cells) => key({ main: cells, row: cells }), mapping.orders.window_rows)
}

/** The first items, all of them where no limit is given. */
export async function* limited<Item>(
  items: AsyncIterable<Item>,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Item> {
  let left = limit
  for await (const item of items) {
    if (left-- <= 0) return
    yield item
  }
}

// Which import this is: the mapping, the bytes of its files, and how many groups.
async function contentHash(open: OpenMapping, { mapping, text, limit }: ImportOptions): Promise<Buffer> {
  const parts = [text, String(limit ?? '')]
  for (const name of Object.keys(mapping.files).sort()) {
    const sum = createHash('sha256')
    for await (const chunk of createReadStream(open.csvOf(name).path)) sum.update(chunk)
    parts.push(`${name} ${sum.digest('hex')}`)
  }
  return hash('sha256', parts.join('\n'), 'buffer')
}

async function beginRun(
  context: Context,
  { mapping, resume = false }: ImportOptions,
  content_sha256: Buffer,
): Promise<Run> {
  return context.transaction(async (tx) => {
    const holder = tx.newId()
    const [running] = await lockRunning(tx, content_sha256)
    if (running === undefined) {
      const run_id = tx.newId()
      await insertRun(tx, { run_id, holder, name: mapping.name, channel: mapping.channel, content_sha256 })
      return { run_id, holder, groups_done: 0 }
    }
    if (!resume) throw intakeProblem('import_interrupted', { import_id: running.run_id })
    if (later(running.seen_at, ALIVE_MS) > tx.now) throw intakeProblem('import_running', { import_id: running.run_id })
    await takeRun(tx, running.run_id, holder)
    return { run_id: running.run_id, holder, groups_done: running.groups_done }
  })
}
