// `ordo import orders`: files become orders by a mapping; every row and every amount is accounted for at the end.
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openRuntime, steps } from '../app.ts'
import type { Mapping } from '../contracts/intake-mapping.ts'
import { fitMapping, type ImportResult, importFiles, MappingFault, readMapping } from '../modules/intake/index.ts'
import { Problem } from '../platform/problem.ts'
import { type Context, contextOf } from '../platform/runtime.ts'
import { openTenant } from '../platform/tenants.ts'
import { openSurroundings, ROOT, type Surroundings } from './environment.ts'
import { progressBar } from './import-progress.ts'
import { importReport } from './import-report.ts'
import { UNKNOWN } from './import-standing.ts'
import { carryThrough, throughReport } from './import-through.ts'
import { refreshStatistics } from './invariants.ts'

export interface ImportOptions {
  readonly map: string
  readonly tenant: string
  readonly dryRun?: boolean
  readonly resume?: boolean
  readonly report?: string
  readonly limit?: string
  readonly through?: string
  readonly json?: boolean
}

/** The mapping, a file or an option is wrong: nothing was kept. */
const WRONG_INPUT = 2

/** Where the files of a mapping may lie: the folder itself, the folder of shared data above it, and that beside the repository. */
export function foldersOf(folder: string): string[] {
  const own = resolve(folder)
  return [own, resolve(own, '..'), dirname(dirname(own)), join(ROOT, '..', 'shared', 'data')]
}

/** Imports. Exit code 1 where rows or money do not add up or an order stands still without a reason, 2 where mapping, files or options are wrong. */
export async function importOrdersCommand(folder: string, options: ImportOptions): Promise<number> {
  return sayingFaults(async () => {
    const { mapping, text } = await readMapping(options.map)
    if (options.through !== undefined && options.through !== 'delivered')
      throw new MappingFault('--through knows one stage: delivered')
    const limit = limitOf(options)
    await fitMapping(mapping, foldersOf(folder))
    const surroundings = await openSurroundings({ migrating: true })
    try {
      return await importInto(surroundings, folder, options, { mapping, text, limit })
    } finally {
      await surroundings.stop()
    }
  })
}

/** Runs a command of the import; a fault of mapping or files is told plainly and answers exit code 2. */
export async function sayingFaults(run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof MappingFault)) throw error
    process.stderr.write(`ordo: ${error.message}\n`)
    return WRONG_INPUT
  }
}

function limitOf({ limit }: ImportOptions): number | undefined {
  if (limit === undefined) return undefined
  const count = Number(limit)
  if (!(Number.isSafeInteger(count) && count > 0)) throw new MappingFault('--limit must be a whole number above zero')
  return count
}

interface Task {
  readonly mapping: Mapping
  readonly text: string
  readonly limit: number | undefined
}

async function importInto(
  surroundings: Surroundings,
  folder: string,
  options: ImportOptions,
  task: Task,
): Promise<number> {
  const { mapping } = task
  const runtime = openRuntime({ ...surroundings, log_level: process.env.ORDO_LOG ?? 'warn' })
  try {
    const tenant = await openTenant(runtime.db.sql, options.tenant)
    if (tenant === null)
      throw new MappingFault(
        `there is no tenant ${options.tenant}: make it by\n  ${makingTenant(folder, options, mapping)}`,
      )
    const context = contextOf(runtime, tenant.tenant_id, 'system')
    const { result, seconds } = await importWaiting(context, folder, options, task)
    say(options, { ...result, seconds }, importReport(result, mapping, seconds))
    if (options.through !== 'delivered' || result.run_id === null) return result.proof.balances ? 0 : 1
    const outcome = await carryThrough(context, {
      steps,
      run_id: result.run_id,
      currency: mapping.currency,
      channel: mapping.channel,
      analyse: () => refreshStatistics(surroundings.admin_url),
    })
    say(options, outcome, throughReport(outcome, mapping.currency, result.proof.sums.accepted.amount))
    return result.proof.balances && outcome.waiting[UNKNOWN] === undefined ? 0 : 1
  } finally {
    await runtime.db.close()
  }
}

function makingTenant(folder: string, { map, tenant }: ImportOptions, { setup, currency, zone }: Mapping): string {
  return setup === undefined
    ? `ordo tenant create ${tenant} --name … --email … --currency ${currency} --zone ${zone}`
    : `ordo import setup ${folder} --map ${map} --tenant ${tenant}`
}

function say({ json }: ImportOptions, value: object, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(value)}\n` : `${text}\n`)
}

const LOOK_MS = 5_000
const LOOKS_AT_MOST = 8

// A process that was killed cannot say so: until its sign of life is half a minute old, going on waits instead of refusing.
async function importWaiting(
  context: Context,
  folder: string,
  options: ImportOptions,
  { mapping, text, limit }: Task,
): Promise<{ result: ImportResult; seconds: number }> {
  for (let look = 1; ; look++) {
    const bar = progressBar(mapping.name)
    const began_ms = performance.now()
    try {
      const result = await importFiles(context, {
        mapping,
        text,
        folders: foldersOf(folder),
        dry_run: options.dryRun === true,
        resume: options.resume === true,
        ...(options.report === undefined ? {} : { report_path: options.report }),
        ...(limit === undefined ? {} : { limit }),
        onProgress: bar.show,
      })
      return { result, seconds: (performance.now() - began_ms) / 1000 }
    } catch (error) {
      const isBusy = error instanceof Problem && error.code === 'import_running' && options.resume === true
      if (!isBusy || look > LOOKS_AT_MOST) throw error
      if (look === 1) process.stderr.write('another process was at it half a minute ago or less: waiting\n')
      await wait(LOOK_MS)
    } finally {
      bar.end()
    }
  }
}
