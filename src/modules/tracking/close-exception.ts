// A person has looked at a parcel: it goes on, it has arrived after all, or it is lost and its units with it.
import type { Tx } from '../../platform/db.ts'
import { LOST_HOLD, loadOrders, moveUnits, placeHolds, recordEvents, type UnitMove } from '../orders/index.ts'
import { markLost, parcelLines, parcelsById } from '../shipping/index.ts'
import { tellTroubles } from './keep-troubles.ts'
import { trackingProblem } from './problems.ts'
import { recordScans } from './record-scans.ts'
import { closeExceptionRow, openException } from './store.ts'

export type ExceptionOutcome = 'solved' | 'lost' | 'delivered'

/** Closes an exception; the parcel takes the outcome. */
export async function closeException(
  tx: Tx,
  exception_id: string,
  outcome: ExceptionOutcome,
  note: string | null,
): Promise<void> {
  const [open] = await openException(tx, exception_id)
  if (open === undefined) throw trackingProblem('exception_unknown')
  if (outcome === 'lost') await loseParcel(tx, open.parcel_id)
  if (outcome === 'delivered') await sayDelivered(tx, open.parcel_id, exception_id)
  // Last, because whoever reads a parcel anew holds it before its exceptions.
  if (!(await closeExceptionRow(tx, exception_id, outcome, note))) throw trackingProblem('exception_unknown')
  await tellTroubles(tx, 'parcel.exception_closed', [{ exception_id, parcel_id: open.parcel_id }])
}

async function loseParcel(tx: Tx, parcel_id: string): Promise<void> {
  const lines = await parcelLines(tx, [parcel_id])
  const orders = new Map(
    (
      await loadOrders(
        tx,
        lines.map((line) => line.order_id),
        { lock: true },
      )
    ).map((order) => [order.order_id, order]),
  )
  if ((await markLost(tx, [parcel_id])).length === 0) return
  const moves = lines.flatMap((line): UnitMove[] => {
    const shipped =
      orders.get(line.order_id)?.lines.find((candidate) => candidate.line_no === line.line_no)?.units.shipped ?? 0
    return [
      {
        order_id: line.order_id,
        line_no: line.line_no,
        from: 'shipped',
        to: 'lost',
        quantity: Math.min(line.quantity, shipped),
      },
    ]
  })
  await moveUnits(tx, moves)
  await recordEvents(
    tx,
    [...Map.groupBy(moves, (move) => move.order_id)].map(([order_id, mine]) => ({
      order_id,
      type: 'order.lost',
      data: { parcel: parcel_id, lines: mine.map(({ line_no, quantity }) => ({ line_no, quantity })) },
    })),
  )
  // Somebody chooses whether what is lost is refunded or sent again.
  await placeHolds(
    tx,
    [...orders.values()]
      .filter((order) => !order.holds.some((hold) => hold.kind === LOST_HOLD))
      .map(({ order_id }) => ({
        order_id,
        kind: LOST_HOLD,
        reasons: [{ code: 'parcel_lost', parcel_id }],
        blocks: [],
      })),
  )
}

async function sayDelivered(tx: Tx, parcel_id: string, exception_id: string): Promise<void> {
  const [parcel] = await parcelsById(tx, [parcel_id])
  if (parcel?.tracking_number == null) return
  await recordScans(tx, [
    {
      carrier: parcel.carrier,
      event_id: `told:${exception_id}`,
      tracking_number: parcel.tracking_number,
      at: tx.now,
      code: 'delivered',
      place: null,
    },
  ])
}
