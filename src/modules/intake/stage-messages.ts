// Staging: what cannot become an order yet is kept whole with its reasons; nothing that came in is ever dropped.
import type { Reason } from '../../contracts/order-intake.ts'
import type { Tx } from '../../platform/db.ts'
import { type Incoming, keyOf, type Outcome } from './incoming.ts'
import { keepMessages } from './keep-messages.ts'
import { tellStaged } from './keep-staged.ts'
import {
  type Cause,
  deleteCauses,
  insertCauses,
  insertStaged,
  lockWaiting,
  type TriedAgain,
  updateStaged,
  type WaitingTwin,
} from './store-staged.ts'

export interface ToStage {
  /** Of a message that is no order by the contract only its key is known. */
  readonly message: Pick<Incoming, 'canonical' | 'sha256' | 'source'> & {
    readonly message: { readonly channel: string; readonly external_id: string }
  }
  readonly reasons: readonly Reason[]
}

/**
 * Stages messages, outcomes in their order. One that waits already with the same content keeps its id, its reasons and its first
 * answer, unless it is tried `again`; other content under the same key takes the place of what waits, because no order has come of
 * that yet.
 */
export async function stageMessages(
  tx: Tx,
  messages: readonly ToStage[],
  twins: readonly WaitingTwin[],
  again: boolean,
): Promise<Outcome[]> {
  if (messages.length === 0) return []
  const waiting = new Map(twins.map((twin) => [keyOf(twin), twin]))
  const fresh = messages.filter(({ message }) => !waiting.has(keyOf(message.message)))
  const inserted = await insertFresh(tx, fresh)
  const missed = fresh.filter(({ message }) => !inserted.has(keyOf(message.message)))
  if (missed.length > 0) {
    // Another process staged them between our look and our insert.
    const late = await lockWaiting(
      tx,
      missed.map(({ message }) => message.message),
    )
    for (const twin of late) waiting.set(keyOf(twin), twin)
  }
  const others: (ToStage & { readonly twin: WaitingTwin })[] = []
  const same: { staged_id: string; reasons: readonly Reason[]; content_sha256: null; file_id: null }[] = []
  for (const { message, reasons } of messages) {
    const twin = waiting.get(keyOf(message.message))
    if (twin === undefined) continue
    if (!message.sha256.equals(twin.content_sha256)) others.push({ message, reasons, twin })
    else if (again) same.push({ staged_id: twin.staged_id, reasons, content_sha256: null, file_id: null })
  }
  await replaceContent(tx, others)
  await tryAgain(tx, same)
  return messages.map(({ message, reasons }) => {
    const key = keyOf(message.message)
    const twin = waiting.get(key)
    const staged_id = twin?.staged_id ?? inserted.get(key)
    if (staged_id === undefined) throw new Error('a message could not be staged')
    const repeated = !again && twin !== undefined && message.sha256.equals(twin.content_sha256)
    const { channel, external_id } = message.message
    return { kind: 'staged', staged_id, channel, external_id, reasons: repeated ? twin.reasons : reasons, repeated }
  })
}

async function insertFresh(tx: Tx, messages: readonly ToStage[]): Promise<Map<string, string>> {
  if (messages.length === 0) return new Map()
  const sorted = messages.toSorted((a, b) => (keyOf(a.message.message) < keyOf(b.message.message) ? -1 : 1))
  const files = await keepMessages(
    tx,
    sorted.map(({ message }) => message.canonical),
  )
  const rows = sorted.map(({ message, reasons }, index) => ({
    staged_id: tx.newId(),
    channel: message.message.channel,
    external_id: message.message.external_id,
    source: message.source,
    reasons,
    content_sha256: message.sha256,
    file_id: files[index] ?? '',
  }))
  const kept = new Set((await insertStaged(tx, rows)).map((row) => row.staged_id))
  const inserted = rows.filter((row) => kept.has(row.staged_id))
  await insertCauses(tx, inserted.flatMap(causesOf))
  await tellStaged(tx, 'message.staged', inserted)
  return new Map(inserted.map((row) => [keyOf(row), row.staged_id]))
}

async function replaceContent(tx: Tx, messages: readonly (ToStage & { readonly twin: WaitingTwin })[]): Promise<void> {
  if (messages.length === 0) return
  const files = await keepMessages(
    tx,
    messages.map(({ message }) => message.canonical),
  )
  const rows = messages.map(({ message, reasons, twin }, index) => ({
    staged_id: twin.staged_id,
    reasons,
    content_sha256: message.sha256,
    file_id: files[index] ?? '',
  }))
  await tryAgain(tx, rows)
}

/** Notes another attempt that failed, with the reasons that it gave. */
export async function tryAgain(tx: Tx, rows: readonly TriedAgain[]): Promise<void> {
  if (rows.length === 0) return
  await updateStaged(tx, rows)
  await deleteCauses(
    tx,
    rows.map((row) => row.staged_id),
  )
  await insertCauses(tx, rows.flatMap(causesOf))
  await tellStaged(tx, 'message.tried', rows)
}

function causesOf(row: { readonly staged_id: string; readonly reasons: readonly Reason[] }): Cause[] {
  return row.reasons.map(({ code, detail }) => ({
    staged_id: row.staged_id,
    code,
    sku: code === 'unknown_sku' ? (detail ?? '') : '',
  }))
}
