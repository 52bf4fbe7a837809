// What a person may have typed: a number, a phone or its tail, a name, a SKU; each becomes a range of keys.
import { readHumanNumber } from '../../platform/ids.ts'
import { normalisePhone, normaliseText } from './index-search.ts'

export interface KeyRange {
  readonly kind: string
  readonly low: string
  readonly high: string
}

const LAST = '\u{10fffd}'

/** The key ranges that a text could mean; names and external ids also by their beginning, from three letters on. */
export function keyRanges(text: string): KeyRange[] {
  const plain = text.trim()
  const folded = normaliseText(plain) ?? ''
  if (folded === '') return []
  const exact = (kind: string, key: string): KeyRange => ({ kind, low: key, high: key })
  const prefix = (kind: string, key: string): KeyRange => ({ kind, low: key, high: key + LAST })
  const ranges: KeyRange[] = []
  const number = readHumanNumber(plain)
  if (number !== null) ranges.push(exact('number', number))
  else if (/^[0-9a-z]{4,9}$/i.test(plain)) ranges.push(prefix('number', plain.toUpperCase()))
  ranges.push(exact('external_id', folded))
  if (folded.length >= 3) ranges.push(prefix('external_id', folded))
  const digits = normalisePhone(plain)
  if (/^[\d\s+()-]+$/.test(plain) && digits !== null) {
    ranges.push(digits.length === 4 ? exact('phone_tail', digits) : exact('phone', digits))
    if (digits.length === 11 && digits.startsWith('1')) ranges.push(exact('phone', `86${digits}`))
  }
  ranges.push(folded.length >= 2 ? prefix('name', folded) : exact('name', folded))
  if (folded.includes('@')) ranges.push(exact('email', folded))
  ranges.push(exact('tracking', plain.toUpperCase().replace(/[\s-]/g, '')))
  return ranges
}
