// Cuts the members of {"orders": [ … ]} out of the bytes of a large body without parsing it whole, so that other requests get their turn.
import { setImmediate as turn } from 'node:timers/promises'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d

/** After so many bytes the event loop gets a turn: a few milliseconds of scanning. */
const BYTES_A_TURN = 1_000_000

/**
 * The members of the only member `name` of an object, as slices of `bytes`; null where the body is not that. Only brackets, strings and
 * commas are looked at: whether a slice is JSON is for its reader to say. Stops with the slice after `most`.
 */
export async function splitList(bytes: Buffer, name: string, most: number): Promise<Buffer[] | null> {
  const start = head(bytes, name)
  if (start === null) return null
  const slices: Buffer[] = []
  let at = blank(bytes, start)
  if (bytes[at] === CLOSE_LIST) return tail(bytes, at + 1) ? slices : null
  for (let next_turn = at + BYTES_A_TURN; slices.length <= most; ) {
    const end = endOfValue(bytes, at)
    if (end === null || end === at) return null
    slices.push(bytes.subarray(at, end))
    at = blank(bytes, end)
    if (bytes[at] === CLOSE_LIST) return tail(bytes, at + 1) ? slices : null
    if (bytes[at] !== COMMA) return null
    at = blank(bytes, at + 1)
    if (at > next_turn) {
      next_turn = at + BYTES_A_TURN
      await turn()
    }
  }
  return slices
}

/** The place after `{"name":[`, or null. */
function head(bytes: Buffer, name: string): number | null {
  let at = blank(bytes, 0)
  for (const token of [Buffer.from('{'), Buffer.from(JSON.stringify(name)), Buffer.of(COLON), Buffer.of(OPEN_LIST)]) {
    if (!bytes.subarray(at, at + token.length).equals(token)) return null
    at = blank(bytes, at + token.length)
  }
  return at
}

function tail(bytes: Buffer, from: number): boolean {
  const at = blank(bytes, from)
  return bytes[at] === CLOSE && blank(bytes, at + 1) === bytes.length
}

function blank(bytes: Buffer, from: number): number {
  let at = from
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at += 1
  return at
}

/** Where the value that begins at `from` ends; null where a bracket or a string does not close. */
function endOfValue(bytes: Buffer, from: number): number | null {
  let depth = 0
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      const end = endOfText(bytes, at)
      if (end === null) return null
      at = end
    } else if (byte === OPEN || byte === OPEN_LIST) depth += 1
    else if (byte === CLOSE || byte === CLOSE_LIST) {
      if (depth === 0) return at
      depth -= 1
      if (depth === 0) return at + 1
    } else if (byte === COMMA && depth === 0) return at
  }
  return null
}

/** The closing quote of the string that opens at `from`; a quote after an odd number of backslashes is part of it. */
function endOfText(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(QUOTE, from + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let slashes = 0
    while (bytes[at - 1 - slashes] === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return at
  }
  return null
}
