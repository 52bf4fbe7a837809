// Replaying: once the cause is mended, a staged message becomes its order, as if it came now.
import type { Static } from 'typebox'
import type { ReplayMany } from '../../contracts/order-intake.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { humanNumber, systemRandomness } from '../../platform/ids.ts'
import { reason } from './check-money.ts'
import { orderValidator } from './check-order.ts'
import { type Incoming, incoming, type Outcome } from './incoming.ts'
import { readMessages } from './keep-messages.ts'
import { placeMessages } from './place-messages.ts'
import { intakeProblem } from './problems.ts'
import { tryAgain } from './stage-messages.ts'
import { listByCause, lockStaged, type StagedRow } from './store-staged.ts'

export const REPLAY_STEP = 'intake.replay'
const REPLAYED_AT_MOST = 5_000

/** Tries these messages once more; those that are settled already are left as they are, those whose text is gone keep waiting. */
export async function replayStaged(tx: Tx, staged_ids: readonly string[]): Promise<void> {
  const waiting = (await lockStaged(tx, staged_ids)).filter((row) => row.state === 'waiting')
  if (waiting.length === 0) return
  const texts = await readMessages(
    tx,
    waiting.map((row) => row.file_id),
  )
  const messages: Incoming[] = []
  const rows: StagedRow[] = []
  for (const row of waiting) {
    const message: unknown = JSON.parse(texts.get(row.file_id) ?? 'null')
    if (!orderValidator.Check(message)) continue
    messages.push(incoming(message, row.source))
    rows.push(row)
  }
  const outcomes = await placeMessages(tx, messages, () => humanNumber(systemRandomness), true)
  await noteConflicts(tx, rows, outcomes)
}

async function noteConflicts(tx: Tx, rows: readonly StagedRow[], outcomes: readonly Outcome[]): Promise<void> {
  const conflicts = rows.flatMap(({ staged_id }, index) => {
    const outcome = outcomes[index]
    if (outcome?.kind !== 'conflict') return []
    const reasons = [reason('order_exists', '/external_id', outcome.order.number)]
    return [{ staged_id, reasons, content_sha256: null, file_id: null }]
  })
  await tryAgain(tx, conflicts)
}

/** Tries one message once more and answers how it stands then. */
export async function replayOne(tx: Tx, staged_id: string): Promise<StagedRow> {
  const before = await oneStaged(tx, staged_id)
  if (before.state !== 'waiting') throw intakeProblem('staged_settled', { staged_id, order_id: before.order_id })
  const texts = await readMessages(tx, [before.file_id])
  if (!texts.has(before.file_id)) throw intakeProblem('staged_expired', { staged_id })
  await replayStaged(tx, [staged_id])
  return oneStaged(tx, staged_id)
}

/** Schedules the replay of what waits with this cause, the newest 5,000 at a time; answers how many. */
export async function replayMany(tx: Tx, filter: Static<typeof ReplayMany>): Promise<number> {
  const { code = '', sku = '', channel = '' } = filter
  const page = { state: 'waiting' as const, before: null, limit: REPLAYED_AT_MOST }
  const rows = await listByCause(tx, { code, sku, channel }, page)
  await schedule(
    tx,
    rows.map((row) => ({ step: REPLAY_STEP, subject: row.staged_id })),
  )
  return rows.length
}

/** One message, locked; throws staged_unknown. */
export async function oneStaged(tx: Tx, staged_id: string): Promise<StagedRow> {
  const [row] = await lockStaged(tx, [staged_id])
  if (row === undefined) throw intakeProblem('staged_unknown', { staged_id })
  return row
}
