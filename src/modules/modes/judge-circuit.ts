// When a circuit opens and closes: pure. One order that fails is no failure of the values, and one that does not is no recovery.
import { later, laterOf, MINUTE_MS } from '../../platform/clock.ts'
import type { DegradationRow, Sighting } from './store-degradations.ts'

/** For so many orders values must fail before it is told, unless it is certain at once. */
export const FAILED_AT_LEAST = 3
const QUIET_MS = 5 * MINUTE_MS
const GOOD_AT_LEAST = 3
/** Without any sign, good or bad: who sent it has fallen silent. */
const SILENT_MS = 60 * MINUTE_MS
export const KEYS_AT_MOST = 50

export interface Judged {
  readonly tally: Pick<DegradationRow, 'failed_orders' | 'failed_at' | 'good_probes' | 'keys'>
  readonly verdict: 'stays' | 'opens' | 'ends'
}

/** What has been seen since, added up, and what follows from it. */
export function judge(row: DegradationRow, seen: readonly Sighting[], at: Date): Judged {
  const failures = seen.filter((one) => !one.good)
  const failed_at = failures.reduce((latest, one) => laterOf(latest, one.at), row.failed_at)
  const good = seen.filter((one) => one.good && one.at > failed_at).length
  const good_probes = failures.length > 0 ? good : row.good_probes + good
  const keys = [...new Set([...row.keys, ...failures.flatMap((one) => one.keys)])].slice(0, KEYS_AT_MOST)
  const failed_orders = failures.reduce((sum, one) => sum + one.orders, row.failed_orders)
  const tally = { failed_orders, failed_at, good_probes, keys }
  const since = (ms: number) => at >= later(failed_at, ms)
  // what came to nothing needs no proof that it is over
  const proven = row.opened_at === null || good_probes >= GOOD_AT_LEAST
  if ((since(QUIET_MS) && proven) || since(SILENT_MS)) return { tally, verdict: 'ends' }
  return { tally, verdict: row.opened_at === null && failed_orders >= FAILED_AT_LEAST ? 'opens' : 'stays' }
}
