// Moving units between buckets: legal by the table of moves, possible by the CHECKs, one statement for all lines.
import { sqlState, type Tx } from '../../platform/db.ts'
import { fault } from '../../platform/fault.ts'
import { platformProblem } from '../../platform/problems.ts'
import { type Bucket, buckets, unitMoves } from './machine.ts'
import { changeBuckets } from './store.ts'
import type { UnitMove } from './types.ts'

/** Moves units; several moves of a line are one update. Throws illegal_transition where a move is not legal or the units are not there. */
export async function moveUnits(tx: Tx, moves: readonly UnitMove[]): Promise<void> {
  const real = moves.filter((move) => move.quantity > 0)
  if (real.length === 0) return
  const sums = new Map<string, { order_id: string; line_no: number; by: Map<Bucket, number> }>()
  for (const move of real) {
    if (!unitMoves[move.from].includes(move.to))
      throw platformProblem('illegal_transition', { from: move.from, to: move.to })
    const key = `${move.order_id} ${move.line_no}`
    const entry = sums.get(key) ?? { order_id: move.order_id, line_no: move.line_no, by: new Map<Bucket, number>() }
    entry.by.set(move.from, (entry.by.get(move.from) ?? 0) - move.quantity)
    entry.by.set(move.to, (entry.by.get(move.to) ?? 0) + move.quantity)
    sums.set(key, entry)
  }
  const rows = [...sums.values()].sort((a, b) =>
    a.order_id === b.order_id ? a.line_no - b.line_no : a.order_id < b.order_id ? -1 : 1,
  )
  const column = (bucket: Bucket) => rows.map((row) => row.by.get(bucket) ?? 0)
  try {
    const changed = await changeBuckets(tx, rows, columns(column))
    if (changed !== rows.length) throw platformProblem('illegal_transition', { detail: 'a line is not there' })
  } catch (error) {
    if (sqlState(error) === '23514')
      throw platformProblem('illegal_transition', { detail: 'the units are not in that state' })
    throw error
  }
  fault('orders:after-move')
}

function columns(column: (bucket: Bucket) => number[]): Record<Bucket, number[]> {
  const [
    open,
    backordered,
    reserved,
    allocated,
    released,
    picked,
    packed,
    shipped,
    delivered,
    return_requested,
    returned,
    restocked,
    written_off,
    lost,
    cancelled,
  ] = buckets.map(column)
  const none: number[] = []
  return {
    open: open ?? none,
    backordered: backordered ?? none,
    reserved: reserved ?? none,
    allocated: allocated ?? none,
    released: released ?? none,
    picked: picked ?? none,
    packed: packed ?? none,
    shipped: shipped ?? none,
    delivered: delivered ?? none,
    return_requested: return_requested ?? none,
    returned: returned ?? none,
    restocked: restocked ?? none,
    written_off: written_off ?? none,
    lost: lost ?? none,
    cancelled: cancelled ?? none,
  }
}
