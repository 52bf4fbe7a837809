// Which parcels must be opened again because something in them is no longer wanted, and where the rest of their content goes.
import type { UnitMove } from './rules.ts'

export interface ClosedParcel {
  readonly parcel_id: string
  readonly fulfilment_id: string
  readonly lines: readonly { readonly order_id: string; readonly line_no: number; readonly quantity: number }[]
}

export interface Reopening {
  readonly parcel_ids: readonly string[]
  /** Units that were packed with the cancelled ones: they are picked again, to be packed anew. */
  readonly back: readonly UnitMove[]
}

/** Opens parcels, in their order, until every cancelled unit that was packed is out. */
export function reopen(parcels: readonly ClosedParcel[], cancelled: readonly UnitMove[]): Reopening {
  const keyOf = (fulfilment_id: string, line: { order_id: string; line_no: number }) =>
    `${fulfilment_id} ${line.order_id} ${line.line_no}`
  const out = new Map<string, number>()
  for (const move of cancelled)
    if (move.from === 'packed')
      out.set(keyOf(move.fulfilment_id, move), (out.get(keyOf(move.fulfilment_id, move)) ?? 0) + move.quantity)
  const parcel_ids: string[] = []
  const back: UnitMove[] = []
  for (const parcel of parcels) {
    if (!parcel.lines.some((line) => (out.get(keyOf(parcel.fulfilment_id, line)) ?? 0) > 0)) continue
    parcel_ids.push(parcel.parcel_id)
    for (const line of parcel.lines) {
      const key = keyOf(parcel.fulfilment_id, line)
      const taken = Math.min(line.quantity, out.get(key) ?? 0)
      out.set(key, (out.get(key) ?? 0) - taken)
      const quantity = line.quantity - taken
      if (quantity > 0)
        back.push({
          fulfilment_id: parcel.fulfilment_id,
          order_id: line.order_id,
          line_no: line.line_no,
          from: 'packed',
          to: 'picked',
          quantity,
        })
    }
  }
  return { parcel_ids, back }
}
