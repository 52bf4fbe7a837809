// Orders by what is printed on them: number or external id, also by their beginning; nothing of the person behind them.
import type { Tx } from '../../platform/db.ts'
import { keyRanges } from './search-terms.ts'
import { findByKeys } from './store-listing.ts'

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Keys that the beginning of a number may fit; among more the newest cannot be told quickly, and are not all found. */
const KEYS_AT_MOST = 20_000

/** The newest orders whose number or external id a text means, at most `limit`. */
export async function findByNumber(tx: Tx, text: string, limit: number): Promise<string[]> {
  const ranges = keyRanges(text).filter(({ kind }) => kind === 'number' || kind === 'external_id')
  const found = ranges.length === 0 ? [] : await findByKeys(tx, ranges, NEWEST, limit, KEYS_AT_MOST)
  return [...new Set(found.map((row) => row.order_id))]
}
