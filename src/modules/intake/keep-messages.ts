// Raw messages hold personal data: they are files, compressed, kept for ninety days and no longer.
import { gunzipSync, gzipSync } from 'node:zlib'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { getFiles, putFiles } from '../../platform/files.ts'

const KEPT_MS = 90 * DAY_MS

/** Keeps texts as files; their ids in the same order. */
export async function keepMessages(tx: Tx, texts: readonly string[]): Promise<string[]> {
  return putFiles(
    tx,
    texts.map((text) => ({
      media_type: 'application/json+gzip',
      bytes: gzipSync(text),
      keep_until: later(tx.now, KEPT_MS),
    })),
  )
}

/** The texts of files by id; those that are no longer kept are absent. */
export async function readMessages(tx: Tx, file_ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const files = await getFiles(tx, file_ids)
  return new Map([...files].map(([file_id, file]) => [file_id, gunzipSync(file.bytes).toString('utf8')]))
}
