// Documents beside the vocabulary: a column that came later is added where a cell needs it, and a cell that would count for nothing is found.
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ConditionFault } from '../../contracts/policies.ts'
import { RulesDocument, type RulesFinding, unreadableCondition } from '../../platform/rules.ts'
import { wordFault } from './read-names.ts'

/** The columns that a table may have: what it may look at, and what it may answer. */
export interface RuleColumns {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

const open = { additionalProperties: true } as const
const Column = Type.Object({ id: Type.String(), name: Type.String(), field: Type.Optional(Type.String()) }, open)
const Columns = Type.Array(Column, { maxItems: 50 })
const Table = Type.Object(
  {
    inputs: Columns,
    outputs: Columns,
    rules: Type.Array(Type.Record(Type.String(), Type.String()), { maxItems: 2000 }),
  },
  open,
)
type Table = Static<typeof Table>
const documentValidator = Compile(RulesDocument)
const tableValidator = Compile(Table)
const FINDINGS_AT_MOST = 20
const SIDES = ['inputs', 'outputs'] as const

/** A document that is a single table, with that table; null for any other. */
function soleTable(document: unknown): { document: RulesDocument; node: object; name: string; table: Table } | null {
  if (!documentValidator.Check(document)) return null
  const [node, ...others] = document.nodes.filter(({ type }) => type !== 'inputNode' && type !== 'outputNode')
  if (node === undefined || others.length > 0 || node.type !== 'decisionTableNode') return null
  return tableValidator.Check(node.content) ? { document, node, name: node.name, table: node.content } : null
}

/**
 * The document with every column of the vocabulary that one of its cells needs, and with every cell of its columns: the engine takes no
 * notice of a cell without a column, and passes over a row that lacks a cell. A document of several nodes stays as it is.
 */
export function completed(document: unknown, columns: RuleColumns): unknown {
  const sole = soleTable(document)
  if (sole === null) return document
  const { table } = sole
  const missing = (side: (typeof SIDES)[number]) =>
    columns[side]
      .filter((name) => !isListed(table, side, name) && table.rules.some((row) => isFilled(row[name])))
      .map((name) => ({ id: name, name, field: name }))
  const content = {
    inputs: [...table.inputs, ...missing('inputs')],
    outputs: [...table.outputs, ...missing('outputs')],
  }
  const empty = Object.fromEntries([...content.inputs, ...content.outputs].map(({ id }) => [id, '']))
  const rules = table.rules.map((row) => ({ ...empty, ...row }))
  const node = { ...sole.node, content: { ...table, ...content, rules } }
  return { ...sole.document, nodes: sole.document.nodes.map((one) => (one === sole.node ? node : one)) }
}

// A cell belongs to the column of its id, whatever that column looks at.
function isListed(table: Table, side: (typeof SIDES)[number], name: string): boolean {
  return (
    table[side].some(({ field }) => field === name) || SIDES.some((any) => table[any].some(({ id }) => id === name))
  )
}

const isFilled = (cell: string | undefined) => cell !== undefined && cell.trim() !== ''

/** Cells that would count for nothing: without a column, under a column that nobody knows, or with a word that means nothing as it stands. */
export function straysIn(document: unknown, columns: RuleColumns): RulesFinding[] {
  if (!documentValidator.Check(document)) return []
  const is_sole = soleTable(document) !== null
  return document.nodes
    .flatMap(({ content, name, type }) => {
      if (type !== 'decisionTableNode' || !tableValidator.Check(content)) return []
      const known = knownColumns(content, is_sole ? columns : null)
      return content.rules.flatMap((row, index) =>
        Object.entries(row).flatMap(([id, cell]): RulesFinding[] => {
          const says = isFilled(cell) ? strayBecause(id, cell, known, is_sole ? columns : null) : null
          return says === null ? [] : [{ place: `${name}, row ${index + 1}, ${id}`, says }]
        }),
      )
    })
    .slice(0, FINDINGS_AT_MOST)
}

// What is wrong with each column, null where nothing is. `columns` is null where the table stands among other nodes, which may give it values of their own.
function knownColumns(table: Table, columns: RuleColumns | null): ReadonlyMap<string, string | null> {
  const known = new Map<string, string | null>()
  for (const { id, field = '' } of table.inputs) {
    const is_word = columns !== null && WORD.test(field) && !columns.inputs.includes(field)
    known.set(id, is_word ? `the rules know nothing of an order that is called ${field}` : null)
  }
  for (const { id, field = '' } of table.outputs) {
    const is_unknown = columns !== null && field !== '' && !columns.outputs.includes(field)
    known.set(id, is_unknown ? `no rule can answer ${field}` : null)
  }
  return known
}

function strayBecause(
  id: string,
  cell: string,
  known: ReadonlyMap<string, string | null>,
  columns: RuleColumns | null,
): string | null {
  // what begins so is for editors: ids and notes
  if (id.startsWith('_')) return null
  const column = known.get(id)
  if (column === undefined) return `the table has no column ${id}, the cell would count for nothing`
  return column ?? (columns === null ? null : (wordFault(cell, columns.inputs)?.says ?? null))
}

const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** What is wrong with a condition as somebody writes it; null where it can be asked. */
export function conditionFault(cell: string, columns: RuleColumns): Static<typeof ConditionFault> | null {
  const unreadable = unreadableCondition(cell)
  return unreadable === null ? wordFault(cell, columns.inputs) : { code: 'unreadable', word: null, says: unreadable }
}
