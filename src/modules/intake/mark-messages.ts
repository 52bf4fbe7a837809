// Marks of a raw message: every phone, mail and order in it. Their buckets are kept beside the file, so that a customer's messages are found again.
import { hash } from 'node:crypto'
import { normalisePhone } from '../orders/index.ts'
import { keyOf } from './incoming.ts'

/** With or without a country code a phone has the same last digits. */
const PHONE_DIGITS = 10
const LEAST_DIGITS = 7
/** A number below is an amount, not a phone. */
const LEAST_NUMBER = 1e9
const DEPTH_AT_MOST = 32

export interface Sought {
  readonly phone: string | null
  readonly email: string | null
  /** The orders by which the channel told of the customer. */
  readonly orders: readonly { readonly channel: string; readonly external_id: string }[]
}

/** The marks of a customer: a message that holds one of them is about them. */
export function marksOf({ phone, email, orders }: Sought): string[] {
  const marks = new Set<string>()
  markText(phone ?? '', marks)
  markText(email ?? '', marks)
  for (const order of orders) marks.add(`order ${keyOf(order)}`)
  return [...marks]
}

/** The marks in a raw message, whatever its form. */
export function marksIn(text: string): Set<string> {
  const marks = new Set<string>()
  const message = parsed(text)
  collect(message, marks, 0)
  if (typeof message === 'object' && message !== null && 'channel' in message && 'external_id' in message) {
    const { channel, external_id } = message
    if (typeof channel === 'string' && typeof external_id === 'string')
      marks.add(`order ${keyOf({ channel, external_id: external_id.normalize() })}`)
  }
  return marks
}

/** The bucket of a mark within a tenant: 31 bits of a hash, so that it tells nobody's phone. */
export function bucketOf(tenant: string, mark: string): number {
  return hash('sha256', `${tenant} ${mark}`, 'buffer').readUInt32BE(0) >>> 1
}

function collect(value: unknown, marks: Set<string>, depth: number): void {
  if (depth > DEPTH_AT_MOST) return
  if (typeof value === 'number' && value >= LEAST_NUMBER) markText(String(value), marks)
  else if (typeof value === 'string') markText(value, marks)
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) collect(inner, marks, depth + 1)
}

function markText(text: string, marks: Set<string>): void {
  if (/^[\d\s+().-]{7,40}$/.test(text)) {
    const digits = normalisePhone(text) ?? ''
    if (digits.length >= LEAST_DIGITS) marks.add(`phone ${digits.slice(-PHONE_DIGITS)}`)
  }
  if (!text.includes('@')) return
  for (const word of text.split(/[\s,;<>]+/))
    if (word.includes('@')) marks.add(`mail ${word.normalize('NFKC').toLowerCase()}`)
}

// What is no JSON is one text.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
