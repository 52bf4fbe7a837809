// The words of an expression that mean nothing as they stand: a name that nobody knows, a number where a text belongs, a text where a number does.

/** What means nothing in a cell: the code of its fault, and the word as it should stand in the sentence about it. */
export interface WordFault {
  readonly code: 'bare_word' | 'no_number'
  readonly word: string
  readonly says: string
}

const TOKENS =
  /"[^"]*"|'[^']*'|`[^`]*`|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?|[$\p{L}_][\p{L}\p{N}_]*|\.\.|[<>=!]=|\?\?|\?\.|[^\s]/gu
const NAME = /^[$\p{L}_]/u
const QUOTED = /^["'`]/
const NUMBER = /^\d/
const KEYWORDS: readonly string[] = ['$', '$root', 'and', 'or', 'not', 'in', 'as', 'true', 'false', 'null']
const WANTS_TEXT: readonly string[] = ['startsWith', 'endsWith', 'contains']
const COMPARES: readonly string[] = ['<', '>', '<=', '>=']
const OPENING: readonly string[] = ['(', '[', '{']
const CLOSING: readonly string[] = [')', ']', '}']
const INSERTED = /\$\{([^}]*)\}/g

/** The first word of a cell that means nothing as it stands; null where each means something. `known`: names of what a case has. */
export function wordFault(cell: string, known: readonly string[]): WordFault | null {
  const tokens = [...cell.matchAll(TOKENS)].map(([token]) => token)
  const own = namedInside(tokens)
  for (const [index, token] of tokens.entries()) {
    const fault = QUOTED.test(token)
      ? (insideFault(token, [...known, ...own]) ?? orderFault(tokens, index, known))
      : NUMBER.test(token)
        ? numberFault(tokens, index)
        : isUnknown(tokens, index, [...known, ...own])
          ? bareWord(token, 'value of an order')
          : null
    if (fault !== null) return fault
  }
  return null
}

function bareWord(word: string, what: string): WordFault {
  return { code: 'bare_word', word, says: `${word} is no ${what}; a text stands in quotation marks: "${word}"` }
}

// `some($ as one, one == 1)` and `limit = 5; $ > limit` name things themselves
function namedInside(tokens: readonly string[]): string[] {
  return tokens.filter((token, index) => NAME.test(token) && (tokens[index - 1] === 'as' || tokens[index + 1] === '='))
}

function isUnknown(tokens: readonly string[], index: number, known: readonly string[]): boolean {
  const [token = '', before = '', after = ''] = [tokens[index], tokens[index - 1], tokens[index + 1]]
  if (!NAME.test(token) || KEYWORDS.includes(token) || known.includes(token)) return false
  // a property, a function, the key of an object
  if (before === '.' || before === '?.' || after === '(') return false
  return !(after === ':' && (before === '{' || before === ','))
}

// A text may have expressions between its words.
function insideFault(token: string, known: readonly string[]): WordFault | null {
  if (!token.startsWith('`')) return null
  for (const [, inner = ''] of token.matchAll(INSERTED)) {
    const fault = wordFault(inner, known)
    if (fault !== null) return fault
  }
  return null
}

// `startsWith($, 31)`: fails for every order
function numberFault(tokens: readonly string[], index: number): WordFault | null {
  const [before = '', token = '', after = ''] = tokens.slice(index - 1, index + 2)
  if (!['(', ','].includes(before) || ![',', ')'].includes(after)) return null
  const open = openBefore(tokens, index)
  const name = tokens[open - 1] ?? ''
  // a list may contain numbers
  if (!WANTS_TEXT.includes(name) || tokens[open + 1] === '[') return null
  return bareWord(token, 'text')
}

// The bracket that what stands here is in.
function openBefore(tokens: readonly string[], index: number): number {
  let depth = 0
  for (let at = index - 1; at >= 0; at--) {
    const token = tokens[at] ?? ''
    if (CLOSING.includes(token)) depth++
    else if (OPENING.includes(token) && depth-- === 0) return at
  }
  return -1
}

// `$ > "abc"`: the engine orders numbers and dates, no texts
function orderFault(tokens: readonly string[], index: number, known: readonly string[]): WordFault | null {
  const [before, after] = [tokens[index - 1], tokens[index + 1]]
  const isPlain = (token: string | undefined) => token === undefined || token === '$' || known.includes(token)
  const is_right = before !== undefined && COMPARES.includes(before) && isPlain(tokens[index - 2])
  const is_left = after !== undefined && COMPARES.includes(after) && isPlain(tokens[index + 2])
  if (!is_right && !is_left) return null
  const word = tokens[index] ?? ''
  return { code: 'no_number', word, says: `${word} is no number: what is more or less is asked of numbers` }
}
