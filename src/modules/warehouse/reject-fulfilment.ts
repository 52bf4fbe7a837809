// "Cannot send": a location gives work back with a reason; the reason says what becomes of the stock and for what the place is out.
import { type Rejection, type RejectionEffect, rejectionEffects } from '../../contracts/rejections.ts'
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { nextWall } from '../../platform/zone.ts'
import { locations } from '../catalog/index.ts'
import type { Bucket } from '../orders/index.ts'
import { lineAt, openWork, refuseStopped, type Work } from './open-work.ts'
import { warehouseProblem } from './problems.ts'
import type { WorkLine } from './rules.ts'
import { raiseVersions } from './store.ts'
import { insertRejection, type NewRejection } from './store-rejections.ts'
import { type WrittenDown, withdraw } from './withdraw-work.ts'

/** Takes all that has not left, or the named units, out of a fulfilment order; their orders look for another place on fulfilment.rejected. */
export async function rejectFulfilment(tx: Tx, fulfilment_id: string, wish: Rejection): Promise<void> {
  const { reason } = wish
  const work = await openWork(tx, fulfilment_id)
  if (work.version !== wish.version) throw warehouseProblem('fulfilment_changed', { version: work.version })
  if (work.state === 'shipped' || work.state === 'cancelled')
    throw warehouseProblem('fulfilment_not_open', { state: work.state })
  if (reason === 'other' && wish.note === undefined) throw warehouseProblem('rejection_note_missing')
  const effect = rejectionEffects[reason]
  const units = wish.lines === undefined ? allUnits(work) : namedUnits(work, wish.lines, effect)
  if (units.length === 0) throw warehouseProblem('nothing_to_reject')
  for (const line of units) refuseUnwanted(work, line)
  const rejection: NewRejection = {
    rejection_id: tx.newId(),
    fulfilment_id,
    location_id: work.location_id,
    reason,
    note: wish.note ?? null,
    out_for: effect.out_for,
    out_until: effect.lasts === 'ever' ? null : await midnightAt(tx, work.location_id),
  }
  const down = await withdraw(tx, units, {
    cause: 'rejected',
    reason,
    ...(effect.stock === 'kept'
      ? {}
      : {
          loss: {
            as: effect.stock === 'missing' ? ('missing' as const) : ('damaged' as const),
            of: effect.stock === 'missing' ? ('on_shelf' as const) : ('all' as const),
            reason: 'rejected',
            reference: rejection.rejection_id,
          },
        }),
  })
  await insertRejection(
    tx,
    rejection,
    units.map((line) => ({ ...line, ...amounts(line), written_down: writtenDown(down, line) })),
  )
  await tellRejected(tx, rejection, units)
}

function amounts({ to_pick, picked, packed }: WorkLine) {
  return { quantity: to_pick + picked + packed, in_hand: picked + packed }
}

function writtenDown(down: readonly WrittenDown[], { order_id, line_no }: WorkLine): number {
  return down
    .filter((part) => part.demand_id === order_id && part.demand_line === line_no)
    .reduce((sum, part) => sum + part.quantity, 0)
}

// What an ended order had here leaves by its cancellation.
function allUnits(work: Work): WorkLine[] {
  return work.lines.filter(
    (line) => amounts(line).quantity > 0 && work.orders.get(line.order_id)?.commercial === 'confirmed',
  )
}

// Of a line first what nobody has in his hands: least work is undone. What was not found is never in hand.
function namedUnits(work: Work, named: NonNullable<Rejection['lines']>, { stock }: RejectionEffect): WorkLine[] {
  return [...Map.groupBy(named, (entry) => entry.fulfilment_line_no)].map(([line_no, entries]) => {
    const line = lineAt(work, line_no)
    const quantity = entries.reduce((sum, entry) => sum + entry.quantity, 0)
    const left = stock === 'missing' ? line.to_pick : amounts(line).quantity
    if (quantity > left) throw warehouseProblem('more_than_wanted', { fulfilment_line_no: line_no, left })
    const to_pick = Math.min(quantity, line.to_pick)
    const picked = Math.min(quantity - to_pick, line.picked)
    return { ...line, to_pick, picked, packed: quantity - to_pick - picked }
  })
}

// A cancellation that has not reached the floor yet took these units: they are put aside by it, not sent from elsewhere.
function refuseUnwanted(work: Work, line: WorkLine): void {
  const to_pick: Bucket = line.state === 'planned' ? 'allocated' : 'released'
  if (line.to_pick > 0) refuseStopped(work, line, to_pick, line.to_pick)
  if (line.picked > 0) refuseStopped(work, line, 'picked', line.picked)
  if (line.packed > 0) refuseStopped(work, line, 'packed', line.packed)
}

async function midnightAt(tx: Tx, location_id: string): Promise<Date> {
  const place = (await locations(tx)).get(location_id)
  return nextWall(tx.now, place?.time_zone ?? 'UTC', '00:00')
}

// One event of the fulfilment for each of its orders: allocation looks for another place order by order.
async function tellRejected(tx: Tx, rejection: NewRejection, units: readonly WorkLine[]): Promise<void> {
  const { rejection_id, fulfilment_id, location_id, reason, out_until } = rejection
  const orders = [...Map.groupBy(units, (line) => line.order_id)]
  const last = await raiseVersions(tx, fulfilment_id, orders.length)
  await publish(
    tx,
    orders.map(([order_id, mine], index) => ({
      type: 'fulfilment.rejected',
      subject: fulfilment_id,
      about: order_id,
      version: last - orders.length + 1 + index,
      data: {
        order: order_id,
        rejection: rejection_id,
        location: location_id,
        reason,
        out_until: out_until?.toISOString() ?? null,
        lines: mine.slice(0, LINES_TOLD).map((line) => ({
          line_no: line.line_no,
          sku: line.sku,
          quantity: amounts(line).quantity,
        })),
      },
    })),
  )
}

const LINES_TOLD = 200
