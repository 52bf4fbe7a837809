// A return comes in: units arrive, are looked at, go back on the shelf or are written off; both earn the refund.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { receiveReturn as bookReturn } from '../inventory/index.ts'
import { loadOrders, moveUnits, type OrderFacts, recordEvents } from '../orders/index.ts'
import { type ReturnState, returnMachine } from './machine.ts'
import { oweRefunds } from './owe-refunds.ts'
import { returnProblem } from './problems.ts'
import {
  changeLines,
  type LineChange,
  type LineRow,
  lockReturns,
  moveReturn,
  type ReturnRow,
  returnLines,
  returnsById,
} from './store.ts'

export interface OpenReturn {
  readonly row: ReturnRow
  readonly lines: readonly LineRow[]
  readonly order: OrderFacts
}

/** Locks a return after its order. */
export async function openReturn(tx: Tx, return_id: string): Promise<OpenReturn> {
  const [known] = await returnsById(tx, [return_id])
  if (known === undefined) throw returnProblem('return_unknown')
  const [order] = await loadOrders(tx, [known.order_id], { lock: true })
  const [row] = await lockReturns(tx, [return_id])
  if (order === undefined || row === undefined) throw returnProblem('return_unknown')
  return { row, order, lines: await returnLines(tx, [return_id]) }
}

/** Ends or goes on with a return by the machine; throws where the action is not legal. */
export async function advance(
  tx: Tx,
  { row }: OpenReturn,
  action: string,
  to?: ReturnState,
  refusal: string | null = null,
): Promise<void> {
  const next = returnMachine.next(row.state, action)
  if (next === null) throw returnProblem('return_state', { state: row.state })
  const state = to ?? next
  const version = await moveReturn(tx, row.return_id, state, refusal)
  await publish(tx, [{ type: `return.${state}`, subject: row.return_id, version, data: { order: row.order_id } }])
}

export interface UnitsOfLine {
  readonly line_no: number
  readonly quantity: number
}

/** Units have arrived: those named, or all that are awaited. */
export async function receiveUnits(tx: Tx, return_id: string, named: readonly UnitsOfLine[] | null): Promise<void> {
  const open = await openReturn(tx, return_id)
  const units = pick(open, 'awaited', named)
  await advance(tx, open, 'receive')
  await changeLines(
    tx,
    units.map(({ line, quantity }) => ({ ...still(line), awaited: -quantity, arrived: quantity })),
  )
  await moveUnits(
    tx,
    units.map(({ line, quantity }) => ({
      order_id: line.order_id,
      line_no: line.line_no,
      from: 'return_requested',
      to: 'returned',
      quantity,
    })),
  )
  await recordEvents(tx, [
    {
      order_id: open.row.order_id,
      type: 'order.returned',
      data: { return: return_id, lines: units.map(({ line, quantity }) => ({ line_no: line.line_no, quantity })) },
    },
  ])
}

export interface Inspected {
  readonly line_no: number
  readonly restocked: number
  readonly written_off: number
}

/** Units that arrived were looked at: the good ones are sold again, the others lie unsellable; what they are worth is owed. */
export async function inspectUnits(
  tx: Tx,
  return_id: string,
  location_id: string | null,
  named: readonly Inspected[] | null,
): Promise<void> {
  const open = await openReturn(tx, return_id)
  const place = location_id ?? open.row.location_id
  if (place === null) throw returnProblem('return_state', { detail: 'name the location that took the goods' })
  if (open.row.state !== 'received') throw returnProblem('return_state', { state: open.row.state })
  const inspected =
    named === null
      ? open.lines.map((line) => ({ line_no: line.line_no, restocked: line.arrived, written_off: 0 }))
      : sumInspected(named)
  const parts = inspected.flatMap((part) => lineParts(open, part)).filter((part) => part.quantity > 0)
  if (parts.length === 0) return
  await changeLines(
    tx,
    mergeChanges(parts.map(({ line, quantity, to }) => ({ ...still(line), arrived: -quantity, [to]: quantity }))),
  )
  await moveUnits(
    tx,
    parts.map(({ line, quantity, to }) => ({
      order_id: line.order_id,
      line_no: line.line_no,
      from: 'returned',
      to,
      quantity,
    })),
  )
  await bookReturn(
    tx,
    parts.map(({ line, quantity, to }) => ({
      location_id: place,
      sku: line.sku,
      quantity,
      condition: to === 'restocked' ? ('sellable' as const) : ('unsellable' as const),
      reference: return_id,
    })),
  )
  const lines = [...Map.groupBy(parts, (part) => part.line.line_no)].map(([line_no, mine]) => ({
    line_no,
    quantity: mine.reduce((sum, part) => sum + part.quantity, 0),
  }))
  const [amount] = await oweRefunds(tx, [{ return_id, order: open.order, lines }])
  const left =
    open.lines.reduce((sum, line) => sum + line.awaited + line.arrived, 0) -
    parts.reduce((sum, part) => sum + part.quantity, 0)
  if (left === 0) await advance(tx, open, 'inspect')
  await recordEvents(tx, [
    {
      order_id: open.row.order_id,
      type: 'order.restocked',
      data: {
        return: return_id,
        refund: amount,
        lines: parts.map(({ line, quantity, to }) => ({ line_no: line.line_no, quantity, to })),
      },
    },
  ])
}

function sumInspected(named: readonly Inspected[]): Inspected[] {
  return [...Map.groupBy(named, (part) => part.line_no)].map(([line_no, parts]) => ({
    line_no,
    restocked: parts.reduce((sum, part) => sum + part.restocked, 0),
    written_off: parts.reduce((sum, part) => sum + part.written_off, 0),
  }))
}

function lineParts(
  open: OpenReturn,
  part: Inspected,
): { line: LineRow; quantity: number; to: 'restocked' | 'written_off' }[] {
  const line = open.lines.find((candidate) => candidate.line_no === part.line_no)
  if (line === undefined || part.restocked + part.written_off > line.arrived)
    throw returnProblem('return_too_many', { line_no: part.line_no, possible: line?.arrived ?? 0 })
  return [
    { line, quantity: part.restocked, to: 'restocked' },
    { line, quantity: part.written_off, to: 'written_off' },
  ]
}

/** What has not come is refused with its reason or taken back: those units are with the customer as before. What has come is still looked at. */
export async function endRequest(
  tx: Tx,
  return_id: string,
  action: 'refuse' | 'cancel',
  reason: string | null,
): Promise<void> {
  const open = await openReturn(tx, return_id)
  const units = open.lines.filter((line) => line.awaited > 0)
  if (units.length === 0) throw returnProblem('return_state', { state: open.row.state })
  const lies_here = open.lines.some((line) => line.arrived > 0)
  await advance(tx, open, action, lies_here ? 'received' : undefined, reason)
  await changeLines(
    tx,
    units.map((line) => ({ ...still(line), awaited: -line.awaited, withdrawn: line.awaited })),
  )
  await moveUnits(
    tx,
    units.map((line) => ({
      order_id: line.order_id,
      line_no: line.line_no,
      from: 'return_requested',
      to: 'delivered',
      quantity: line.awaited,
    })),
  )
  await recordEvents(tx, [
    {
      order_id: open.row.order_id,
      type: action === 'refuse' ? 'order.return_refused' : 'order.return_cancelled',
      data: { return: return_id, ...(reason === null ? {} : { reason }) },
    },
  ])
}

function pick(
  open: OpenReturn,
  bucket: 'awaited' | 'arrived',
  named: readonly UnitsOfLine[] | null,
): { line: LineRow; quantity: number }[] {
  if (named === null)
    return open.lines.filter((line) => line[bucket] > 0).map((line) => ({ line, quantity: line[bucket] }))
  return [...Map.groupBy(named, (part) => part.line_no)].map(([line_no, parts]) => {
    const line = open.lines.find((candidate) => candidate.line_no === line_no)
    const quantity = parts.reduce((sum, part) => sum + part.quantity, 0)
    if (line === undefined || quantity > line[bucket])
      throw returnProblem('return_too_many', { line_no, possible: line?.[bucket] ?? 0 })
    return { line, quantity }
  })
}

function still(line: LineRow): LineChange {
  return {
    return_id: line.return_id,
    order_id: line.order_id,
    line_no: line.line_no,
    awaited: 0,
    arrived: 0,
    restocked: 0,
    written_off: 0,
    withdrawn: 0,
  }
}

function mergeChanges(changes: readonly LineChange[]): LineChange[] {
  return [...Map.groupBy(changes, (change) => change.line_no).values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const sum = (bucket: 'arrived' | 'restocked' | 'written_off') =>
      same.reduce((total, change) => total + change[bucket], 0)
    return [{ ...first, arrived: sum('arrived'), restocked: sum('restocked'), written_off: sum('written_off') }]
  })
}
