// Schemas of requests are closed: no property, array or text that is not bounded passes. Schemas of replies are made fit for the serialiser.

type Json = Readonly<Record<string, unknown>>

const ITEMS_AT_MOST = 1_000
const TEXT_AT_MOST = 4_000

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A deep copy of a schema without what only TypeBox knows, each object of it changed by `change`, from the leaves up. */
function mapSchema(schema: unknown, change: (node: Json, insideAllOf: boolean) => Json, insideAllOf = false): unknown {
  if (Array.isArray(schema)) return schema.map((part) => mapSchema(part, change, insideAllOf))
  if (!isJson(schema)) return schema
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'enum' || key === 'const' || key === 'default' || key === 'examples' || key === 'required')
      copy[key] = value
    else if (key === 'properties' || key === 'patternProperties' || key === '$defs')
      copy[key] = mapMembers(value, change)
    else copy[key] = mapSchema(value, change, key === 'allOf')
  }
  return change(copy, insideAllOf)
}

function mapMembers(members: unknown, change: (node: Json, insideAllOf: boolean) => Json): unknown {
  if (!isJson(members)) return members
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, mapSchema(schema, change)]))
}

/**
 * The schema of a request as it is enforced and documented: objects take no undeclared property, arrays at most 1,000 items and texts at most
 * 4,000 characters where nothing else is said, integers only what JSON carries exactly.
 */
export function closedSchema(schema: object): Json {
  const closed = mapSchema(schema, (node, insideAllOf) => {
    if (node.allOf !== undefined && !insideAllOf) return { unevaluatedProperties: false, ...node }
    if (node.type === 'object' && (node.properties !== undefined || node.patternProperties !== undefined)) {
      return insideAllOf ? node : { additionalProperties: false, ...node }
    }
    if (node.type === 'array') return { maxItems: ITEMS_AT_MOST, ...node }
    if (node.type === 'string' && node.const === undefined && node.format === undefined && node.enum === undefined)
      return { maxLength: TEXT_AT_MOST, ...node }
    if (node.type === 'integer') return { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...node }
    return node
  })
  return isJson(closed) ? closed : {}
}

/**
 * The schema of a reply for the serialiser: "this or null" becomes nullable, so that amounts (bigint) and instants (Date) pass there too,
 * and objects show no property that is not declared.
 */
export function serialisedSchema(schema: object): Json {
  const fit = mapSchema(schema, (node) => {
    if (!Array.isArray(node.anyOf) || node.anyOf.length !== 2) return node
    const other: unknown = node.anyOf.find((part: unknown) => !(isJson(part) && part.type === 'null'))
    const hasNull = node.anyOf.some((part: unknown) => isJson(part) && part.type === 'null')
    if (!hasNull || !isJson(other)) return node
    return other.enum === undefined ? { ...other, nullable: true } : { anyOf: node.anyOf }
  })
  return isJson(fit) ? fit : {}
}

const PERSONAL = new Set([
  'email',
  'phone',
  'address_lines',
  'name',
  'note',
  'password',
  'secret',
  'key',
  'token',
  'csrf_token',
  'recipient',
  'person',
  'customer',
])

/** Whether a reply may show personal data or a secret: then it is kept encrypted for repeats. */
export function showsPersonalData(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(showsPersonalData)
  if (!isJson(schema)) return false
  if (isJson(schema.properties) && Object.keys(schema.properties).some((name) => PERSONAL.has(name))) return true
  return Object.values(schema).some(showsPersonalData)
}
