// What a person asks, made plain before any stock is looked at: which open work leaves its fulfilments, which units go where, what stands in the way.
import type { HandPreview, LineUnits } from '../../contracts/hand.ts'
import type { ProblemItem } from '../../platform/problem.ts'
import { isBlocked, type OrderFacts, unitsIn } from '../orders/index.ts'
import type { WorkLine } from '../warehouse/index.ts'
import { hindrance } from './hand-texts.ts'

export type OpenLine = Pick<
  WorkLine,
  'fulfilment_id' | 'state' | 'location_id' | 'order_id' | 'line_no' | 'sku' | 'to_pick' | 'picked' | 'packed'
>

/** Units of lines, by line number, that are to leave from one location together. */
export interface Piece {
  readonly location_id: string
  readonly units: ReadonlyMap<number, number>
  /** Where it stands in what was asked. */
  readonly pointer: string
}

export interface Proposal<Line extends OpenLine> {
  /** Work that leaves its fulfilments, cut to the units that do. */
  readonly out: readonly Line[]
  /** What stays behind in these fulfilments. */
  readonly stays: readonly Line[]
  readonly pieces: readonly Piece[]
  readonly hindrances: readonly ProblemItem[]
}

/** A decision that gives units a place; `locked` is the location that the order is locked to. */
export function propose<Line extends OpenLine>(
  order: OrderFacts,
  work: readonly Line[],
  wish: HandPreview,
  locked: string | null,
): Proposal<Line> {
  const proposal = ((): Proposal<Line> => {
    if (wish.kind === 'allocate') return allocated(order, wish)
    if (wish.kind === 'move') return moved(work, wish)
    return wish.kind === 'split' ? parted(work, wish) : merged(work, wish)
  })()
  const strayed = proposal.pieces.filter((piece) => locked !== null && piece.location_id !== locked)
  return {
    ...proposal,
    hindrances: [
      ...standing(order),
      ...proposal.hindrances,
      ...strayed.map(({ pointer }) => hindrance('locked', pointer, { locked_to: locked })),
    ],
  }
}

function standing(order: OrderFacts): ProblemItem[] {
  if (order.commercial !== 'confirmed') return [hindrance('order_state', '', { state: order.commercial })]
  return isBlocked(order, 'allocate').map(({ hold_id, kind }) => hindrance('held', '', { hold_id, hold: kind }))
}

function allocated<Line extends OpenLine>(order: OrderFacts, { parts = [] }: HandPreview): Proposal<Line> {
  const left = new Map(
    order.lines.flatMap(({ line_no, units }) => (units.reserved > 0 ? [[line_no, units.reserved]] : [])),
  )
  if (left.size === 0) return { out: [], stays: [], pieces: [], hindrances: [hindrance('nothing_waits', '')] }
  const hindrances: ProblemItem[] = []
  const units = new Map<number, ReadonlyMap<number, number>>()
  parts.forEach(({ location_id, lines }, index) => {
    if (parts.findIndex((part) => part.location_id === location_id) < index)
      hindrances.push(hindrance('same_place', `/parts/${index}/location_id`, { location_id }))
    if (lines !== undefined) units.set(index, taken(left, lines, `/parts/${index}/lines`, hindrances))
  })
  parts.forEach(({ lines }, index) => {
    if (lines !== undefined) return
    if (left.size === 0) hindrances.push(hindrance('nothing_left', `/parts/${index}`))
    units.set(index, new Map(left))
    left.clear()
  })
  const waiting = left.size > 0 || unitsIn(order, 'backordered') + unitsIn(order, 'open') > 0
  if (order.shortage_policy !== 'split' && waiting) hindrances.push(hindrance('must_leave_whole', '/parts'))
  return {
    out: [],
    stays: [],
    pieces: parts.map(({ location_id }, index) => ({
      location_id,
      units: units.get(index) ?? new Map(),
      pointer: `/parts/${index}/location_id`,
    })),
    hindrances,
  }
}

// Takes units out of what is left, and notes where that is too little.
function taken(
  left: Map<number, number>,
  lines: readonly LineUnits[],
  pointer: string,
  hindrances: ProblemItem[],
): ReadonlyMap<number, number> {
  const units = new Map<number, number>()
  lines.forEach(({ line_no, quantity }, index) => {
    const there = left.get(line_no) ?? 0
    if (quantity > there)
      hindrances.push(hindrance('too_many_units', `${pointer}/${index}`, { line_no, wanted: quantity, there }))
    if (quantity < there) left.set(line_no, there - quantity)
    else left.delete(line_no)
    units.set(line_no, (units.get(line_no) ?? 0) + quantity)
  })
  return units
}

function moved<Line extends OpenLine>(work: readonly Line[], wish: HandPreview): Proposal<Line> {
  const { location_id = '' } = wish
  const { out, stays, hindrances } = untouched(work, wish.fulfilment_id ?? '', wish.lines, '/fulfilment_id')
  const [first] = out
  if (first?.location_id === location_id) hindrances.push(hindrance('same_place', '/location_id', { location_id }))
  return { out, stays, pieces: [{ location_id, units: unitsOf(out), pointer: '/location_id' }], hindrances }
}

function parted<Line extends OpenLine>(work: readonly Line[], wish: HandPreview): Proposal<Line> {
  const { out, hindrances, stays } = untouched(work, wish.fulfilment_id ?? '', wish.lines, '/fulfilment_id')
  const [first] = out
  if (first !== undefined && stays.length === 0) hindrances.push(hindrance('nothing_stays', '/lines'))
  const pieces =
    first === undefined ? [] : [{ location_id: first.location_id, units: unitsOf(out), pointer: '/fulfilment_id' }]
  return { out, stays, pieces, hindrances }
}

function merged<Line extends OpenLine>(work: readonly Line[], { fulfilment_ids = [] }: HandPreview): Proposal<Line> {
  const found = fulfilment_ids.map((id, index) => untouched(work, id, undefined, `/fulfilment_ids/${index}`))
  const out = found.flatMap((one) => one.out)
  const hindrances = found.flatMap((one) => one.hindrances)
  const [first] = out
  const places = [...new Set(out.map((line) => line.location_id))]
  if (places.length > 1) hindrances.push(hindrance('different_places', '/fulfilment_ids', { locations: places }))
  const pieces =
    first === undefined ? [] : [{ location_id: first.location_id, units: unitsOf(out), pointer: '/fulfilment_ids' }]
  return { out, stays: [], pieces, hindrances }
}

// The units of a fulfilment that nobody has touched, those of `lines` or all.
function untouched<Line extends OpenLine>(
  work: readonly Line[],
  fulfilment_id: string,
  lines: readonly LineUnits[] | undefined,
  pointer: string,
): { out: Line[]; stays: Line[]; hindrances: ProblemItem[] } {
  const mine = work.filter((line) => line.fulfilment_id === fulfilment_id)
  const [first] = mine
  if (first === undefined) return { out: [], stays: [], hindrances: [hindrance('work_unknown', pointer)] }
  const { state } = first
  const idle = state === 'planned' || state === 'released'
  if (!idle || mine.some((line) => line.picked + line.packed > 0))
    return { out: [], stays: [], hindrances: [hindrance('already_picked', pointer, { state })] }
  const left = new Map(mine.flatMap((line) => (line.to_pick > 0 ? [[line.line_no, line.to_pick]] : [])))
  const hindrances: ProblemItem[] = []
  const units = lines === undefined ? new Map(left) : taken(left, lines, '/lines', hindrances)
  const cut = (quantityOf: (line: Line) => number) =>
    mine.map((line) => ({ ...line, to_pick: quantityOf(line) })).filter((line) => line.to_pick > 0)
  const leaving = (line: Line) => units.get(line.line_no) ?? 0
  return { out: cut(leaving), stays: cut((line) => line.to_pick - leaving(line)), hindrances }
}

function unitsOf(out: readonly OpenLine[]): ReadonlyMap<number, number> {
  const units = new Map<number, number>()
  for (const { line_no, to_pick } of out) units.set(line_no, (units.get(line_no) ?? 0) + to_pick)
  return units
}
