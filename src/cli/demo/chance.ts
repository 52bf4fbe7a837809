// Chance of the demo data, repeatable by its seed.
import { seededRandomness } from '../../platform/ids.ts'

export interface Chance {
  /** An integer from 0 up to and without `limit`. */
  below(limit: number): number
  pick<Item>(items: readonly Item[]): Item
  /** True so many times in a hundred. */
  percent(times: number): boolean
}

/** A source of chance that answers the same every time. */
export function chanceOf(seed: number): Chance {
  const random = seededRandomness(seed)
  const below = (limit: number) => random.below(limit)
  return {
    below,
    percent: (times) => below(100) < times,
    pick(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}
