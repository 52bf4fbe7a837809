// The only place that makes ids and randomness: UUIDv7 for machines (RFC 9562), short check-digit numbers for people.
import { randomBytes, randomInt } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Fills with random bytes and answers random integers below a limit; seeded in tests that must repeat. */
export interface Randomness {
  bytes(count: number): Uint8Array
  below(limit: number): number
}

export const systemRandomness: Randomness = {
  bytes: (count) => randomBytes(count),
  below: (limit) => randomInt(limit),
}

/** A repeatable source of randomness (mulberry32) for tests, demo data and benchmarks; never for secrets. */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return (word ^ (word >>> 14)) >>> 0
  }
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 255),
    below: (limit) => Math.floor((next() / 4294967296) * limit),
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * A maker of UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then a 12-bit counter (method 1 of §6.2) and 62 random bits.
 * Ids of one maker strictly rise, also within a millisecond and when the clock steps back.
 */
export function idMaker(clock: Clock, randomness: Randomness = systemRandomness): () => string {
  let last_ms = 0
  let counter = 0
  let pool: Uint8Array = new Uint8Array(0)
  let used = 0
  return () => {
    const now_ms = clock.now().getTime()
    if (now_ms > last_ms) {
      last_ms = now_ms
      counter = 0
    } else if (++counter > 0xfff) {
      last_ms += 1
      counter = 0
    }
    if (used + 8 > pool.length) {
      pool = randomness.bytes(4096)
      used = 0
    }
    const tail = pool.subarray(used, used + 8)
    used += 8
    return formatUuid7(last_ms, counter, tail)
  }
}

function formatUuid7(ms: number, counter: number, tail: Uint8Array): string {
  const time = ms.toString(16).padStart(12, '0')
  const version = (0x7000 | counter).toString(16)
  const hex = (index: number, byte = tail[index] ?? 0) => HEX[byte] ?? '00'
  const variant = hex(0, ((tail[0] ?? 0) & 0x3f) | 0x80)
  const node = hex(2) + hex(3) + hex(4) + hex(5) + hex(6) + hex(7)
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}${hex(1)}-${node}`
}

/** The lowest UUIDv7 of the instant `at`: a bound for ranges of time over ids. */
export function uuidFloor(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

/** The instant in a UUIDv7. */
export function uuidTime(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether `text` is a UUID in its canonical lower-case form. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A number for people: nine random Crockford base-32 digits and a check digit modulo 31 over the same alphabet. */
export function humanNumber(randomness: Randomness): string {
  const digits = Array.from({ length: 9 }, () => CROCKFORD[randomness.below(32)]).join('')
  return digits + checkDigit(digits)
}

/** The digit that makes a number of people checkable: the value of the digits modulo 31, weighted by place. */
export function checkDigit(digits: string): string {
  let rest = 0
  for (const digit of digits) rest = (rest * 32 + CROCKFORD.indexOf(digit)) % 31
  return CROCKFORD[rest] ?? '0'
}

/** Reads a number as people type it (lower case, O for 0, I and L for 1, blanks, dashes); null where the check digit is wrong. */
export function readHumanNumber(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{10}$/.test(plain)) return null
  return checkDigit(plain.slice(0, 9)) === plain[9] ? plain : null
}

/** The instant in which a UUIDv7 was made. */
export function instantOfUuid(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))
}
