// Params, query and body against their schemas, all errors at once, each with its JSON pointer; nothing is coerced but the text of an address.
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { System } from 'typebox/system'
import type { ProblemItem } from '../problem.ts'
import { platformProblem } from '../problems.ts'
import { closedSchema } from './close-schema.ts'
import type { Route } from './route.ts'

/** Errors listed at most in one answer. */
const ERRORS_AT_MOST = 100
System.Settings.Set({ maxErrors: ERRORS_AT_MOST })

interface Part {
  readonly place: string
  check(value: unknown): boolean
  errors(value: unknown): ProblemItem[]
}

/** Answers params and query with their types; throws `invalid_request` with everything that is wrong. */
export type InputCheck = (params: unknown, query: unknown, body: unknown) => { params: unknown; query: unknown }

/** Compiles the schemas of a route once. Pointers begin with /params, /query or, for the body, with nothing. */
export function compileCheck(declared: Route): InputCheck {
  const { options } = declared
  const names = [...declared.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const params = part(options.params ?? anyTexts(names), '/params')
  const query = part(options.query ?? anyTexts([]), '/query')
  // The body of a raw route is bytes: its schema is for the reader of the reference, the route checks what it takes.
  const body = options.body === undefined || options.raw === true ? null : part(options.body, '')
  const paramKinds = kinds(options.params)
  const queryKinds = kinds(options.query)
  return (rawParams, rawQuery, rawBody) => {
    const typedParams = typed(rawParams, paramKinds)
    const typedQuery = typed(rawQuery, queryKinds)
    const fine =
      params.check(typedParams) && query.check(typedQuery) && (body === null ? isNothing(rawBody) : body.check(rawBody))
    if (!fine)
      throw refusal([
        ...params.errors(typedParams),
        ...query.errors(typedQuery),
        ...(body === null ? unwanted(rawBody) : body.errors(rawBody)),
      ])
    refuseNul(typedParams, '/params')
    refuseNul(typedQuery, '/query')
    return { params: typedParams, query: typedQuery }
  }
}

/** A refusal of input with its items, the first hundred of them. */
export function refusal(errors: readonly ProblemItem[]): Error {
  return platformProblem('invalid_request', {}, errors.slice(0, ERRORS_AT_MOST))
}

function part(schema: TSchema, place: string): Part {
  const compiled = Compile(closedSchema(schema))
  return {
    place,
    check: (value) => compiled.Check(value),
    errors: (value) => (compiled.Check(value) ? [] : items(compiled.Errors(value), place)),
  }
}

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

// An unknown property is reported once, where it stands; the members of a failed union are left out, the union itself says it.
function items(errors: readonly SchemaError[], place: string): ProblemItem[] {
  const unions = errors
    .filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf')
    .map((error) => error.instancePath)
  const seen = new Set<string>()
  const found: ProblemItem[] = []
  for (const error of errors) {
    const isMember = error.keyword !== 'anyOf' && error.keyword !== 'oneOf' && unions.includes(error.instancePath)
    for (const item of isMember || error.keyword === 'additionalProperties' ? [] : pointed(error, place)) {
      const mark = `${item.code} ${item.pointer}`
      if (!seen.has(mark)) found.push(item)
      seen.add(mark)
    }
  }
  return found
}

function pointed(error: SchemaError, place: string): ProblemItem[] {
  const pointer = `${place}${error.instancePath}`
  if (error.keyword === 'boolean')
    return [{ code: 'unknown_property', pointer, detail: 'this property is not part of the schema' }]
  if ('requiredProperties' in error.params && Array.isArray(error.params.requiredProperties)) {
    return error.params.requiredProperties.map((name) => ({
      code: 'required',
      pointer: `${pointer}/${escapePointer(String(name))}`,
      detail: 'is missing',
    }))
  }
  return [{ code: error.keyword, pointer, detail: error.message }]
}

/** Escapes one step of a JSON pointer (RFC 6901). */
export function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

function anyTexts(names: readonly string[]): TSchema {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string', minLength: 1, maxLength: 200 }]))
  return { type: 'object', properties, required: [...names] }
}

type Kind = 'number' | 'boolean' | 'array' | 'numbers'

function kinds(schema: TSchema | undefined): ReadonlyMap<string, Kind> {
  const found = new Map<string, Kind>()
  const properties = schema === undefined ? {} : member(schema, 'properties')
  for (const [name, property] of Object.entries(properties)) {
    const type = plain(property, 'type')
    if (type === 'integer' || type === 'number') found.set(name, 'number')
    if (type === 'boolean') found.set(name, 'boolean')
    if (type === 'array')
      found.set(
        name,
        ['integer', 'number'].includes(String(plain(member(property, 'items'), 'type'))) ? 'numbers' : 'array',
      )
  }
  return found
}

function member(schema: unknown, key: string): object {
  const found = plain(schema, key)
  return typeof found === 'object' && found !== null ? found : {}
}

function plain(schema: unknown, key: string): unknown {
  return typeof schema === 'object' && schema !== null
    ? Object.entries(schema).find(([name]) => name === key)?.[1]
    : undefined
}

const NUMBER = /^-?\d{1,16}(\.\d{1,16})?$/
const toNumber = (text: unknown) => (typeof text === 'string' && NUMBER.test(text) ? Number(text) : text)

// An address is text only: numbers, booleans and lists of one are read from it where the schema asks for them.
function typed(raw: unknown, known: ReadonlyMap<string, Kind>): unknown {
  if (typeof raw !== 'object' || raw === null) return {}
  if (known.size === 0) return raw
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(raw)) {
    const kind = known.get(name)
    const list = Array.isArray(value) ? value : [value]
    if (kind === 'number') read[name] = toNumber(value)
    else if (kind === 'boolean') read[name] = value === 'true' ? true : value === 'false' ? false : value
    else if (kind === 'array') read[name] = list
    else if (kind === 'numbers') read[name] = list.map(toNumber)
    else read[name] = value
  }
  return read
}

function refuseNul(values: unknown, place: string): void {
  for (const [name, value] of Object.entries(values ?? {})) {
    if (String(value).includes('\0'))
      throw refusal([
        { code: 'control_character', pointer: `${place}/${escapePointer(name)}`, detail: 'U+0000 cannot be stored' },
      ])
  }
}

function isNothing(body: unknown): boolean {
  return body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0)
}

function unwanted(body: unknown): ProblemItem[] {
  return isNothing(body) ? [] : [{ code: 'unknown_property', pointer: '', detail: 'this route takes no body' }]
}
