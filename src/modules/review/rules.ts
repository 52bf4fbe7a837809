// What review decides on values alone: how an order looks to the rules, what their answer means, when two people are needed.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ReviewPolicy } from '../../contracts/review.ts'
import { formatMinor } from '../../platform/money.ts'
import { reasonTexts } from './default-rules.ts'

export interface ScreenedLine {
  readonly quantity: number
  readonly category: string
  readonly handling_classes: readonly string[]
}

export interface ScreenedOrder {
  readonly channel: string
  readonly currency: string
  readonly total: bigint
  readonly payment_method: string
  readonly service_level: string
  readonly attributes: unknown
  readonly ship_country: string
  readonly ship_region: string | null
  readonly ship_city: string | null
  readonly ship_postcode: string | null
  readonly ship_lat: number | null
  readonly lines: readonly ScreenedLine[]
  /** Lines of the street address; null where the order names nobody. */
  readonly address_lines: readonly string[] | null
  /** Orders of the same phone or mail before this one; null where there is neither. */
  readonly earlier_orders: number | null
}

const Flagged = Compile(Type.Object({ blacklisted: Type.Literal(true) }, { additionalProperties: true }))

/** The order as the rules see it: plain values, amounts in minor units, no personal data. */
export function caseOf(order: ScreenedOrder) {
  return {
    channel: order.channel,
    currency: order.currency,
    total: Number(order.total),
    payment_method: order.payment_method,
    service_level: order.service_level,
    country: order.ship_country,
    units: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    largest_line: order.lines.reduce((most, line) => Math.max(most, line.quantity), 0),
    lines: order.lines.length,
    earlier_orders: order.earlier_orders,
    categories: [...new Set(order.lines.map((line) => line.category).filter((name) => name !== ''))],
    handling_classes: [...new Set(order.lines.flatMap((line) => line.handling_classes))],
    address_problem: addressProblem(order),
    blacklisted: Flagged.Check(order.attributes),
  }
}
export type ReviewCaseInput = ReturnType<typeof caseOf>

/** What is missing for a delivery, '' for nothing: no place at all, or a person without a street. */
export function addressProblem(order: ScreenedOrder): string {
  const somewhere = order.ship_city !== null || order.ship_postcode !== null || order.ship_lat !== null
  if (!somewhere) return 'no_place'
  const street = order.address_lines?.join('').trim()
  return street === undefined || street.length >= 2 ? '' : 'no_street'
}

const Answer = Compile(
  // at most 100 reasons are read; a table has at most 2,000 rows
  Type.Array(
    Type.Object(
      {
        code: Type.String({ pattern: '^[a-z][a-z0-9_]{1,49}$' }),
        weight: Type.Optional(Type.Unknown()),
        field: Type.Optional(Type.Unknown()),
        limit: Type.Optional(Type.Unknown()),
        en: Type.Optional(Type.Unknown()),
        zh: Type.Optional(Type.Unknown()),
      },
      { additionalProperties: true },
    ),
    { maxItems: 2000 },
  ),
)
const REASONS_AT_MOST = 20

export interface Reason {
  readonly code: string
  readonly text: { readonly en: string; readonly zh: string }
  readonly detail: {
    readonly weight: string
    readonly value: string | null
    readonly limit: string | null
    readonly rules: string
  }
}

/** The reasons to hold, each code once; none: the order passes. Throws where the rules answer something else than a list of codes. */
export function reasonsOf(answer: unknown, input: ReviewCaseInput, rules_version: string): Reason[] {
  if (!Answer.Check(answer)) throw new Error('the review rules did not answer a list of codes')
  const shown = new Map<string, unknown>(Object.entries(input))
  const reasons = new Map<string, Reason>()
  for (const { code, weight, field, limit, en, zh } of answer.slice(0, 100)) {
    if (reasons.has(code) || reasons.size >= REASONS_AT_MOST) continue
    const known = reasonTexts[code]
    const say = (value: unknown) => shownValue(value, field === 'total' ? input.currency : null)
    reasons.set(code, {
      code,
      text: { en: textOr(en, known?.en ?? code), zh: textOr(zh, known?.zh ?? code) },
      detail: {
        weight: weight === 'danger' ? 'danger' : 'warning',
        value: typeof field === 'string' ? say(shown.get(field)) : null,
        limit: say(limit),
        rules: rules_version,
      },
    })
  }
  return [...reasons.values()]
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : otherwise
}

function shownValue(value: unknown, currency: string | null): string | null {
  if (value === null || value === undefined) return null
  if (currency !== null && typeof value === 'number')
    return `${formatMinor(BigInt(Math.trunc(value)), currency)} ${currency}`
  if (Array.isArray(value)) return value.map(String).join(', ').slice(0, 200)
  return typeof value === 'object' ? null : String(value).slice(0, 200)
}

/** Whether approving an order of this total takes two people. */
export function needsTwo(policy: ReviewPolicy, total: bigint, currency: string): boolean {
  const limit = policy.four_eyes_above[currency] ?? policy.four_eyes_above.other
  return limit !== undefined && total > BigInt(limit)
}
