// JSON as Ordo takes it: well-formed UTF-8, at most 32 levels, numbers that are numbers, no text that PostgreSQL or another reader would trip over.
import { isUtf8 } from 'node:buffer'
import type { ProblemItem } from '../problem.ts'
import { platformProblem } from '../problems.ts'
import { escapePointer, refusal } from './check-input.ts'

const LEVELS_AT_MOST = 32

/** Parses a body; throws `malformed_json` for what is not JSON and `invalid_request` for what must not be stored. Empty answers undefined. */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw platformProblem('malformed_json', { reason: 'not UTF-8' })
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw platformProblem('malformed_json')
  }
  // Only escapes can bring U+0000, lone surrogates or hidden names into well-formed text; without one, texts need no second look.
  const found = inspect(value, '', 1, text.includes('\\u'))
  if (found !== null) throw refusal([found])
  return value
}

function inspect(value: unknown, pointer: string, level: number, escaped: boolean): ProblemItem | null {
  if (typeof value === 'string') return escaped ? inspectText(value, pointer) : null
  if (typeof value === 'number')
    return Number.isFinite(value) ? null : { code: 'out_of_range', pointer, detail: 'this number is too large' }
  if (typeof value !== 'object' || value === null) return null
  if (level > LEVELS_AT_MOST) return { code: 'too_deep', pointer, detail: `at most ${LEVELS_AT_MOST} levels` }
  if (Array.isArray(value)) return inspectList(value, pointer, level, escaped)
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__' || (escaped && inspectText(name, pointer) !== null))
      return { code: 'unknown_property', pointer, detail: 'this name is not taken' }
    if (typeof member === 'boolean' || member === null || (typeof member === 'string' && !escaped)) continue
    const found = inspect(member, '', level + 1, escaped)
    if (found !== null) return { ...found, pointer: `${pointer}/${escapePointer(name)}${found.pointer ?? ''}` }
  }
  return null
}

function inspectList(list: readonly unknown[], pointer: string, level: number, escaped: boolean): ProblemItem | null {
  for (const [index, item] of list.entries()) {
    const found = inspect(item, '', level + 1, escaped)
    if (found !== null) return { ...found, pointer: `${pointer}/${index}${found.pointer ?? ''}` }
  }
  return null
}

function inspectText(text: string, pointer: string): ProblemItem | null {
  if (text.includes('\0')) return { code: 'control_character', pointer, detail: 'U+0000 cannot be stored' }
  return text.isWellFormed()
    ? null
    : { code: 'lone_surrogate', pointer, detail: 'half of a surrogate pair is not text' }
}
