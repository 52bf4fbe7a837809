// Moving units between buckets: legal by the table of moves, possible by the CHECKs, one statement for all lines.
import { sqlState, type Tx } from '../../platform/db.ts'
import { fault } from '../../platform/fault.ts'
import { platformProblem } from '../../platform/problems.ts'
import { type Bucket, buckets, unitMoves } from './machine.ts'
import { type BucketPair, changeBuckets, moveBetween, type Raise, type Raised, raiseVersions } from './store-moves.ts'
import type { UnitMove } from './types.ts'

/** Moves units; several moves of a line are one update. Throws illegal_transition where a move is not legal or the units are not there. */
export async function moveUnits(tx: Tx, moves: readonly UnitMove[]): Promise<void> {
  await moveAndRaise(tx, moves, [])
}

/** Moves units and raises the versions of orders in one statement, two where a line moves between more than two buckets; answers the versions. */
export async function moveAndRaise(
  tx: Tx,
  moves: readonly UnitMove[],
  raises: readonly Raise[],
): Promise<readonly Raised[]> {
  const rows = sumByLine(moves.filter((move) => move.quantity > 0))
  if (rows.length === 0) return raises.length === 0 ? [] : raiseVersions(tx, raises)
  const pairs = rows.map(pairOf).filter((pair) => pair !== null)
  try {
    const { changed, raised } =
      pairs.length === rows.length ? await moveBetween(tx, pairs, raises) : await moveAmong(tx, rows, raises)
    if (changed !== rows.length) throw platformProblem('illegal_transition', { detail: 'a line is not there' })
    fault('orders:after-move')
    return raised
  } catch (error) {
    if (sqlState(error) === '23514')
      throw platformProblem('illegal_transition', { detail: 'the units are not in that state' })
    throw error
  }
}

interface LineSum {
  readonly order_id: string
  readonly line_no: number
  readonly by: Map<Bucket, number>
}

function sumByLine(moves: readonly UnitMove[]): LineSum[] {
  const sums = new Map<string, LineSum>()
  for (const move of moves) {
    if (!unitMoves[move.from].includes(move.to))
      throw platformProblem('illegal_transition', { from: move.from, to: move.to })
    const key = `${move.order_id} ${move.line_no}`
    const entry = sums.get(key) ?? { order_id: move.order_id, line_no: move.line_no, by: new Map<Bucket, number>() }
    entry.by.set(move.from, (entry.by.get(move.from) ?? 0) - move.quantity)
    entry.by.set(move.to, (entry.by.get(move.to) ?? 0) + move.quantity)
    sums.set(key, entry)
  }
  return [...sums.values()].sort((a, b) =>
    a.order_id === b.order_id ? a.line_no - b.line_no : a.order_id < b.order_id ? -1 : 1,
  )
}

// Nearly every line moves from one bucket to another: five lists tell that instead of seventeen.
function pairOf({ order_id, line_no, by }: LineSum): BucketPair | null {
  const changes = [...by].filter(([, units]) => units !== 0)
  const less = changes.find(([, units]) => units < 0)
  const more = changes.find(([, units]) => units > 0)
  // what leaves is what arrives: two changes are a pair
  if (changes.length !== 2 || less === undefined || more === undefined) return null
  return { order_id, line_no, source: buckets.indexOf(less[0]), target: buckets.indexOf(more[0]), quantity: more[1] }
}

async function moveAmong(tx: Tx, rows: readonly LineSum[], raises: readonly Raise[]) {
  const changed = await changeBuckets(
    tx,
    rows,
    columns((bucket) => rows.map((row) => row.by.get(bucket) ?? 0)),
  )
  return { changed, raised: raises.length === 0 ? [] : await raiseVersions(tx, raises) }
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
