// Putting back: a scan says that the goods lie on their shelf again; from then on they are sold again.
import type { Tx } from '../../platform/db.ts'
import { moveStock } from '../inventory/index.ts'
import { warehouseProblem } from './problems.ts'
import { endPutBack, insertScans } from './store-scans.ts'

/** Ends a put-back task; damaged goods stay unsellable. The same scan again changes nothing. */
export async function putBack(
  tx: Tx,
  put_back_id: string,
  scan_id: string,
  outcome: 'sellable' | 'unsellable',
): Promise<void> {
  const fresh = await insertScans(tx, [
    { scan_id, kind: 'put_back', subject_id: put_back_id, order_id: null, line_no: null, quantity: 1 },
  ])
  if (fresh.length === 0) return
  const [task] = await endPutBack(tx, put_back_id, outcome)
  if (task === undefined) throw warehouseProblem('put_back_unknown')
  if (outcome === 'unsellable') return
  await moveStock(
    tx,
    [
      {
        kind: 'restore',
        sku: task.sku,
        lot: task.lot,
        quantity: task.quantity,
        from_place: task.location_id,
        from_condition: 'unsellable',
        to_place: task.location_id,
        to_condition: 'sellable',
        reference: put_back_id,
        reason: 'put_back',
      },
    ],
    'put_back',
  )
}
