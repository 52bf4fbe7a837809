// Chance from a seed, for solvers that search: the same seed gives the same numbers on every machine.

/** Numbers in [0, 1). */
export type Random = () => number

/** A generator of 32-bit state, mixed as in mulberry32 (T. Ettinger, public domain): plenty for search, not for secrets. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
