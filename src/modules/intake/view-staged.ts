// Staged messages as people see them: ids, states and reasons in words; the message itself only where it is asked for.
import type { Static } from 'typebox'
import type { StagedFilter, StagedView } from '../../contracts/order-intake.ts'
import type { Tx } from '../../platform/db.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import type { Context } from '../../platform/runtime.ts'
import { readMessages } from './keep-messages.ts'
import { settleStaged } from './keep-staged.ts'
import { intakeProblem } from './problems.ts'
import { inWords } from './reasons.ts'
import { countStaged, listByCause, listStaged, readStaged, type StagedRow } from './store-staged.ts'

const LIST = 'intake.staged'
const USUAL_PAGE = 50

/** A page of staged messages, newest first; a code or a SKU looks among those that wait. */
export async function stagedPage(context: Context, filter: Static<typeof StagedFilter>) {
  const { secrets } = context.runtime
  const { state = 'waiting', code = '', sku = '', limit = USUAL_PAGE } = filter
  const [before = null] = textPosition(secrets, LIST, filter.cursor, 1) ?? []
  return context.transaction(async (tx) => {
    const page = { state, before, limit: limit + 1 }
    const byCause = code !== '' || sku !== ''
    const rows = byCause ? await listByCause(tx, { code, sku, channel: '' }, page) : await listStaged(tx, page)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const more = rows.length > limit && last !== undefined
    return {
      items: items.map(stagedView),
      next_cursor: more ? encodeCursor(secrets, LIST, [last.staged_id]) : null,
      total: await countStaged(tx, state),
    }
  })
}

/** One staged message; throws staged_unknown. */
export async function stagedOf(tx: Tx, staged_id: string): Promise<Static<typeof StagedView>> {
  return stagedView(await rowOf(tx, staged_id))
}

export function stagedView(row: StagedRow): Static<typeof StagedView> {
  const { staged_id, channel, external_id, source, state, attempts, order_id, settled_by, note } = row
  return {
    staged_id,
    channel,
    external_id,
    source,
    state,
    attempts,
    order_id,
    settled_by,
    note,
    received_at: row.received_at.toISOString(),
    tried_at: row.tried_at.toISOString(),
    settled_at: row.settled_at?.toISOString() ?? null,
    reasons: inWords(row.reasons),
    available_actions: state === 'waiting' ? ['replay', 'dismiss', 'disclose'] : ['disclose'],
  }
}

/** The message as it was kept; it holds personal data. Throws staged_expired where it is no longer kept. */
export async function stagedMessage(tx: Tx, staged_id: string): Promise<string> {
  const row = await rowOf(tx, staged_id)
  const text = (await readMessages(tx, [row.file_id])).get(row.file_id)
  if (text === undefined) throw intakeProblem('staged_expired', { staged_id })
  return text
}

/** Ends the waiting of a message that shall become no order; throws staged_settled where it does not wait. */
export async function dismiss(tx: Tx, staged_id: string, reason: string): Promise<Static<typeof StagedView>> {
  const row = await rowOf(tx, staged_id)
  const settled = await settleStaged(tx, [{ staged_id, order_id: null }], reason)
  if (settled.length === 0) throw intakeProblem('staged_settled', { staged_id, order_id: row.order_id })
  return stagedOf(tx, staged_id)
}

async function rowOf(tx: Tx, staged_id: string): Promise<StagedRow> {
  const [row] = await readStaged(tx, staged_id)
  if (row === undefined) throw intakeProblem('staged_unknown', { staged_id })
  return row
}
