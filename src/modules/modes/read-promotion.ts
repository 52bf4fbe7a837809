// The promotion in force as decisions read it among the facts: which limits are raised, and whether orders are collected.
import { Compile } from 'typebox/compile'
import { PromotionFact } from '../../contracts/modes.ts'
import type { Fact } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'

export interface Promotion extends PromotionFact {
  readonly promotion_id: string
  readonly version_id: string
}

/** The kinds of facts that modes keep. */
export const modeKinds = ['promotion', 'degradation'] as const

const promotionsIn = factReader(
  'promotion',
  Compile(PromotionFact),
  ({ key, version_id }, value): Promotion => ({ ...value, promotion_id: key, version_id }),
)

/** The promotion that is on; null where none is. */
export function promotionIn(facts: ReadonlyMap<string, readonly Fact[]>): Promotion | null {
  const [promotion = null] = promotionsIn(facts).values()
  return promotion
}

const FULL = 100

/** By how much the limits of a location are raised: 1 where they are as they are. */
export function raiseAt(promotion: Promotion | null, location_id: string): number {
  if (promotion === null || promotion.limits_percent === null) return 1
  const { limits_percent, locations } = promotion
  return locations === null || locations.includes(location_id) ? limits_percent / FULL : 1
}

/** A limit raised: whole, rounded down. */
export function raised(limit: number, by: number): number {
  return Math.floor(limit * by)
}
