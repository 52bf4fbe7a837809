// What the two sides of a comparison differ in, each with whether more of it is better; pure.
import type { ComparisonView, LabFigures } from '../../../src/contracts/lab.ts'

export type Unit = 'orders' | 'share' | 'money' | 'number' | 'km' | 'kg' | 'days'

export interface Difference {
  readonly name: FigureName
  readonly unit: Unit
  readonly a: number | null
  readonly b: number | null
  readonly by: number | null
  /** Whether b is better than a; null where neither is, or more is neither good nor bad. */
  readonly better: boolean | null
}

const GRAMS = 1000

const part = (some: number, all: number) => (all === 0 ? null : some / all)

/** Less is better: -1; more is better: 1; neither: 0. */
const FIGURES = [
  ['sent', 'orders', 1, (side) => side.sent],
  ['unallocated', 'orders', -1, (side) => side.unallocated],
  ['units_waiting', 'number', -1, (side) => side.units_waiting],
  ['split_rate', 'share', -1, (side) => part(side.split, side.sent)],
  ['parts', 'number', -1, (side) => side.parts],
  ['parcels', 'number', -1, (side) => side.parcels],
  ['shipping', 'money', 0, (side) => side.shipping],
  ['handling', 'money', 0, (side) => side.handling],
  ['km_mean', 'km', -1, (side) => side.km_mean],
  ['carbon', 'kg', 0, (side) => (side.carbon_grams === null ? null : side.carbon_grams / GRAMS)],
  ['promise_rate', 'share', 1, (side) => part(side.promise_kept, side.promised)],
  ['late_days', 'days', -1, (side) => side.late_days_mean],
] as const satisfies readonly (readonly [string, Unit, -1 | 0 | 1, (side: LabFigures) => number | null])[]

export type FigureName = (typeof FIGURES)[number][0]

/** Every figure of both sides beside each other. Shipping, handling and CO₂ of all orders are neither better nor worse: who sends more pays more. */
export function differencesOf({ a, b }: ComparisonView['figures']): Difference[] {
  return FIGURES.map(([name, unit, sense, of]): Difference => {
    const [of_a, of_b] = [of(a), of(b)]
    const by = of_a === null || of_b === null ? null : of_b - of_a
    return { name, unit, a: of_a, b: of_b, by, better: by === null || by === 0 || sense === 0 ? null : by * sense > 0 }
  })
}

export interface Verdict {
  readonly orders: number
  /** What b costs more than a on the orders that compare, and as a share of a; negative where it costs less. */
  readonly cost: number
  readonly cost_share: number | null
  /** Promises that b keeps more than a; null where no order has one. */
  readonly promises: number | null
  readonly unallocated: number
  /** Units that stay behind on b more than on a: what is not sent costs nothing, so it stands beside the cost. */
  readonly waiting: number
}

/** The comparison in five numbers, for one sentence. */
export function verdictOf({ compared, figures: { a, b } }: Pick<ComparisonView, 'compared' | 'figures'>): Verdict {
  const cost = compared.cost_b - compared.cost_a
  return {
    orders: compared.orders,
    cost,
    cost_share: compared.cost_a === 0 ? null : cost / compared.cost_a,
    promises: a.promised + b.promised === 0 ? null : b.promise_kept - a.promise_kept,
    unallocated: b.unallocated - a.unallocated,
    waiting: b.units_waiting - a.units_waiting,
  }
}
