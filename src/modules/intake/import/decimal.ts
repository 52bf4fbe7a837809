// Exact decimals of at most six places as whole millionths: sums of files lose nothing.

export type Micro = bigint

const PLACES = 6
const MICRO = 1_000_000n
const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d{0,6})0*)?$/

/** Reads "12.34" as 12,340,000 millionths; undefined where it is no decimal of at most six places. */
export function parseMicro(text: string | undefined): Micro | undefined {
  const match = DECIMAL.exec(text ?? '')
  if (match === null) return undefined
  const size = BigInt(match[2] ?? '0') * MICRO + BigInt((match[3] ?? '').padEnd(PLACES, '0'))
  return match[1] === '-' ? -size : size
}

/** Writes millionths as a decimal without needless zeros. */
export function formatMicro(value: Micro): string {
  const sign = value < 0n ? '-' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`
}

/** The product of two decimals; undefined where it needs more than six places. */
export function timesMicro(a: Micro, b: Micro): Micro | undefined {
  const product = a * b
  return product % MICRO === 0n ? product / MICRO : undefined
}

/** Millionths as minor units with `digits` places, rounded half away from zero. */
export function toMinor(value: Micro, digits: number): bigint {
  const unit = 10n ** BigInt(PLACES - digits)
  const size = value < 0n ? -value : value
  const rounded = (size + unit / 2n) / unit
  return value < 0n ? -rounded : rounded
}

/** Minor units with `digits` places as millionths. */
export function fromMinor(amount: bigint, digits: number): Micro {
  return amount * 10n ** BigInt(PLACES - digits)
}
