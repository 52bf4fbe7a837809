// Packing: what was picked goes into parcels; a fulfilment is packed when nothing is left to pick or to pack.
import type { Tx } from '../../platform/db.ts'
import { skusOf } from '../catalog/index.ts'
import {
  defaultCarrier,
  openParcels,
  parcelLines,
  parcelsOfFulfilments,
  shippingProblem,
  voidParcels,
} from '../shipping/index.ts'
import { carryUnits } from './carry-units.ts'
import { lineAt, openWork, refuseStopped, type Work } from './open-work.ts'
import { warehouseProblem } from './problems.ts'
import type { UnitMove, WorkLine } from './rules.ts'

export interface PackedParcel {
  /** Made by the bench: the same id again is the same parcel. */
  readonly parcel_id?: string
  /** From the scale; computed from the articles where absent. */
  readonly weight_grams?: number
  readonly lines: readonly { readonly fulfilment_line_no: number; readonly quantity: number }[]
}

interface Content {
  readonly line: WorkLine
  readonly quantity: number
}

/** Packs the named parcels, or everything picked into one. */
export async function packParcels(tx: Tx, fulfilment_id: string, named: readonly PackedParcel[] | null): Promise<void> {
  const work = await openWork(tx, fulfilment_id)
  const all = work.lines
    .filter((line) => line.picked > 0)
    .map((line) => ({ fulfilment_line_no: line.fulfilment_line_no, quantity: line.picked }))
  const wanted = await unknownParcels(tx, fulfilment_id, named ?? [{ lines: all }])
  if (wanted.length === 0) return
  if (work.state !== 'picking') throw warehouseProblem('fulfilment_not_released', { state: work.state })
  const parcels = wanted.map((parcel) => ({ ...parcel, content: contentOf(work, parcel) }))
  const moves = packedUnits(
    work,
    parcels.flatMap((parcel) => parcel.content),
  )
  const weights = await skusOf(tx, [...new Set(moves.map((move) => move.line.sku))])
  const made = await openParcels(
    tx,
    parcels.map(({ parcel_id, weight_grams, content }) => ({
      parcel_id: parcel_id ?? tx.newId(),
      fulfilment_id,
      location_id: work.location_id,
      carrier: work.carrier ?? defaultCarrier.carrier,
      service: work.service ?? defaultCarrier.service,
      weight_grams:
        weight_grams ??
        Math.max(
          1,
          content.reduce((sum, { line, quantity }) => sum + (weights.get(line.sku)?.weight_grams ?? 0) * quantity, 0),
        ),
      length_mm: null,
      width_mm: null,
      height_mm: null,
      promised_at: work.promised_at,
      lines: content.map(({ line, quantity }) => ({
        order_id: line.order_id,
        line_no: line.line_no,
        sku: line.sku,
        quantity,
      })),
    })),
  )
  if (made.length !== parcels.length) throw shippingProblem('parcel_exists')
  await carryUnits(tx, moves, 'order.packed')
}

// A bench that lost the answer sends its parcels again: those that this fulfilment has already are done.
async function unknownParcels(tx: Tx, fulfilment_id: string, named: readonly PackedParcel[]): Promise<PackedParcel[]> {
  const known = new Set((await parcelsOfFulfilments(tx, [fulfilment_id])).map((parcel) => parcel.parcel_id))
  return named.filter(
    (parcel) => parcel.lines.length > 0 && !(parcel.parcel_id !== undefined && known.has(parcel.parcel_id)),
  )
}

function contentOf(work: Work, parcel: PackedParcel): Content[] {
  const byLine = Map.groupBy(parcel.lines, (line) => line.fulfilment_line_no)
  return [...byLine].map(([line_no, parts]) => ({
    line: lineAt(work, line_no),
    quantity: parts.reduce((sum, part) => sum + part.quantity, 0),
  }))
}

function packedUnits(work: Work, content: readonly Content[]): (UnitMove & { readonly line: WorkLine })[] {
  const moves = [...Map.groupBy(content, (part) => part.line)].map(([line, parts]) => ({
    line,
    fulfilment_id: line.fulfilment_id,
    order_id: line.order_id,
    line_no: line.line_no,
    from: 'picked' as const,
    to: 'packed' as const,
    quantity: parts.reduce((sum, part) => sum + part.quantity, 0),
  }))
  const wrong = moves.filter((move) => move.quantity > move.line.picked)
  if (wrong.length > 0) {
    throw warehouseProblem(
      'parcel_content_wrong',
      {},
      wrong.map(({ line, quantity }) => ({
        code: 'more_than_wanted',
        fulfilment_line_no: line.fulfilment_line_no,
        packed: quantity,
        picked: line.picked,
      })),
    )
  }
  for (const move of moves) refuseStopped(work, move.line, 'picked', move.quantity)
  return moves
}

/** Opens parcels again that have not left, all of the fulfilment's where none are named; their goods are picked, their labels void. Answers how many. */
export async function unpackParcels(
  tx: Tx,
  fulfilment_id: string,
  parcel_ids: readonly string[] | null,
): Promise<number> {
  const work = await openWork(tx, fulfilment_id)
  const parcels = (await parcelsOfFulfilments(tx, [fulfilment_id])).filter(
    (parcel) =>
      (parcel.state === 'packed' || parcel.state === 'labelled') &&
      (parcel_ids === null || parcel_ids.includes(parcel.parcel_id)),
  )
  if (parcels.length === 0) return 0
  const voided = await voidParcels(tx, parcels)
  const lines = await parcelLines(tx, voided)
  for (const line of work.lines) {
    const quantity = lines
      .filter((part) => part.order_id === line.order_id && part.line_no === line.line_no)
      .reduce((sum, part) => sum + part.quantity, 0)
    if (quantity > 0) refuseStopped(work, line, 'packed', quantity)
  }
  await carryUnits(
    tx,
    lines.map((line) => ({
      fulfilment_id,
      order_id: line.order_id,
      line_no: line.line_no,
      from: 'packed',
      to: 'picked',
      quantity: line.quantity,
    })),
    'order.unpacked',
  )
  return voided.length
}
