// A batch of mapped groups in one transaction: orders are placed or staged, goods given back are matched, and the checkpoint moves.
import { hash } from 'node:crypto'
import type { Tx } from '../../../platform/db.ts'
import { Problem } from '../../../platform/problem.ts'
import { cancelUnits, loadOrders } from '../../orders/index.ts'
import { reason } from '../check-money.ts'
import { checkOrder } from '../check-order.ts'
import { type Incoming, incoming, keyOf, type Outcome } from '../incoming.ts'
import { hasForbiddenText } from '../normalise-message.ts'
import { placeMessages, tryMessages } from '../place-messages.ts'
import { stageMessages, type ToStage } from '../stage-messages.ts'
import type { GroupOutcome, GroupRow, ReturnRow } from '../store-imports.ts'
import { lockWaiting } from '../store-staged.ts'
import type { MappedGroup, MappedRow } from './map-group.ts'
import type { Sold, SoldLedger } from './match-returns.ts'

export interface SettledRow {
  readonly row: MappedRow
  /** The lines that goods came back from; null for every other row and where there was none. */
  readonly from: readonly Sold[] | null
}

export interface SettledGroup {
  readonly group: MappedGroup
  readonly outcome: GroupOutcome
  readonly order_id: string | null
  readonly reason: string | null
  readonly rows: readonly SettledRow[]
}

type Prepared =
  | { readonly group: MappedGroup; readonly message: Incoming }
  | { readonly group: MappedGroup; readonly stage: ToStage }

/** Places the messages of groups; outcomes by group number. Orders that the channel had cancelled are placed and cancelled at once. */
export async function placeGroups(
  tx: Tx,
  groups: readonly MappedGroup[],
  channel: string,
  newNumber: () => string,
): Promise<ReadonlyMap<number, GroupRow>> {
  const prepared = groups.flatMap((group) => (group.message === null ? [] : [prepare(group, channel)]))
  const good = prepared.filter((one) => 'message' in one)
  const bad = prepared.filter((one) => 'stage' in one)
  const outcomes =
    good.length === 0
      ? []
      : await placeMessages(
          tx,
          good.map((one) => one.message),
          newNumber,
        )
  const stages = bad.map((one) => one.stage)
  const staged =
    bad.length === 0
      ? []
      : await stageMessages(
          tx,
          stages,
          await lockWaiting(
            tx,
            stages.map((one) => one.message.message),
          ),
          false,
        )
  const rows = new Map<number, GroupRow>()
  for (const [index, { group }] of good.entries()) rows.set(group.group_no, rowOf(group, outcomes[index]))
  for (const [index, { group }] of bad.entries()) rows.set(group.group_no, rowOf(group, staged[index]))
  for (const group of groups) if (!rows.has(group.group_no)) rows.set(group.group_no, rowOf(group, undefined))
  await cancelAtOnce(
    tx,
    groups
      .filter((group) => group.cancel && rows.get(group.group_no)?.outcome === 'accepted')
      .map((group) => rows.get(group.group_no)?.order_id ?? ''),
  )
  return rows
}

/** What would become of groups, as far as can be told without keeping anything. */
export async function tryGroups(
  tx: Tx,
  groups: readonly MappedGroup[],
  channel: string,
): Promise<ReadonlyMap<number, GroupRow>> {
  const prepared = groups.flatMap((group) => (group.message === null ? [] : [prepare(group, channel)]))
  const good = prepared.filter((one) => 'message' in one)
  const staged = await tryMessages(
    tx,
    good.map((one) => one.message),
  )
  const malformed = new Set(prepared.flatMap((one) => ('stage' in one ? [one.group] : [])))
  const rows = groups.map((group): GroupRow => {
    const { group_no, external_id, reason, message } = group
    const plain = { group_no, external_id, order_id: null }
    if (message === null) return { ...plain, outcome: reason === null ? 'returns' : 'rejected', reason }
    const against = malformed.has(group) ? 'malformed' : staged.get(keyOf({ channel, external_id }))?.[0]?.code
    if (against !== undefined) return { ...plain, outcome: 'staged', reason: against }
    return { ...plain, outcome: 'accepted', reason: null, order_id: `dry-run ${external_id}` }
  })
  return new Map(rows.map((row) => [row.group_no, row]))
}

// What does not fit the contract is kept too: whoever mends the mapping or the source finds it among the staged messages.
function prepare(group: MappedGroup, channel: string): Prepared {
  const order = checkOrder(group.message)
  if (!(order instanceof Problem)) {
    const message = incoming(order, 'import')
    if (!hasForbiddenText(message.canonical)) return { group, message }
  }
  const canonical = JSON.stringify(group.message)
  const errors = order instanceof Problem ? order.errors : [{ code: 'control_character', pointer: '' }]
  const reasons = errors.map((error) => reason('malformed', error.pointer ?? null, error.code))
  const key = { channel, external_id: group.external_id }
  return {
    group,
    stage: {
      message: { message: key, canonical, sha256: hash('sha256', canonical, 'buffer'), source: 'import' },
      reasons,
    },
  }
}

function rowOf(group: MappedGroup, outcome: Outcome | undefined): GroupRow {
  const plain = { group_no: group.group_no, external_id: group.external_id, order_id: null }
  if (outcome === undefined)
    return { ...plain, outcome: group.reason === null ? 'returns' : 'rejected', reason: group.reason }
  if (outcome.kind === 'staged') return { ...plain, outcome: 'staged', reason: outcome.reasons[0]?.code ?? null }
  if (outcome.kind === 'conflict') return { ...plain, outcome: 'conflict', reason: 'order_conflict' }
  return {
    ...plain,
    outcome: outcome.repeated ? 'repeated' : 'accepted',
    order_id: outcome.order.order_id,
    reason: null,
  }
}

async function cancelAtOnce(tx: Tx, order_ids: readonly string[]): Promise<void> {
  if (order_ids.length === 0) return
  for (const order of await loadOrders(tx, order_ids, { lock: true })) await cancelUnits(tx, order, null, 'other')
}

/** What became of each row of groups whose outcomes are known; goods that come back are taken from the ledger in reading order. */
export function settleGroups(
  groups: readonly MappedGroup[],
  outcomes: ReadonlyMap<number, GroupRow>,
  ledger: SoldLedger,
): SettledGroup[] {
  return groups.map((group) => {
    const { outcome = 'rejected', order_id = null, reason = null } = outcomes.get(group.group_no) ?? {}
    const rows = group.rows.map((row): SettledRow => {
      const { owner } = row
      if (row.kind !== 'return') return { row, from: null }
      return { row, from: owner === null ? null : ledger.takeBack(owner.customer, owner.sku, row.quantity) }
    })
    if (order_id !== null && !group.cancel) sell(ledger, group.rows, order_id)
    return { group, outcome, order_id, reason, rows }
  })
}

function sell(ledger: SoldLedger, rows: readonly MappedRow[], order_id: string): void {
  for (const { kind, owner, line_no, quantity } of rows) {
    if (kind === 'line' && owner !== null && line_no !== null)
      ledger.sold(owner.customer, owner.sku, { order_id, line_no, quantity })
  }
}

/** The rows of import_return that these groups ask for. */
export function returnsOf(groups: readonly SettledGroup[], channel: string, now: Date): ReturnRow[] {
  return groups.flatMap(({ group, rows }) =>
    rows.flatMap(({ from }, index) =>
      (from ?? []).map((part, part_no) => ({
        source_key: `${channel} ${group.external_id} ${index + 1}`,
        part_no: part_no + 1,
        order_id: part.order_id,
        line_no: part.line_no,
        quantity: part.quantity,
        returned_at: group.placed_at === undefined ? now : new Date(group.placed_at),
      })),
    ),
  )
}
