// Goods that the policy keeps apart: handling classes of lines as hazard classes of the solver, which puts no two of them in one part that may not travel together.
import type { Ground } from './prepare-ground.ts'
import type { Demand, DemandLine } from './types.ts'

/** Classes of the solver: 0 is kept apart from nothing, and there are 31 in all. */
const CLASSES_AT_MOST = 30

export interface Apart {
  /** For each class, the classes (bits) that may not travel with it. */
  readonly keep_apart: readonly number[]
  classOf(line: DemandLine): number
}

const together: Apart = { keep_apart: [], classOf: () => 0 }

/** The classes of these orders. Lines with the same handling classes are one; should there be more than the solver knows, the last one is kept apart from all. */
export function apartOf({ policy }: Pick<Ground, 'policy'>, demands: readonly Pick<Demand, 'lines'>[]): Apart {
  const pairs = policy.keep_apart ?? []
  if (pairs.length === 0) return together
  const named = new Set(pairs.flat())
  const keyOf = (line: DemandLine) => [...new Set(line.handling_classes.filter((name) => named.has(name)))].sort()
  const groups = new Map<string, readonly string[]>()
  for (const line of demands.flatMap(({ lines }) => lines)) {
    const names = keyOf(line)
    if (names.length > 0) groups.set(names.join(), names)
  }
  const known = [...groups.values()].slice(0, CLASSES_AT_MOST - 1)
  const index = new Map(known.map((names, place) => [names.join(), place + 1]))
  const clash = (one: readonly string[], other: readonly string[]) =>
    one !== other &&
    pairs.some(([a, b]) => (one.includes(a) && other.includes(b)) || (one.includes(b) && other.includes(a)))
  const bitsOf = (one: readonly string[]) =>
    known.reduce((bits, other, place) => (clash(one, other) ? bits | (1 << (place + 1)) : bits), 0)
  const beyond = groups.size > known.length ? 1 << CLASSES_AT_MOST : 0
  const all = known.reduce((bits, _, place) => bits | (1 << (place + 1)), 0)
  const keep_apart = [0, ...known.map((names) => bitsOf(names) | beyond)]
  if (beyond > 0) keep_apart[CLASSES_AT_MOST] = all
  return {
    keep_apart,
    classOf: (line) => {
      const names = keyOf(line)
      return names.length === 0 ? 0 : (index.get(names.join()) ?? CLASSES_AT_MOST)
    },
  }
}

/** Whether some lines of the order may not travel together, so that no single part is all of it. */
export function mustPart(ground: Pick<Ground, 'policy'>, demand: Pick<Demand, 'lines'>): boolean {
  const { keep_apart, classOf } = apartOf(ground, [demand])
  const classes = demand.lines.map(classOf)
  return classes.some((one) => classes.some((other) => ((keep_apart[one] ?? 0) & (1 << other)) !== 0))
}
