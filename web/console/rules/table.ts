// A rules document as rows of cells, and a cell as an operator fills it in: JDM expressions behind form fields, the rest kept as it is written.
import type { RuleField, RulePolicy } from '../../../src/contracts/policies.ts'
import { isRecord } from '../../shared/api.ts'

export type Row = Readonly<Record<string, string>>
/** The vocabulary of a kind of rules. */
export type Columns = Pick<RulePolicy, 'inputs' | 'outputs'>

interface Table {
  readonly node: Readonly<Record<string, unknown>>
  readonly content: Readonly<Record<string, unknown>>
  readonly rules: readonly Readonly<Record<string, unknown>>[]
  /** By id of a column what its cells are called here: what it looks at or answers. */
  readonly names: ReadonlyMap<string, string>
}

function tableIn(document: unknown): Table | null {
  if (!isRecord(document) || !Array.isArray(document.nodes)) return null
  const nodes: unknown[] = document.nodes
  for (const node of nodes) {
    if (!isRecord(node) || node.type !== 'decisionTableNode' || !isRecord(node.content)) continue
    const { content } = node
    if (!Array.isArray(content.rules)) return null
    const rules: unknown[] = content.rules
    return { node, content, rules: rules.filter(isRecord), names: namesOf(content) }
  }
  return null
}

// Two columns of the same field, and one of none, keep their ids.
function namesOf(content: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const used = new Set<string>()
  for (const { id, field } of [...columnsIn(content.inputs), ...columnsIn(content.outputs)]) {
    const name = field === '' || used.has(field) ? id : field
    used.add(name)
    names.set(id, name)
  }
  return names
}

function columnsIn(side: unknown): { id: string; field: string }[] {
  const columns: unknown[] = Array.isArray(side) ? side : []
  return columns.flatMap((column) =>
    isRecord(column) && typeof column.id === 'string'
      ? [{ id: column.id, field: typeof column.field === 'string' ? column.field : '' }]
      : [],
  )
}

/** The rows of the table in their order, their cells by what the column looks at or answers; null where the document is no single table. */
export function rowsOf(document: unknown): readonly Row[] | null {
  const table = tableIn(document)
  if (table === null) return null
  const { names, rules } = table
  const textOf = (cell: unknown) => (typeof cell === 'string' ? cell : '')
  return rules.map((rule) => {
    const others = Object.entries(rule).filter(([id]) => !names.has(id))
    const own = [...names].flatMap(([id, name]) => (id in rule ? [[name, textOf(rule[id])]] : []))
    return Object.fromEntries([...others.map(([id, cell]) => [id, textOf(cell)]), ...own])
  })
}

/** The document with these rows in place of its own, and with the columns that they need: it may be older than some. */
export function withRows(document: unknown, rows: readonly Row[], { inputs, outputs }: Columns): unknown {
  const table = tableIn(document)
  if (table === null || !isRecord(document) || !Array.isArray(document.nodes)) return document
  const named = new Map([...table.names].map(([id, name]) => [name, id]))
  const side = (own: unknown, fields: Columns['inputs']) => {
    const missing = fields
      .map(({ field }) => field)
      .filter((field) => !named.has(field) && rows.some((row) => (row[field] ?? '').trim() !== ''))
      .map((field) => ({ id: table.names.has(field) ? `${field}-added` : field, name: field, field }))
    for (const { id, field } of missing) named.set(field, id)
    return [...(Array.isArray(own) ? own : []), ...missing]
  }
  const content = {
    ...table.content,
    inputs: side(table.content.inputs, inputs),
    outputs: side(table.content.outputs, outputs),
  }
  const empty = Object.fromEntries([...named.values()].map((id) => [id, '']))
  const rules = rows.map((row) => ({
    ...empty,
    ...Object.fromEntries(
      Object.entries(row)
        .filter(([name, cell]) => named.has(name) || cell !== '')
        .map(([name, cell]) => [named.get(name) ?? name, cell]),
    ),
  }))
  const node = { ...table.node, content: { ...content, rules } }
  const nodes: unknown[] = document.nodes
  return { ...document, nodes: nodes.map((one) => (one === table.node ? node : one)) }
}

/** What a row asks of a column: one of, beginning with one of, between, yes or no; `raw` is an expression that the form does not know. */
export type Condition =
  | { readonly is: 'any' }
  | { readonly is: 'one_of'; readonly values: readonly string[] }
  | { readonly is: 'begins'; readonly values: readonly string[] }
  | { readonly is: 'between'; readonly least: number | null; readonly most: number | null }
  | { readonly is: 'flag'; readonly value: boolean }
  | { readonly is: 'raw'; readonly text: string }

const NUMERIC: readonly RuleField['type'][] = ['number', 'money', 'weight', 'percent']
export const isNumeric = (type: RuleField['type']) => NUMERIC.includes(type)

const CLOSED: readonly string[] = ['channel', 'locations', 'groups', 'types', 'capabilities', 'prefer', 'zones']
/** Whether only the words that there are make sense: of a location that is not there a rule never sends. */
export const isClosed = ({ field }: Pick<RuleField, 'field'>) => CLOSED.includes(field)

/** Whether a cell asks for a range that ends before it begins, so that no order fits. */
export function isTurned(type: RuleField['type'], cell: string): boolean {
  const condition = readCondition(type, cell)
  if (condition.is !== 'between' || condition.least === null || condition.most === null) return false
  return condition.least > condition.most
}

function listIn(text: string): string[] | null {
  const value = jsonIn(text)
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return null
  const items: unknown[] = value
  const texts = items.filter((one) => typeof one === 'string')
  return texts.length === items.length ? texts : null
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const BEGINS = /^startsWith\(\$, "[^"\\]*"\)(?: or startsWith\(\$, "[^"\\]*"\))*$/
const BEGINNING = /startsWith\(\$, "([^"]*)"\)/g

/** Reads the cell of a condition. */
export function readCondition(type: RuleField['type'], cell: string): Condition {
  const text = cell.trim()
  if (text === '') return { is: 'any' }
  if (type === 'flag')
    return text === 'true' || text === 'false' ? { is: 'flag', value: text === 'true' } : { is: 'raw', text }
  if (isNumeric(type)) return readRange(text)
  if (type === 'prefix' && BEGINS.test(text))
    return { is: 'begins', values: [...text.matchAll(BEGINNING)].map(([, value = '']) => value) }
  const inner = type === 'list' ? /^some\(\$, # in (\[.*\])\)$/.exec(text)?.[1] : /^in (\[.*\])$/.exec(text)?.[1]
  const values = listIn(inner ?? (type === 'list' ? '' : text))
  return values === null ? { is: 'raw', text } : { is: 'one_of', values }
}

function readRange(text: string): Condition {
  const number = '(-?\\d+)'
  const between = new RegExp(`^\\[${number}\\.\\.${number}\\]$`).exec(text)
  if (between !== null) return { is: 'between', least: Number(between[1]), most: Number(between[2]) }
  const [, sign, amount] = new RegExp(`^(>=|<=|>|<|)\\s*${number}$`).exec(text) ?? []
  if (amount === undefined) return { is: 'raw', text }
  const value = Number(amount)
  // whole numbers: more than 5 is 6 and more
  if (sign === '>=' || sign === '>') return { is: 'between', least: sign === '>' ? value + 1 : value, most: null }
  if (sign === '<=' || sign === '<') return { is: 'between', least: null, most: sign === '<' ? value - 1 : value }
  return { is: 'between', least: value, most: value }
}

/** Writes a condition as its cell. */
export function writeCondition(type: RuleField['type'], condition: Condition): string {
  switch (condition.is) {
    case 'any':
      return ''
    case 'raw':
      return condition.text
    case 'flag':
      return String(condition.value)
    case 'one_of': {
      if (condition.values.length === 0) return ''
      const list = JSON.stringify(condition.values)
      return type === 'list' ? `some($, # in ${list})` : `in ${list}`
    }
    case 'begins':
      return condition.values.map((value) => `startsWith($, "${value.replace(/["\\]/g, '')}")`).join(' or ')
    case 'between': {
      const { least, most } = condition
      if (least !== null && most !== null) return `[${least}..${most}]`
      if (least !== null) return `>= ${least}`
      return most === null ? '' : `<= ${most}`
    }
  }
}

/** What a row answers in a column; undefined: nothing, the policy decides. `raw` is an expression. */
export type Answer =
  | { readonly is: 'nothing' }
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'raw'; readonly text: string }

export function readAnswer(cell: string): Answer {
  const text = cell.trim()
  if (text === '' || text === 'null') return { is: 'nothing' }
  const value = jsonIn(text)
  return value === undefined ? { is: 'raw', text } : { is: 'value', value }
}

/** Whether a rule prefers locations, for all or by address, and says nothing of what that is worth: it prefers none of them. */
export function isWorthless(row: Row): boolean {
  const asks = (column: string) => readAnswer(row[column] ?? '').is !== 'nothing'
  const bonus = readAnswer(row.bonus ?? '')
  return (asks('prefer') || asks('zones')) && (bonus.is === 'nothing' || (bonus.is === 'value' && bonus.value === 0))
}

export function writeAnswer(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value) && value.length === 0) return ''
  if (isRecord(value) && Object.keys(value).length === 0) return ''
  return JSON.stringify(value)
}

/** The texts of a list of any kind. */
export function textsIn(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : []
  return items.filter((one) => typeof one === 'string')
}

/** The text that a cell answers, '' for none. */
export function textIn(cell: string | undefined): string {
  const answer = readAnswer(cell ?? '')
  return answer.is === 'value' && typeof answer.value === 'string' ? answer.value : ''
}

/** How a row is counted: by its rule, or by the code that it answers. */
export function countedAs(row: Row): string {
  return textIn(row.rule) || textIn(row.code)
}

/** Moves a row up or down. */
export function moved(rows: readonly Row[], from: number, by: number): readonly Row[] {
  const to = from + by
  const row = rows[from]
  if (row === undefined || to < 0 || to >= rows.length) return rows
  const rest = rows.filter((_one, index) => index !== from)
  return [...rest.slice(0, to), row, ...rest.slice(to)]
}
