// The fourteen days of the demo as moments: when shops send orders, and which of them are odd.
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../platform/clock.ts'
import type { Chance } from './chance.ts'
import type { Oddity, Wish } from './place-orders.ts'
import { chinaClock } from './tell-time.ts'

export const DAYS = 14

export interface Moment {
  readonly at: Date
  readonly wishes: readonly Wish[]
}

/** Hour of the day in China, and how many orders come then on a usual day. */
const rhythm = [
  [10, 3],
  [14, 4],
  [18.5, 4],
  [22, 7],
] as const

/** In the last day moments lie closer, so that work is in hand at every place when the reader comes: minutes before the end. */
const lastDay = [
  ...Array.from({ length: 20 }, (_, index) => 1_380 - index * 60),
  ...[185, 140, 105, 80, 60, 45, 32, 20, 8],
]

/** Younger orders have not been picked yet: there are enough of them for work at every place. */
const FRESH_MINUTES = 50

/** Hours before the end, and what is odd then. */
const oddities: readonly (readonly [hours: number, oddity: Oddity])[] = [
  [320, 'wholesale'],
  [296, 'first-dear'],
  [271, 'old-article'],
  [262, 'cod-dear'],
  [239, 'no-street'],
  [214, 'wholesale-large'],
  [190, 'first-dear'],
  [187, 'wrong-currency'],
  [166, 'wholesale'],
  [150, 'cod-dear'],
  [122, 'first-dear'],
  [118, 'no-city'],
  [97, 'no-street'],
  [74, 'transfer'],
  [72, 'cod-at-tmall'],
  [50, 'wholesale'],
  [31, 'transfer'],
  [13, 'first-dear'],
  [10.5, 'wholesale'],
  [9, 'cod-dear'],
  [8, 'old-article'],
  [6.5, 'no-street'],
  [5.5, 'wholesale-large'],
  [4, 'first-dear'],
  [3, 'transfer'],
  [2, 'wholesale'],
  [1.2, 'no-city'],
  [0.6, 'unpaid'],
  [0.4, 'unpaid'],
  [0.2, 'unpaid'],
]

/** All moments up to `ends`, in order. */
export function planDays(chance: Chance, ends: Date): Moment[] {
  const from = later(ends, -DAYS * DAY_MS)
  const close_from = later(ends, -DAY_MS)
  const times: { at: Date; orders: number }[] = []
  for (let day = 0; day <= DAYS; day++) {
    const { midnight } = chinaClock(later(from, day * DAY_MS))
    const peak = day === 9 ? 2 : 1
    for (const [hour, orders] of rhythm) {
      const at = later(midnight, hour * HOUR_MS + chance.below(25) * MINUTE_MS)
      if (at > later(from, HOUR_MS) && at < close_from) times.push({ at, orders: (orders + chance.below(2)) * peak })
    }
  }
  for (const minutes of lastDay)
    times.push({ at: later(ends, -minutes * MINUTE_MS), orders: (minutes < FRESH_MINUTES ? 2 : 1) + chance.below(2) })
  times.sort((a, b) => a.at.getTime() - b.at.getTime())
  return times.map(({ at, orders }, index) => {
    const before = times[index - 1]?.at ?? from
    const odd = oddities.filter(([hours]) => isBetween(later(ends, -hours * HOUR_MS), before, at))
    const placed_at = () => later(at, -(5 + chance.below(230)) * SECOND_MS)
    const usual = Array.from({ length: orders }, (): Wish => ({ placed_at: placed_at() }))
    return { at, wishes: [...usual, ...odd.map(([, oddity]): Wish => ({ placed_at: placed_at(), oddity }))] }
  })
}

function isBetween(time: Date, after: Date, until: Date): boolean {
  return time > after && time <= until
}
