// Telling that promises have ended: units that nobody holds any more serve those who wait for them.
import type { Tx } from '../../platform/db.ts'
import type { NewEvent } from '../../platform/outbox/publish.ts'
import type { FreedRow } from './store-writes.ts'

/** The events of network rows of which less is promised than before; their subscribers hear of the row as with stock.supplied. */
export function freedEvents(tx: Tx, rows: readonly FreedRow[]): NewEvent[] {
  return rows.map(({ stock_id, network_id, sku }) => ({
    type: 'stock.freed',
    subject: tx.newId(),
    about: stock_id,
    version: 1,
    data: { stock: stock_id, network: network_id, sku },
  }))
}
