// Where units go whose stock is gone: to the backorders, from wherever they were; what is picked or packed on paper goes too, it is not there.
import type { Bucket } from './machine.ts'
import type { OrderFacts, UnitMove } from './types.ts'

export interface BrokenUnits {
  readonly demand_id: string
  readonly demand_line: number
  readonly quantity: number
  /** Where they were allocated; null where they had no place yet. */
  readonly location_id: string | null
}

const PLACED: readonly Bucket[] = ['allocated', 'released', 'picked', 'packed']
// A unit may have lost or found its place between the break and this step: then it is looked for where it is now.
const BY_PLACE: readonly Bucket[] = [...PLACED, 'reserved']
const UNPLACED: readonly Bucket[] = ['reserved', ...PLACED]

/** The moves of broken units, those first that cost least to stop; units that were cancelled in the meantime have gone already. */
export function brokenMoves(orders: ReadonlyMap<string, OrderFacts>, broken: readonly BrokenUnits[]): UnitMove[] {
  const left = new Map<string, Record<Bucket, number>>()
  for (const order of orders.values())
    for (const line of order.lines) left.set(`${line.order_id} ${line.line_no}`, { ...line.units })
  return broken.flatMap((row) => {
    const units = left.get(`${row.demand_id} ${row.demand_line}`)
    let wanted = row.quantity
    return (row.location_id === null ? UNPLACED : BY_PLACE).flatMap((from): UnitMove[] => {
      const quantity = Math.min(wanted, units?.[from] ?? 0)
      if (units === undefined || quantity === 0) return []
      units[from] -= quantity
      wanted -= quantity
      const move = { order_id: row.demand_id, line_no: row.demand_line, quantity }
      if (from !== 'packed') return [{ ...move, from, to: 'backordered' }]
      return [
        { ...move, from, to: 'picked' },
        { ...move, from: 'picked', to: 'backordered' },
      ]
    })
  })
}
