// Numbers that scanners check: GS1 serial shipping container codes and the tracking numbers of a contract carrier.
import { createHash } from 'node:crypto'

/** The GS1 mod-10 check digit (GS1 General Specifications §7.9): weights 3 and 1 from the right. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0
  for (let place = 0; place < digits.length; place++)
    sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 3 : 1)
  return String((10 - (sum % 10)) % 10)
}

/** GS1 keeps this prefix for numbers inside one company: right until a merchant has a prefix of its own. */
const COMPANY_PREFIX = '0000000'
const SERIALS = 10n ** 10n

/** The SSCC of a serial: extension digit and serial reference around the company prefix, 17 digits and their check digit. */
export function sscc(serial: bigint): string {
  const digits = (serial % SERIALS).toString().padStart(10, '0')
  const body = `${digits[0]}${COMPANY_PREFIX}${digits.slice(1)}`
  return body + gs1CheckDigit(body)
}

const USUAL_DIGITS = 16
/** Fewer free digits would collide: two of a million parcels share one of 10^14 numbers once in two hundred times. */
const DIGITS_AT_LEAST = 15

/**
 * A tracking number that belongs to `key` alone: each # of the carrier's pattern is a digit out of SHA-256, the last one the check digit of
 * all digits before it. A pattern with too few places is not used: two letters of the carrier and sixteen digits stand in for it.
 */
export function contractTrackingNumber(carrier: string, key: string, pattern?: string): string {
  const digest = createHash('sha256').update(`${carrier}\n${key}`).digest()
  const digits =
    (digest.readBigUInt64BE(0) % 10n ** 18n).toString().padStart(18, '0') +
    (digest.readBigUInt64BE(8) % 10n ** 18n).toString().padStart(18, '0')
  const places = (pattern ?? '').split('#').length - 1
  const form =
    pattern !== undefined && places >= DIGITS_AT_LEAST && places <= digits.length && pattern.endsWith('#')
      ? pattern
      : usualPattern(carrier)
  let next = 0
  const body = form.slice(0, -1).replace(/#/g, () => digits[next++] ?? '0')
  return body + gs1CheckDigit(body.replace(/\D/g, ''))
}

function usualPattern(carrier: string): string {
  return (
    carrier
      .toUpperCase()
      .replace(/[^A-Z]/g, '')
      .slice(0, 2)
      .padEnd(2, 'X') + '#'.repeat(USUAL_DIGITS)
  )
}

/** Whether a number of a contract carrier was read without a slip. */
export function isContractTrackingNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  return (
    /^[A-Z0-9-]+\d$/.test(text) &&
    digits.length >= DIGITS_AT_LEAST &&
    gs1CheckDigit(digits.slice(0, -1)) === digits.at(-1)
  )
}
