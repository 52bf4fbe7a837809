// Values from JSON schemas: such as fit, and such as almost fit; for requests made from the OpenAPI document.
import fc from 'fast-check'
import type { Loose } from './serve.ts'

type Schema = Readonly<Record<string, Loose>>

/** Ids and words that a test wants to be tried where a schema takes them. */
export interface Hints {
  readonly ids: readonly string[]
  readonly words: readonly string[]
}

const SPECIAL_TEXTS = [
  "' or 1=1 --",
  '<script>',
  '%00',
  '../../etc/passwd',
  '\u202e',
  '🧨',
  'null',
  '-1',
  '0',
  '1e9',
  'ß'.repeat(50),
  '💥'.repeat(30),
]

/** Values that fit a schema, mostly of its plainest kind. */
export function fitting(schema: Schema, hints: Hints): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const union = schema.anyOf ?? schema.oneOf
  if (Array.isArray(union)) return fc.oneof(...union.map((part) => fitting(part, hints)))
  if (Array.isArray(schema.allOf))
    return fc.tuple(...schema.allOf.map((part) => fitting(part, hints))).map((parts) => Object.assign({}, ...parts))
  switch (schema.type) {
    case 'object':
      return object(schema, hints)
    case 'array':
      return fc.array(fitting(schema.items ?? {}, hints), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, Math.max(schema.minItems ?? 0, 3)),
      })
    case 'integer':
      return fc.oneof(
        fc.integer({
          min: Math.max(schema.minimum ?? -1_000, -(2 ** 31)),
          max: Math.min(schema.maximum ?? 1_000, 2 ** 31 - 1),
        }),
        fc.constantFrom(...bounds(schema)),
      )
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(schema, hints)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function bounds(schema: Schema): number[] {
  return [schema.minimum ?? 0, schema.maximum ?? 1, Math.max(schema.minimum ?? 0, 1)]
}

function object(schema: Schema, hints: Hints): fc.Arbitrary<unknown> {
  const required: string[] = schema.required ?? []
  const members = Object.entries<Schema>(schema.properties ?? {}).map(([name, member]) => {
    const value = fitting(member, hints)
    return [name, required.includes(name) ? value : fc.option(value, { nil: undefined })] as const
  })
  const [pattern] = Object.entries<Schema>(schema.patternProperties ?? {})
  const open =
    pattern === undefined
      ? fc.constant({})
      : fc.dictionary(fc.stringMatching(new RegExp(pattern[0])), fitting(pattern[1], hints), { maxKeys: 2 })
  return fc
    .tuple(fc.record(Object.fromEntries(members)), open)
    .map(([known, more]) =>
      Object.fromEntries(Object.entries({ ...more, ...known }).filter(([, value]) => value !== undefined)),
    )
}

function text(schema: Schema, hints: Hints): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 40 } = schema
  if (schema.format === 'uuid')
    return fc.oneof(
      { weight: 3, arbitrary: hints.ids.length > 0 ? fc.constantFrom(...hints.ids) : fc.uuid() },
      fc.uuid(),
    )
  if (schema.format === 'date-time')
    return fc
      .date({ min: new Date('1970-01-01'), max: new Date('2199-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  if (schema.format === 'date')
    return fc
      .date({ min: new Date('1970-01-01'), max: new Date('2199-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
  if (schema.pattern !== undefined) {
    const free = fc
      .stringMatching(new RegExp(schema.pattern))
      .map((made) => stretched(made, minLength, schema.maxLength ?? 4_000))
    const known = hints.words.filter((word) => new RegExp(schema.pattern).test(word))
    return known.length === 0 ? free : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, free)
  }
  const fits = (made: string) => made.length >= minLength && made.length <= (schema.maxLength ?? 4_000)
  const special = [...hints.words, ...SPECIAL_TEXTS].filter(fits)
  const free = fc
    .string({ maxLength: Math.min(maxLength, minLength + 40), unit: 'grapheme' })
    .map((made) => stretched(made.replaceAll('\0', '').toWellFormed(), minLength, schema.maxLength ?? 4_000))
  return special.length === 0 ? free : fc.oneof(free, fc.constantFrom(...special))
}

// Never a filter: what fits by chance only would be sought for ever.
function stretched(made: string, minLength: number, maxLength: number): string {
  const long =
    made.length >= minLength
      ? made
      : (made === '' ? 'a' : made).repeat(minLength).slice(0, Math.max(minLength, made.length))
  return [...long].slice(0, maxLength).join('').toWellFormed()
}

/** Values that almost fit: one place of a fitting value is replaced by something else. */
export function almostFitting(schema: Schema, hints: Hints): fc.Arbitrary<unknown> {
  return fc
    .tuple(fitting(schema, hints), fc.nat(), strange)
    .map(([value, place, other]) => replaceOne(value, place, other))
}

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1.5,
    2 ** 53,
    -(2 ** 53),
    2 ** 31,
    true,
    [],
    {},
    'x'.repeat(5_000),
    '\0',
    '\ud800',
    Number.MAX_VALUE,
    [[[]]],
    { __proto__: null, a: 1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

function replaceOne(value: unknown, place: number, other: unknown): unknown {
  if (Array.isArray(value) && value.length > 0)
    return value.map((item, index) => (index === place % value.length ? replaceOne(item, place >> 2, other) : item))
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    const entries = Object.entries(value)
    const at = place % (entries.length + 1)
    if (at === entries.length) return { ...value, surprise: other }
    return Object.fromEntries(
      entries.map(([name, member], index) => [name, index === at ? replaceOne(member, place >> 2, other) : member]),
    )
  }
  return other
}
