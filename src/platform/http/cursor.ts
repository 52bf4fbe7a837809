// Cursors of lists: the keys of the last row, signed, so that only what a list gave out comes back; they carry no personal data.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { platformProblem } from '../problems.ts'
import type { Secrets } from '../secrets.ts'

export type Position = readonly (string | number | boolean | null)[]

const SIGNATURE_BYTES = 12

/** Text that stands for a place in the list `list` (its route and order, `orders:placed_at`); opaque to the reader. */
export function encodeCursor(secrets: Secrets, list: string, position: Position): string {
  const body = Buffer.from(JSON.stringify(position), 'utf8')
  return Buffer.concat([signature(secrets, list, body), body]).toString('base64url')
}

/** The place that `encodeCursor` was given for the same list; throws `cursor_invalid` for anything else. */
export function decodeCursor(secrets: Secrets, list: string, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url')
  const body = bytes.subarray(SIGNATURE_BYTES)
  const genuine =
    bytes.length > SIGNATURE_BYTES &&
    timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), signature(secrets, list, body))
  if (!genuine) throw platformProblem('cursor_invalid')
  const position: unknown = JSON.parse(body.toString('utf8'))
  if (!Array.isArray(position) || !position.every(isKey)) throw platformProblem('cursor_invalid')
  return position
}

/** As `decodeCursor`, where the list's keys are texts: `count` of them, or none where there is no cursor. */
export function textPosition(
  secrets: Secrets,
  list: string,
  cursor: string | undefined,
  count: number,
): readonly string[] | null {
  if (cursor === undefined) return null
  const position = decodeCursor(secrets, list, cursor)
  const texts = position.filter((key) => typeof key === 'string')
  if (texts.length !== count || position.length !== count) throw platformProblem('cursor_invalid')
  return texts
}

function isKey(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

// The digest of the list's name is keyed by ORDO_KEY: a signing key of its own for each list, without another secret to keep.
const keys = new WeakMap<Secrets, Map<string, string>>()

function signature(secrets: Secrets, list: string, body: Buffer): Buffer {
  const known = keys.get(secrets) ?? new Map<string, string>()
  keys.set(secrets, known)
  const key = known.get(list) ?? secrets.digest(`cursor ${list}`)
  if (known.size < 1_000) known.set(list, key)
  return createHmac('sha256', key).update(body).digest().subarray(0, SIGNATURE_BYTES)
}
