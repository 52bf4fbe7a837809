// What a fix would do to stock, money and promise, without doing it.
import type { FixCode, FixEffect } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'
import { Problem } from '../../platform/problem.ts'
import type { Quicker } from '../allocation/index.ts'
import { type OrderFacts, previewCancellation } from '../orders/index.ts'
import { previewLost } from '../returns/index.ts'
import { isPlacing, placedBy, type Ways } from './find-places.ts'
import { fixRules } from './fixes.ts'
import { wayFor } from './keep-promises.ts'
import type { ItemRow } from './store-reading.ts'

/** Units of an item's order that have no place: for a mismatch of stock those that lost it, else all that wait for one. */
export function missingLines(item: Pick<ItemRow, 'kind'>, order: Pick<OrderFacts, 'lines'>) {
  return order.lines
    .map(({ line_no, units }) => ({
      line_no,
      quantity: units.backordered + (item.kind === 'stock' ? 0 : units.reserved),
    }))
    .filter((line) => line.quantity > 0)
}

/** What the fixes of an item are previewed on. */
export interface Looks {
  readonly order: OrderFacts | undefined
  readonly quicker: Quicker | null
  readonly ways: Ways | null
}

/** The effect of one fix; what cannot be known before stays unknown rather than guessed. null where it does not fit the work as it is. */
export async function previewFix(
  tx: Tx,
  fix: FixCode,
  item: ItemRow,
  { order, quicker, ways }: Looks,
): Promise<FixEffect | null> {
  const { promise, words } = fixRules[fix]
  const way = await wayFor(tx, fix, item, quicker)
  if (way === undefined) return null
  const plain = { units_freed: 0, money: null, promise, words, way, outlook: null, choices: [], version: null }
  if (isPlacing(fix)) {
    const placed = placedBy(fix, ways)
    return placed === null ? null : { ...plain, ...placed }
  }
  if (fix === 'match' || fix === 'return_money' || fix === 'ask_again') return plain
  if (order === undefined) return plain
  if (fix === 'refund_lost')
    return { ...plain, money: { refunded: Number(await previewLost(tx, order)), currency: order.currency } }
  if (fix !== 'cancel_missing' && fix !== 'reject') return plain
  const lines = fix === 'reject' ? null : missingLines(item, order)
  if (lines?.length === 0) return plain
  const reason = 'customer_request'
  try {
    const { lines: cancelled, money } = await previewCancellation(
      tx,
      order.order_id,
      lines === null ? { reason } : { reason, lines },
    )
    return {
      ...plain,
      units_freed: cancelled.reduce((sum, line) => sum + line.freed, 0),
      money: { refunded: money.to_refund + money.to_void, currency: money.currency },
    }
  } catch (error) {
    if (error instanceof Problem) return plain
    throw error
  }
}
