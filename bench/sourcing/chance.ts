// Chance from a printed seed: the same seed makes the same instances everywhere.

import { type Random, seeded } from '../../src/solvers/random.ts'

export { type Random, seeded } from '../../src/solvers/random.ts'

/** A seed for one named thing, so that what it gets does not depend on when it is asked (FNV-1a). */
export function seedOf(seed: number, name: string): number {
  let hash = (2166136261 ^ seed) >>> 0
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619) >>> 0
  return hash
}

/** A normal deviate (Box–Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The first `size` places of a list in drawn order (of all of it, where it is shorter). */
export function sample<T>(seed: number, list: readonly T[], size: number): T[] {
  const random = seeded(seed)
  return list
    .map((element) => ({ element, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, size)
    .map(({ element }) => element)
}
