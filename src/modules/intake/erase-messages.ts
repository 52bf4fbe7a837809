// Erasing raw messages: those of a customer are found by the marks in them and deleted; what still waited will never become an order.
import type { Tx } from '../../platform/db.ts'
import { eraseFiles } from '../../platform/files.ts'
import { readMessages } from './keep-messages.ts'
import { settleStaged } from './keep-staged.ts'
import { bucketOf, marksIn, marksOf, type Sought } from './mark-messages.ts'
import { blankStaged, filesInBuckets, filesOfOrders } from './store-messages.ts'

const FOUND_AT_MOST = 2_000

/** Deletes the raw messages about a customer, at most 2,000 at a time; answers how many there were. */
export async function eraseMessages(tx: Tx, sought: Sought, order_ids: readonly string[]): Promise<number> {
  const found = [...(await filesAbout(tx, sought)), ...(await filesOfOrders(tx, order_ids)).map((row) => row.file_id)]
  const file_ids = [...new Set(found)]
  if (file_ids.length === 0) return 0
  const waiting = await blankStaged(tx, file_ids)
  if (waiting.length > 0)
    await settleStaged(
      tx,
      waiting.map(({ staged_id }) => ({ staged_id, order_id: null })),
      'erased',
    )
  return eraseFiles(tx, file_ids)
}

// A bucket is shared by strangers: only a message that holds a mark itself is meant.
async function filesAbout(tx: Tx, sought: Sought): Promise<string[]> {
  const marks = new Set(marksOf(sought))
  const buckets = [...marks].map((mark) => bucketOf(tx.tenant, mark))
  const candidates = await filesInBuckets(tx, buckets, FOUND_AT_MOST)
  const texts = await readMessages(
    tx,
    candidates.map((row) => row.file_id),
  )
  return [...texts].filter(([, text]) => [...marksIn(text)].some((mark) => marks.has(mark))).map(([file_id]) => file_id)
}
