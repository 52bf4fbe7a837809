// What the engine says of an expression that it cannot read, as words of the console: what kind of fault it is, and where; pure.
import type { Key } from '../text.ts'

export interface ParseFault {
  readonly key: Extract<Key, `rules.parse.${string}`>
  readonly values: Readonly<Record<string, string | number>>
}

/** null where it is none of the usual kinds. */
export function parseFault(says: string, written: string): ParseFault | null {
  const text = written.trimEnd()
  const call = /^Invalid function call `(.+?)`/.exec(says)
  if (call !== null) return { key: 'rules.parse.call', values: { name: call[1] ?? '' } }
  if (says.startsWith('Unexpected EOF')) return { key: 'rules.parse.quote', values: {} }
  const [, at] = /^(?:Expected|Unexpected|Unmatched)\b.* at \(?(\d+)/.exec(says) ?? []
  if (at !== undefined) {
    const before = prefixOf(text, Number(at))
    const sign = [...text.slice(before.length)].find((one) => one.trim() !== '')
    if (says.startsWith('Unexpected token: None') || sign === undefined) return { key: 'rules.parse.end', values: {} }
    return { key: 'rules.parse.sign', values: { sign, place: [...before].length + 1 } }
  }
  return says.startsWith('Incomplete') ? { key: 'rules.parse.rest', values: {} } : null
}

// The engine counts bytes.
function prefixOf(text: string, bytes: number): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes))
}
