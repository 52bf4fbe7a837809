// Raw messages hold personal data: they are files, compressed, kept for ninety days and no longer.
import { gunzipSync, gzipSync } from 'node:zlib'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { getFiles, putFiles } from '../../platform/files.ts'
import { bucketOf, marksIn } from './mark-messages.ts'
import { insertBuckets } from './store-messages.ts'

const KEPT_MS = 90 * DAY_MS

/** Keeps texts as files, findable by the marks in them; their ids in the same order. */
export async function keepMessages(tx: Tx, texts: readonly string[]): Promise<string[]> {
  const file_ids = await putFiles(
    tx,
    texts.map((text) => ({
      media_type: 'application/json+gzip',
      bytes: gzipSync(text),
      keep_until: later(tx.now, KEPT_MS),
    })),
  )
  await insertBuckets(
    tx,
    texts.flatMap((text, index) =>
      [...marksIn(text)].map((mark) => ({ bucket: bucketOf(tx.tenant, mark), file_id: file_ids[index] ?? '' })),
    ),
  )
  return file_ids
}

/** The texts of files by id; those that are no longer kept are absent. */
export async function readMessages(tx: Tx, file_ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const files = await getFiles(tx, file_ids)
  return new Map([...files].map(([file_id, file]) => [file_id, gunzipSync(file.bytes).toString('utf8')]))
}
