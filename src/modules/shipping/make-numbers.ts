// Numbers that scanners check: GS1 serial shipping container codes and the tracking numbers of a contract carrier.
import { createHash } from 'node:crypto'

/** The GS1 mod-10 check digit (GS1 General Specifications §7.9): weights 3 and 1 from the right. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0
  for (let place = 0; place < digits.length; place++) sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 3 : 1)
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

/** A tracking number that belongs to `key` alone: two letters of the carrier, fifteen digits out of SHA-256, a check digit. */
export function contractTrackingNumber(carrier: string, key: string): string {
  const digest = createHash('sha256').update(`${carrier}\n${key}`).digest()
  const digits = (digest.readBigUInt64BE(0) % 10n ** 15n).toString().padStart(15, '0')
  const letters = carrier.toUpperCase().replace(/[^A-Z]/g, '').slice(0, 2).padEnd(2, 'X')
  return letters + digits + gs1CheckDigit(digits)
}

/** Whether a number of a contract carrier was read without a slip. */
export function isContractTrackingNumber(text: string): boolean {
  const match = /^[A-Z]{2}(\d{15})(\d)$/.exec(text)
  return match !== null && gs1CheckDigit(match[1] ?? '') === match[2]
}
