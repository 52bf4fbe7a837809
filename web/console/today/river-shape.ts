// The river's outline: its width at a step grows with the logarithm of what lies there, so that a thousand do not hide ten.

const MIDDLE = 50
const THINNEST = 2.5
const WIDEST = 40

/** Half of the width at a step with `count` orders, in hundredths of the height; 1000 and more is the widest. */
export function halfWidth(count: number): number {
  return THINNEST + (WIDEST * Math.min(Math.log10(1 + count), 3)) / 3
}

/** The closed path through all steps; x runs from 0 to 100 per step, y from 0 to 100. */
export function riverPath(counts: readonly number[]): string {
  const halves = counts.map(halfWidth)
  const top = halves.map((half, index) => ({ x: index * 100 + 50, y: MIDDLE - half }))
  const bottom = halves.map((half, index) => ({ x: index * 100 + 50, y: MIDDLE + half })).reverse()
  const end = counts.length * 100
  const lastHalf = halves.at(-1) ?? THINNEST
  const firstHalf = halves[0] ?? THINNEST
  return [
    `M0 ${MIDDLE - firstHalf}`,
    ...curve({ x: 0, y: MIDDLE - firstHalf }, top),
    `L${end} ${MIDDLE - lastHalf}`,
    `L${end} ${MIDDLE + lastHalf}`,
    ...curve({ x: end, y: MIDDLE + lastHalf }, bottom),
    `L0 ${MIDDLE + firstHalf}Z`,
  ].join('')
}

interface Point {
  readonly x: number
  readonly y: number
}

function curve(start: Point, points: readonly Point[]): string[] {
  let from = start
  return points.map((to) => {
    const half = (from.x + to.x) / 2
    const piece = `C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`
    from = to
    return piece
  })
}
