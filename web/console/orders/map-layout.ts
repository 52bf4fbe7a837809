// Laying points of the earth out on a flat picture, with names beside them where there is room; pure.

export interface Dot {
  readonly id: string
  readonly kind: 'destination' | 'chosen' | 'runner_up' | 'considered' | 'removed'
  readonly name: string
  readonly lat: number
  readonly lon: number
}

export interface Spot extends Dot {
  readonly x: number
  readonly y: number
  /** null where names that matter more have taken the room. */
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' } | null
}

const MARGIN = 28
const GAP = 10
const LINE = 16
const LETTER = 7.5
const WIDE_LETTER = 13
/** Degrees that the picture spans at least: a single place is not magnified without end. */
const SPAN_AT_LEAST = 0.5

/** Points in the order of their weight: the first get their names first. East is right and north is up; a degree of longitude shrinks with the latitude. */
export function place(dots: readonly Dot[], width: number, height: number): Spot[] {
  const middle = (Math.max(...dots.map((dot) => dot.lat)) + Math.min(...dots.map((dot) => dot.lat))) / 2
  const shrink = Math.max(0.1, Math.cos((middle * Math.PI) / 180))
  const flat = dots.map((dot) => ({ dot, east: dot.lon * shrink, north: dot.lat }))
  const [west, east] = spanOf(flat.map((one) => one.east))
  const [south, north] = spanOf(flat.map((one) => one.north))
  const scale = Math.min((width - 2 * MARGIN) / (east - west), (height - 2 * MARGIN) / (north - south))
  const left = (width - (east - west) * scale) / 2
  const top = (height - (north - south) * scale) / 2
  const boxes: Box[] = flat.map((one) => around(left + (one.east - west) * scale, top + (north - one.north) * scale))
  return flat.map(({ dot, ...at }) => {
    const x = left + (at.east - west) * scale
    const y = top + (north - at.north) * scale
    const label = labelFor(dot.name, x, y, width, boxes)
    return { ...dot, x, y, label }
  })
}

function spanOf(values: readonly number[]): readonly [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const missing = Math.max(0, SPAN_AT_LEAST - (most - least)) / 2
  return [least - missing, most + missing]
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function around(x: number, y: number): Box {
  return { left: x - GAP + 2, right: x + GAP - 2, top: y - GAP + 2, bottom: y + GAP - 2 }
}

// To the right where it fits, otherwise to the left, otherwise not at all; what is placed is in the way of the next.
function labelFor(name: string, x: number, y: number, width: number, boxes: Box[]): Spot['label'] {
  const length = [...name].reduce((sum, letter) => sum + (letter > '\u2e7f' ? WIDE_LETTER : LETTER), 0)
  const sides = [
    { anchor: 'start', x: x + GAP, left: x + GAP, right: x + GAP + length },
    { anchor: 'end', x: x - GAP, left: x - GAP - length, right: x - GAP },
  ] as const
  for (const { anchor, x: at, left, right } of sides) {
    const box = { left, right, top: y - LINE / 2, bottom: y + LINE / 2 }
    if (left < 0 || right > width || boxes.some((other) => meets(box, other))) continue
    boxes.push(box)
    return { anchor, x: at, y: y + 4 }
  }
  return null
}

function meets(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
