// The batches of an import: each is one transaction with its checkpoint, then counted and reported; what is settled already is only told again.
import type { Tx } from '../../../platform/db.ts'
import { humanNumber } from '../../../platform/ids.ts'
import type { Context } from '../../../platform/runtime.ts'
import { intakeProblem } from '../problems.ts'
import { type GroupRow, insertGroups, insertReturns, readGroups, saveProgress } from '../store-imports.ts'
import type { MappedGroup } from './map-group.ts'
import { SoldLedger } from './match-returns.ts'
import type { OpenMapping } from './open-mapping.ts'
import { placeGroups, returnsOf, type SettledGroup, settleGroups, tryGroups } from './place-groups.ts'
import { count, reportRows } from './report-rows.ts'
import { Tally } from './tally.ts'
import type { Report } from './write-report.ts'

const GROUPS_A_BATCH = 200
const ROWS_A_BATCH = 4_000
const PAGE = 1_000

export interface Run {
  readonly run_id: string
  readonly holder: string
  readonly groups_done: number
}

export interface ImportProgress {
  readonly groups: number
  readonly rows: number
  /** Of the file of orders, from 0 to 1. */
  readonly part: number
}

export interface ImportResult {
  /** null after a dry run. */
  readonly run_id: string | null
  readonly groups: number
  readonly orders: Readonly<Record<string, number>>
  readonly cancelled: number
  readonly returns: { readonly rows: number; readonly parts: number }
  readonly proof: ReturnType<Tally['figures']>
}

export class ImportWork {
  readonly #context: Context
  readonly #onProgress: (progress: ImportProgress) => void
  readonly #open: OpenMapping
  readonly #report: Report
  readonly #run: Run | null
  readonly #ledger = new SoldLedger()
  readonly #tally = new Tally()
  readonly #orders: Record<string, number> = {}
  readonly #seen = new Set<string>()
  #batch: MappedGroup[] = []
  #rows_in_batch = 0
  #groups = 0
  #rows = 0
  #cancelled = 0
  #returns = { rows: 0, parts: 0 }
  /** What became of the groups that an earlier process has settled, a page at a time. */
  #known = new Map<number, GroupRow>()
  #known_to = 0

  constructor(
    context: Context,
    open: OpenMapping,
    report: Report,
    run: Run | null,
    onProgress: (progress: ImportProgress) => void,
  ) {
    this.#context = context
    this.#onProgress = onProgress
    this.#open = open
    this.#report = report
    this.#run = run
  }

  async take(group: MappedGroup): Promise<void> {
    this.#batch.push(this.#once(group))
    this.#rows_in_batch += group.rows.length
    const isReplay = this.#run !== null && group.group_no <= this.#run.groups_done
    const full = this.#batch.length >= GROUPS_A_BATCH || this.#rows_in_batch >= ROWS_A_BATCH
    const lastReplay = isReplay && group.group_no === this.#run?.groups_done
    if (full || lastReplay) await this.#flush(isReplay)
  }

  /** The rows that belong to no order, and the end. */
  async finish(whole: boolean): Promise<void> {
    await this.#flush(false)
    const file = this.#open.rows?.name
    if (!whole || file === undefined) return
    for (const rows of this.#open.orphans()) {
      for (const { row_no } of rows) {
        this.#tally.read(undefined)
        this.#tally.settle('rejected', 'no_order', undefined)
        await this.#report.write([
          {
            file,
            row: row_no,
            order: '',
            outcome: 'rejected',
            reason: 'no_order',
            order_id: null,
            line: null,
            quantity: null,
            amount: undefined,
          },
        ])
      }
    }
  }

  // One number, one order: what comes again in the same files is told, not merged.
  #once(group: MappedGroup): MappedGroup {
    const { external_id, message } = group
    if (message === null) return group
    if (!this.#seen.has(external_id)) {
      this.#seen.add(external_id)
      return group
    }
    const rows = group.rows.map((row) =>
      row.kind === 'return' || row.kind === 'reject'
        ? row
        : { ...row, kind: 'reject' as const, reason: 'twice_in_file' },
    )
    return { ...group, rows, message: null, cancel: false, reason: 'twice_in_file' }
  }

  async #flush(isReplay: boolean): Promise<void> {
    const batch = this.#batch
    const last = batch.at(-1)
    if (last === undefined) return
    this.#batch = []
    this.#rows_in_batch = 0
    const settled = isReplay
      ? await this.#replay(batch)
      : this.#run === null
        ? await this.#pretend(batch)
        : await this.#commit(batch, this.#run, last.group_no)
    this.#ledger.mark()
    this.#note(settled)
    const rows = settled.flatMap(reportRows)
    count(this.#tally, settled, rows)
    await this.#report.write(rows)
    this.#onProgress({ groups: this.#groups, rows: this.#rows, part: this.#open.orders.part() })
  }

  async #commit(batch: readonly MappedGroup[], run: Run, groups_done: number): Promise<SettledGroup[]> {
    const { channel } = this.#open.mapping
    const newNumber = () => humanNumber(this.#context.runtime.randomness)
    const settled = await this.#context.transaction(async (tx: Tx) => {
      this.#ledger.undo()
      const outcomes = await placeGroups(tx, batch, channel, newNumber)
      const groups = settleGroups(batch, outcomes, this.#ledger)
      await insertGroups(tx, run.run_id, [...outcomes.values()])
      await insertReturns(tx, run.run_id, returnsOf(groups, channel, tx.now))
      if (!(await saveProgress(tx, run, { groups_done, ...this.#after(groups) })))
        throw intakeProblem('import_taken_over', { import_id: run.run_id })
      return groups
    })
    return settled
  }

  // The same groups come again from the same files: their outcomes are known, and the report and the ledger are as they were.
  async #replay(batch: readonly MappedGroup[]): Promise<SettledGroup[]> {
    const last = batch.at(-1)?.group_no ?? 0
    while (this.#known_to < last) {
      const page = await this.#context.transaction((tx) =>
        readGroups(tx, this.#run?.run_id ?? '', this.#known_to, PAGE),
      )
      if (page.length === 0) break
      for (const row of page) this.#known.set(row.group_no, row)
      this.#known_to = page.at(-1)?.group_no ?? last
    }
    const settled = settleGroups(batch, this.#known, this.#ledger)
    for (const group of batch) this.#known.delete(group.group_no)
    return settled
  }

  // A dry run looks at catalogue and shops as they are and keeps nothing.
  async #pretend(batch: readonly MappedGroup[]): Promise<SettledGroup[]> {
    const { channel } = this.#open.mapping
    const outcomes = await this.#context.transaction((tx) => tryGroups(tx, batch, channel))
    return settleGroups(batch, outcomes, this.#ledger)
  }

  #after(settled: readonly SettledGroup[]) {
    const more = (...outcomes: string[]) =>
      settled.filter((group) => outcomes.includes(group.outcome)).length +
      outcomes.reduce((sum, outcome) => sum + (this.#orders[outcome] ?? 0), 0)
    const rows_read = this.#rows + settled.reduce((sum, { rows }) => sum + rows.length, 0)
    return {
      rows_read,
      accepted: more('accepted', 'repeated'),
      staged: more('staged'),
      rejected: more('rejected', 'conflict'),
    }
  }

  #note(settled: readonly SettledGroup[]): void {
    for (const { group, outcome, order_id, rows } of settled) {
      this.#groups += 1
      this.#rows += rows.length
      this.#orders[outcome] = (this.#orders[outcome] ?? 0) + 1
      if (group.cancel && order_id !== null) this.#cancelled += 1
      for (const { from } of rows) {
        if (from === null) continue
        this.#returns = { rows: this.#returns.rows + 1, parts: this.#returns.parts + from.length }
      }
    }
  }

  result(): ImportResult {
    const run_id = this.#run?.run_id ?? null
    return {
      run_id,
      groups: this.#groups,
      orders: this.#orders,
      cancelled: this.#cancelled,
      returns: this.#returns,
      proof: this.#tally.figures(),
    }
  }
}
