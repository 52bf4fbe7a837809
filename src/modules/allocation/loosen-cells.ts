// Conditions on city and postcode as people mean them: capitals, blanks around and a last 市 make no difference. What is compared otherwise stays as written.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { RulesDocument } from '../../platform/rules.ts'
import { plain, spellingsOf } from './match-places.ts'

const Table = Compile(
  Type.Object(
    {
      inputs: Type.Array(
        Type.Object({ id: Type.String(), field: Type.Optional(Type.String()) }, { additionalProperties: true }),
        { maxItems: 50 },
      ),
      rules: Type.Array(Type.Record(Type.String(), Type.String()), { maxItems: 2000 }),
    },
    { additionalProperties: true },
  ),
)

const LOOSENED: Readonly<Record<string, (cell: string) => string>> = { city: loosenCity, postcode: loosenPostcode }

/** The document as it is asked. */
export function loosened(document: RulesDocument): RulesDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => (node.type === 'decisionTableNode' ? looseTable(node) : node)),
  }
}

function looseTable<Node extends { readonly content?: unknown }>(node: Node): Node {
  const { content } = node
  if (!Table.Check(content)) return node
  const columns = content.inputs.flatMap(({ id, field = '' }) => {
    const loosen = LOOSENED[field]
    return loosen === undefined ? [] : [{ id, loosen }]
  })
  if (columns.length === 0) return node
  const rules = content.rules.map((row) => {
    const loose = columns.flatMap(({ id, loosen }) => {
      const cell = row[id]
      return cell === undefined ? [] : [[id, loosen(cell)]]
    })
    return { ...row, ...Object.fromEntries(loose) }
  })
  return { ...node, content: { ...content, rules } }
}

const TEXT = `"[^"]*"|'[^']*'`
const LIST = `(?:${TEXT})(?:\\s*,\\s*(?:${TEXT}))*`
/** One of, or none of: `"A"`, `"A", "B"`, `== "A"`, `in ["A"]`, `!= "A"`, `not in ["A"]`. */
const CITIES = new RegExp(`^(?:(==|!=)?\\s*(${LIST})|(not\\s+)?in\\s*\\[\\s*(${LIST})\\s*\\])$`)

/** A city that is compared as it stands is compared in every spelling. */
export function loosenCity(cell: string): string {
  const [, sign, words, not, listed] = CITIES.exec(cell.trim()) ?? []
  const names = words ?? listed
  if (names === undefined) return cell
  const cities = [...names.matchAll(new RegExp(TEXT, 'g'))].flatMap(([text]) => spellingsOf(text.slice(1, -1)))
  const among = `lower(trim($)) in [${cities.map((city) => (city.includes('"') ? `'${city}'` : `"${city}"`)).join(', ')}]`
  return sign === '!=' || not !== undefined ? `not(${among})` : among
}

/** The beginning of a postcode is compared in small letters. */
export function loosenPostcode(cell: string): string {
  return cell.replace(
    /\bstartsWith\(\s*\$\s*,\s*(["'])([^"']*)\1\s*\)/g,
    (_, quote: string, prefix: string) => `startsWith(lower(trim($)), ${quote}${plain(prefix)}${quote})`,
  )
}
