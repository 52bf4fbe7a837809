// Rules that people edit: JDM documents (GoRules) compiled once per version and evaluated a whole batch in one call.
import { evaluateExpressionSync, evaluateUnaryExpressionSync, ZenDecisionContent, ZenEngine } from '@gorules/zen-engine'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const open = { additionalProperties: true } as const
const Cell = Type.String({ maxLength: 2000 })
const Column = Type.Object(
  { id: Type.String({ maxLength: 64 }), name: Type.String({ maxLength: 200 }), field: Type.Optional(Cell) },
  open,
)
const Table = Type.Object(
  {
    hitPolicy: Type.Enum(['first', 'collect']),
    inputs: Type.Array(Column, { maxItems: 50 }),
    outputs: Type.Array(Column, { maxItems: 50 }),
    rules: Type.Array(Type.Record(Type.String(), Cell), { maxItems: 2000 }),
  },
  open,
)
const NODE_TYPES = ['inputNode', 'outputNode', 'decisionTableNode', 'expressionNode', 'switchNode'] as const
const Node = Type.Object(
  {
    id: Type.String({ maxLength: 64 }),
    type: Type.Enum([...NODE_TYPES]),
    name: Type.String({ maxLength: 200 }),
    position: Type.Optional(Type.Unknown()),
    content: Type.Optional(Type.Unknown()),
  },
  open,
)
const Edge = Type.Object(
  {
    type: Type.Optional(Type.String({ maxLength: 64 })),
    id: Type.String({ maxLength: 64 }),
    sourceId: Type.String({ maxLength: 64 }),
    targetId: Type.String({ maxLength: 64 }),
  },
  open,
)

/** A JDM document without nodes that run code or call out: tables, expressions, switches. */
export const RulesDocument = Type.Object(
  { nodes: Type.Array(Node, { minItems: 2, maxItems: 200 }), edges: Type.Array(Edge, { minItems: 1, maxItems: 1000 }) },
  open,
)
export type RulesDocument = Static<typeof RulesDocument>

/** What is wrong in a document: `place` is a JSON pointer, or the node and cell. */
export interface RulesFinding {
  readonly place: string
  readonly says: string
}

/** Rules that are ready: one answer for each case, in their order; each answer is as its output node makes it. */
export interface Rules {
  evaluate(cases: readonly object[]): Promise<readonly unknown[]>
}

const documentValidator = Compile(RulesDocument)
const asWritten = (document: RulesDocument) => document
const tableValidator = Compile(Table)
// what a caller prepares may have longer cells than anybody writes
const preparedValidator = Compile(
  Type.Object(
    { ...Table.properties, rules: Type.Array(Type.Record(Type.String(), Type.String()), { maxItems: 2000 }) },
    open,
  ),
)
const Answers = Compile(Type.Object({ result: Type.Object({ results: Type.Array(Type.Unknown()) }) })) // at most 1,000: as many as cases
const FINDINGS_AT_MOST = 20
const CASES_AT_MOST = 1000

/** Reads a document and every cell of its tables; empty where it will run. The engine itself skips a cell that it cannot read. */
export function checkRules(document: unknown): RulesFinding[] {
  if (!documentValidator.Check(document)) {
    const errors = documentValidator.Errors(document).slice(0, FINDINGS_AT_MOST)
    return errors.map((error) => ({ place: error.instancePath, says: error.message }))
  }
  const findings = document.nodes.filter((node) => node.type === 'decisionTableNode').flatMap(checkTable)
  if (findings.length > 0) return findings.slice(0, FINDINGS_AT_MOST)
  try {
    new ZenEngine().createDecision(document).validate()
    return []
  } catch (error) {
    return [{ place: '/', says: reasonOf(error).text }]
  }
}

function checkTable(node: Static<typeof Node>): RulesFinding[] {
  const table = node.content
  if (!tableValidator.Check(table)) {
    const errors = tableValidator.Errors(table).slice(0, FINDINGS_AT_MOST)
    return errors.map((error) => ({ place: `${node.name}${error.instancePath}`, says: error.message }))
  }
  const findings: RulesFinding[] = []
  table.rules.forEach((rule, row) => {
    const look = (column: Static<typeof Column>, read: (cell: string) => unknown) => {
      const cell = rule[column.id] ?? ''
      const says = cell.trim() === '' ? null : unreadable(cell, read)
      if (says !== null) findings.push({ place: `${node.name}, row ${row + 1}, ${column.name}`, says })
    }
    for (const column of table.inputs) {
      // a column without a field holds whole expressions
      look(column, (cell) =>
        column.field ? evaluateUnaryExpressionSync(cell, { $: null }) : evaluateExpressionSync(cell, {}),
      )
    }
    for (const column of table.outputs) look(column, (cell) => evaluateExpressionSync(cell, {}))
  })
  return findings
}

/** Why a condition on a column cannot be read; null where it can. */
export function unreadableCondition(cell: string): string | null {
  return unreadable(cell, (text) => evaluateUnaryExpressionSync(text, { $: null }))
}

const WALKS = /\b(?:map|flatMap|filter|some|all|none|one|count)\s*\(\s*[[(]([^\],]*)\.\.([^\])]*)/g
const STEPS_AT_MOST = 100

// Whoever goes through an interval number by number could hold up everything else for as long as he likes; being within one is asked at once.
function walksFar(cell: string): boolean {
  return [...cell.matchAll(WALKS)].some(([, from, to]) => !(Math.abs(Number(to) - Number(from)) <= STEPS_AT_MOST))
}

// Values are unknown here, so a type error of the machine is no finding; what cannot be parsed is.
function unreadable(cell: string, read: (cell: string) => unknown): string | null {
  if (walksFar(cell)) return `goes through more than ${STEPS_AT_MOST} numbers one by one`
  try {
    read(cell)
    return null
  } catch (error) {
    const { type, text } = reasonOf(error)
    return type === 'vmError' ? null : text
  }
}

function reasonOf(error: unknown): { type: string; text: string } {
  const [text = ''] = String(error instanceof Error ? error.message : error).split('\n')
  const type = /"type":"(\w+)"/.exec(text)?.[1] ?? ''
  const source = /"source":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]
  return { type, text: source ?? text }
}

const shell = (type: string, id: string, content: object = {}) => ({
  id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  content,
})
const line = (sourceId: string, targetId: string) => ({
  id: `${sourceId}-${targetId}`,
  type: 'edge',
  sourceId,
  targetId,
})
const loop = { executionMode: 'loop', inputField: 'cases', outputPath: 'results', passThrough: false }

/**
 * Compiles a document. One that is a single table runs as a loop over the cases inside the engine (about 12 µs a case of 16 rules);
 * any other is called case by case inside the engine (about 120 µs). Asked is what `prepare` makes of it. Throws where `checkRules` finds
 * something in the document.
 */
export function compileRules(document: unknown, prepare = asWritten): Rules {
  const findings = checkRules(document)
  if (findings.length > 0 || !documentValidator.Check(document)) {
    throw new Error(`the rules cannot be read: ${findings.map(({ place, says }) => `${place}: ${says}`).join('; ')}`)
  }
  const asked = prepare(document)
  const table = soleTable(asked)
  const content = new ZenDecisionContent(Buffer.from(JSON.stringify(asked)))
  const engine = new ZenEngine({ loader: async () => content })
  const middle =
    table === null
      ? shell('decisionNode', 'rules', { key: 'rules', ...loop })
      : { ...table, content: { ...table.content, ...loop } }
  const decision = engine.createDecision({
    nodes: [shell('inputNode', 'cases-in'), middle, shell('outputNode', 'results-out')],
    edges: [line('cases-in', middle.id), line(middle.id, 'results-out')],
  })
  return {
    async evaluate(cases) {
      const results: unknown[] = []
      for (let from = 0; from < cases.length; from += CASES_AT_MOST) {
        const some = cases.slice(from, from + CASES_AT_MOST)
        const answer: unknown = await decision.evaluate({ cases: some })
        if (!Answers.Check(answer) || answer.result.results.length !== some.length)
          throw new Error('the rules did not answer each case')
        results.push(...answer.result.results)
      }
      return results
    },
  }
}

// Input → one table → output: the table itself can loop over the cases.
function soleTable(document: RulesDocument): { id: string; type: string; name: string; content: object } | null {
  const [node, ...others] = document.nodes.filter(({ type }) => type !== 'inputNode' && type !== 'outputNode')
  if (node === undefined || others.length > 0 || node.type !== 'decisionTableNode') return null
  return preparedValidator.Check(node.content) && !hasOwnPath(node.content) ? { ...node, content: node.content } : null
}

const OwnPath = Compile(Type.Object({ inputField: Type.String({ minLength: 1 }) }, open))
function hasOwnPath(content: unknown): boolean {
  return OwnPath.Check(content)
}

const ready = new Map<string, Rules>()
const READY_AT_MOST = 64

/** The rules of a version, compiled when first asked for, as `prepare` has them, and kept while among the 64 used last. */
export function rulesOf(version_id: string, document: unknown, prepare = asWritten): Rules {
  const rules = ready.get(version_id) ?? compileRules(document, prepare)
  ready.delete(version_id)
  ready.set(version_id, rules)
  for (const oldest of ready.keys()) {
    if (ready.size <= READY_AT_MOST) break
    ready.delete(oldest)
  }
  return rules
}
