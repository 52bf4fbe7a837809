// Expressions and conditions of a mapping become functions once; a column that is in no file is told before anything is read.
import type { Condition, Expression, Mapping } from '../../../contracts/intake-mapping.ts'
import { formatMicro, parseMicro, timesMicro } from './decimal.ts'

/** The rows that an expression looks at: of the order, and of the line where those are in another file. */
export interface Scope {
  readonly main: readonly string[]
  readonly row: readonly string[]
}

/** Text, or undefined for nothing: an empty column is nothing. */
export type Read = (scope: Scope) => string | undefined
export type Holds = (scope: Scope) => boolean

/** Finds a column by its name; throws MappingFault where there is none. */
export type Columns = (name: string) => Read

/** What is wrong with a mapping, told to the person who wrote it. */
export class MappingFault extends Error {}

export interface Compiler {
  read(expression: Expression): Read
  holds(condition: Condition): Holds
}

/** A compiler for expressions over these columns and the tables of a mapping. */
export function compiler(columns: Columns, tables: NonNullable<Mapping['tables']>): Compiler {
  const compiled = new ExpressionCompiler(columns, tables)
  // Handed on as plain functions: whoever takes them out of the object keeps them bound.
  return { read: (expression) => compiled.read(expression), holds: (condition) => compiled.holds(condition) }
}

class ExpressionCompiler implements Compiler {
  readonly #columns: Columns
  readonly #tables: NonNullable<Mapping['tables']>

  constructor(columns: Columns, tables: NonNullable<Mapping['tables']>) {
    this.#columns = columns
    this.#tables = tables
  }

  #maybe(expression: Expression | undefined): Read {
    return expression === undefined ? () => undefined : this.read(expression)
  }

  #map(expression: Expression, change: (text: string) => string | undefined): Read {
    const of = this.read(expression)
    return (scope) => {
      const text = of(scope)
      return text === undefined ? undefined : change(text)
    }
  }

  read(expression: Expression): Read {
    if (typeof expression === 'string') return this.#columns(expression)
    if ('is' in expression) return () => (expression.is === '' ? undefined : expression.is)
    if ('join' in expression) return join(expression.join.map((one) => this.read(one)))
    if ('first' in expression) return first(expression.first.map((one) => this.read(one)))
    if ('upper' in expression) return this.#map(expression.upper, (text) => text.toUpperCase())
    if ('lower' in expression) return this.#map(expression.lower, (text) => text.toLowerCase())
    if ('title' in expression) return this.#map(expression.title, titleCase)
    if ('fold' in expression) return this.#map(expression.fold, fold)
    if ('pad' in expression)
      return this.#map(expression.pad, (text) => text.padStart(expression.width, expression.with))
    if ('times' in expression) {
      const by = parseMicro(expression.by) ?? 0n
      return this.#map(expression.times, (text) => product(parseMicro(text), by))
    }
    if ('table' in expression) return this.#lookUp(expression)
    const test = this.holds(expression.if)
    const [yes, no] = [this.read(expression.give), this.#maybe(expression.else)]
    return (scope) => (test(scope) ? yes(scope) : no(scope))
  }

  #lookUp({ table, of, field, else: otherwise }: Extract<Expression, { table: string }>): Read {
    const rows = this.#tables[table]
    if (rows === undefined) throw new MappingFault(`there is no table ${table}`)
    const entries = new Map(
      Object.entries(rows).map(([key, row]) => [key, typeof row === 'string' ? row : row[field ?? '']]),
    )
    const [key, fallback] = [this.read(of), this.#maybe(otherwise)]
    return (scope) => entries.get(key(scope) ?? '') ?? fallback(scope)
  }

  holds(condition: Condition): Holds {
    if ('equals' in condition) return this.#pair(condition.equals, (a, b) => a === b)
    if ('below' in condition) return this.#numbers(condition.below, (a, b) => a < b)
    if ('zero' in condition) return this.#numbers([condition.zero, { is: '0' }], (a, b) => a === b)
    if ('in' in condition) {
      const [of, list] = condition.in
      const [text, known] = [this.read(of), new Set(list)]
      return (scope) => known.has(text(scope) ?? '')
    }
    if ('matches' in condition) {
      const [of, pattern] = condition.matches
      const [text, expected] = [this.read(of), regularExpression(pattern)]
      return (scope) => expected.test(text(scope) ?? '')
    }
    if ('empty' in condition) {
      const text = this.read(condition.empty)
      return (scope) => text(scope) === undefined
    }
    if ('not' in condition) {
      const test = this.holds(condition.not)
      return (scope) => !test(scope)
    }
    if ('all' in condition) {
      const tests = condition.all.map((one) => this.holds(one))
      return (scope) => tests.every((test) => test(scope))
    }
    const tests = condition.any.map((one) => this.holds(one))
    return (scope) => tests.some((test) => test(scope))
  }

  #pair([a, b]: readonly [Expression, Expression], test: (a?: string, b?: string) => boolean): Holds {
    const [left, right] = [this.read(a), this.read(b)]
    return (scope) => test(left(scope), right(scope))
  }

  // What is no number is neither below nor zero.
  #numbers(both: readonly [Expression, Expression], test: (a: bigint, b: bigint) => boolean): Holds {
    return this.#pair(both, (a, b) => {
      const [left, right] = [parseMicro(a), parseMicro(b)]
      return left !== undefined && right !== undefined && test(left, right)
    })
  }
}

function join(parts: readonly Read[]): Read {
  return (scope) => {
    let text = ''
    for (const part of parts) {
      const more = part(scope)
      if (more === undefined) return undefined
      text += more
    }
    return text
  }
}

function first(parts: readonly Read[]): Read {
  return (scope) => {
    for (const part of parts) {
      const text = part(scope)
      if (text !== undefined) return text
    }
    return undefined
  }
}

function product(a: bigint | undefined, b: bigint): string | undefined {
  const value = a === undefined ? undefined : timesMicro(a, b)
  return value === undefined ? undefined : formatMicro(value)
}

function regularExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    throw new MappingFault(`${pattern} is no regular expression`)
  }
}

function titleCase(text: string): string {
  return text
    .toLowerCase()
    .replace(/(^|[\s-])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase())
}

/** Lower case, no accents, single blanks: "São  Paulo" and "sao paulo" are one place. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s'’-]+/g, ' ')
    .trim()
}
