// Chance from a printed seed: the same seed makes the same instances everywhere.

export type Random = () => number

/** Numbers in [0, 1) by the mulberry32 recurrence on a 32-bit state. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

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

/** `size` different elements of a list, or all of a shorter one, in drawn order. */
export function sample<T>(random: Random, list: readonly T[], size: number): T[] {
  const left = [...list]
  const drawn: T[] = []
  while (drawn.length < size && left.length > 0) {
    const i = Math.floor(random() * left.length)
    drawn.push(...left.splice(i, 1))
  }
  return drawn
}
