// Which articles sell much in the demo: Zipf's law over a shuffled list, so that it has nothing to do with where they stand in it.
import type { Chance } from './chance.ts'
import { goods } from './goods.ts'

export interface Ranking {
  /** Indexes of `goods`, those that sell best first. */
  readonly best_first: readonly number[]
  /** Draws an index, the more often the better it sells. */
  draw(): number
  /** Draws an article that costs much. */
  drawDear(): number
}

const DEAR_MINOR = 30_000
/** Softens the head of the law: the best article sells in one order of thirty. */
const HEAD = 6

export function rankArticles(chance: Chance): Ranking {
  const best_first = goods.map((_, index) => index)
  for (let at = best_first.length - 1; at > 0; at--) {
    const other = chance.below(at + 1)
    const kept = best_first[at] ?? 0
    best_first[at] = best_first[other] ?? 0
    best_first[other] = kept
  }
  const weights = best_first.map((_, rank) => Math.trunc(1_000_000 / (rank + HEAD)))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const dear = best_first.filter((index) => isDear(index))
  return {
    best_first,
    drawDear: () => chance.pick(dear),
    draw() {
      let left = chance.below(all)
      const rank = weights.findIndex((weight) => {
        left -= weight
        return left < 0
      })
      return best_first[Math.max(0, rank)] ?? 0
    },
  }
}

export function isDear(index: number): boolean {
  return (goods[index]?.price_minor ?? 0) >= DEAR_MINOR
}
