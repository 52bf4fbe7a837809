// Money: whole minor units as bigint beside an ISO 4217 currency, split by largest remainder so that the parts are the whole.

export type Minor = bigint

export interface Money {
  readonly amount: Minor
  readonly currency: string
}

const ZERO_DECIMALS = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'ISK',
  'JPY',
  'KMF',
  'KRW',
  'PYG',
  'RWF',
  'UGX',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
])
const THREE_DECIMALS = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'])

/** Decimal places of the minor unit of `currency` (ISO 4217). */
export function minorDigits(currency: string): number {
  if (ZERO_DECIMALS.has(currency)) return 0
  return THREE_DECIMALS.has(currency) ? 3 : 2
}

/** The sum of amounts of one currency. */
export function sum(amounts: Iterable<Minor>): Minor {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

/**
 * Splits `total` in proportion to `weights` (≥ 0) by the largest remainder (Hamilton's method); ties go to the lower index.
 * The parts sum to `total` exactly and have its sign. All weights zero: everything goes to the first part.
 */
export function split(total: Minor, weights: readonly bigint[]): Minor[] {
  if (weights.length === 0) {
    if (total !== 0n) throw new Error('an amount cannot be split into no parts')
    return []
  }
  const all = sum(weights)
  if (all === 0n) return weights.map((_, index) => (index === 0 ? total : 0n))
  const sign = total < 0n ? -1n : 1n
  const whole = total * sign
  const parts = weights.map((weight) => (whole * weight) / all)
  const order = weights
    .map((weight, index) => ({ index, rest: (whole * weight) % all }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  let left = whole - sum(parts)
  for (const { index } of order) {
    if (left === 0n) break
    parts[index] = (parts[index] ?? 0n) + 1n
    left -= 1n
  }
  return parts.map((part) => part * sign)
}

/**
 * The share of `total` that belongs to units `from` (inclusive) to `to` (exclusive) of `units` equal units, largest remainder, lower units
 * first: what a refund of those units is worth never depends on the order of refunds.
 */
export function shareOfUnits(total: Minor, units: number, from: number, to: number): Minor {
  const upTo = (count: number) => {
    const base = (total / BigInt(units)) * BigInt(count)
    const rest = total % BigInt(units)
    const extra = rest < 0n ? -rest : rest
    const given = BigInt(count) < extra ? BigInt(count) : extra
    return base + (rest < 0n ? -given : given)
  }
  return upTo(to) - upTo(from)
}

/** Reads a decimal text such as "12.345" as minor units of `currency`, rounding half away from zero; null where it is no number. */
export function parseMinor(text: string, currency: string): Minor | null {
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{0,12}))?$/.exec(text.trim())
  if (match === null) return null
  const digits = minorDigits(currency)
  const fraction = (match[3] ?? '').padEnd(digits + 1, '0')
  const kept = BigInt((match[2] ?? '0') + fraction.slice(0, digits))
  const rounded = (fraction[digits] ?? '0') >= '5' ? kept + 1n : kept
  return match[1] === '-' ? -rounded : rounded
}

/** Writes minor units as a decimal text, "12.34". */
export function formatMinor(amount: Minor, currency: string): string {
  const digits = minorDigits(currency)
  const sign = amount < 0n ? '-' : ''
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const MICRO = 1_000_000n

/** quantity × unit price, the price as a decimal text with at most six places, rounded half away from zero to minor units. */
export function priceTimes(unit_price: string, quantity: number, currency: string): Minor | null {
  const match = /^(-?)(\d{1,14})(?:\.(\d{1,6}))?$/.exec(unit_price)
  if (match === null) return null
  const micros = BigInt(match[2] ?? '0') * MICRO + BigInt((match[3] ?? '').padEnd(6, '0'))
  const scaled = micros * BigInt(quantity) * 10n ** BigInt(minorDigits(currency))
  const size = scaled < 0n ? -scaled : scaled
  const rounded = (size + MICRO / 2n) / MICRO
  return (match[1] === '-') !== scaled < 0n ? -rounded : rounded
}
