// Arrays of PostgreSQL, read and written here: the driver would ask the catalogue for them on every new connection, and dies where that breaks.

/** An element as the driver understands it: its type, the type of its array, and how a text becomes a value. */
interface ElementType {
  readonly array: number
  readonly parse: (text: string) => unknown
}

const asText = (text: string): unknown => text
const asNumber = (text: string): unknown => Number(text)
const asDate = (text: string): unknown => new Date(text)
const asJson = (text: string): unknown => JSON.parse(text)

/** The built-in types whose arrays statements take or answer; their numbers are fixed in PostgreSQL. */
const elements: Readonly<Record<string, ElementType>> = {
  boolean: { array: 1000, parse: (text) => text === 't' },
  bytea: { array: 1001, parse: (text) => Buffer.from(text.slice(2), 'hex') },
  smallint: { array: 1005, parse: asNumber },
  integer: { array: 1007, parse: asNumber },
  text: { array: 1009, parse: asText },
  varchar: { array: 1015, parse: asText },
  name: { array: 1003, parse: asText },
  bigint: { array: 1016, parse: (text) => BigInt(text) },
  real: { array: 1021, parse: asNumber },
  double: { array: 1022, parse: asNumber },
  oid: { array: 1028, parse: asNumber },
  date: { array: 1182, parse: asDate },
  timestamptz: { array: 1185, parse: asDate },
  numeric: { array: 1231, parse: asText },
  uuid: { array: 2951, parse: asText },
  json: { array: 199, parse: asJson },
  jsonb: { array: 3807, parse: asJson },
}

/** The array types in the form in which the driver takes types of its user. */
export const arrayTypes = Object.fromEntries(
  Object.entries(elements).map(([name, { array, parse }]) => [
    `${name}_array`,
    { to: array, from: [array], serialize: writeArray, parse: (text: string) => readArray(text, parse) },
  ]),
)

/** A list as an array literal, lists in it as further dimensions; what is not a list is taken for a literal. */
export function writeArray(value: unknown): string {
  return Array.isArray(value) ? `{${value.map(writeElement).join(',')}}` : String(value)
}

function writeElement(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return writeArray(value)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  return `"${elementText(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function elementText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

// An element: quoted, with its escapes, or plain up to the next comma or brace.
const TOKEN = /"((?:[^"\\]|\\.)*)"|[{}]|[^,{}"]+/gs

/** The list that an array literal stands for, lists of lists for several dimensions; `parse` makes an element of its text. */
export function readArray(text: string, parse: (text: string) => unknown): unknown[] {
  const outer: unknown[] = []
  const open = [outer]
  for (const [token, quoted] of text.slice(text.indexOf('{')).matchAll(TOKEN)) {
    const inner = open.at(-1) ?? outer
    if (token === '{') {
      const list: unknown[] = []
      inner.push(list)
      open.push(list)
    } else if (token === '}') open.pop()
    else if (quoted !== undefined) inner.push(parse(quoted.replace(/\\(.)/gs, '$1')))
    else inner.push(token === 'NULL' ? null : parse(token))
  }
  const [list] = outer
  return Array.isArray(list) ? list : []
}
