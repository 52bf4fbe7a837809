// The refusals of all problems.ts files: each code once, with a status, and what happened and how to mend it in English and Chinese.
import type { ObjectExpression, ObjectProperty, ObjectPropertyKind } from 'oxc-parser'
import { type Expression, Visitor } from 'oxc-parser'
import { lineAt } from '../../scripts/source.ts'
import type { File } from './rule.ts'

const HAN = /\p{Script=Han}/u

/** What is wrong with the catalogue that these files make together. */
export function problemFaults(files: readonly File[]): string[] {
  const faults: string[] = []
  const places = new Map<string, string>()
  for (const file of files) {
    const lists = listsOf(file)
    const isHome = /[/-]problems\.ts$/.test(file.path)
    if (isHome !== lists.length > 0)
      faults.push(`${file.path} ${isHome ? 'lists no problem' : 'lists problems outside a problems.ts'}`)
    for (const property of lists.flatMap((list) => list.properties)) {
      const place = `${file.path}:${lineAt(file.text, property.start)}`
      const code = nameOf(property)
      if (code === undefined || !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(code))
        faults.push(`${place} a code is a plain snake_case name`)
      if (code === undefined) continue
      const first = places.get(code)
      if (first !== undefined) faults.push(`${place} ${code} is listed already at ${first}`)
      places.set(code, place)
      faults.push(...entryFaults(property).map((fault) => `${place} ${code}: ${fault}`))
    }
  }
  return faults
}

function listsOf(file: File): ObjectExpression[] {
  const lists: ObjectExpression[] = []
  new Visitor({
    CallExpression({ callee, arguments: [list] }) {
      if (callee.type === 'Identifier' && callee.name === 'problems' && list?.type === 'ObjectExpression')
        lists.push(list)
    },
  }).visit(file.source.program)
  return lists
}

function entryFaults(property: ObjectPropertyKind): string[] {
  const entry = property.type === 'Property' ? fields(property.value) : undefined
  if (entry === undefined) return ['is not written out as { status, en, zh, fix: { en, zh } }']
  const status = entry.get('status')
  const isStatus =
    status?.type === 'Literal' && typeof status.value === 'number' && status.value >= 400 && status.value < 600
  const fix = entry.get('fix')
  const fixes = fix === undefined ? undefined : fields(fix)
  return [
    ...(isStatus ? [] : ['status is not a number from 400 to 599']),
    ...pairFaults('', entry),
    ...(fixes === undefined ? ['fix is missing'] : pairFaults('fix.', fixes)),
  ]
}

function pairFaults(prefix: string, entry: ReadonlyMap<string, Expression>): string[] {
  const en = textOf(entry.get('en'))
  const zh = textOf(entry.get('zh'))
  return [
    ...(en.length < 5 || HAN.test(en) ? [`${prefix}en is no English text`] : []),
    ...(HAN.test(zh) ? [] : [`${prefix}zh is no Chinese text`]),
  ]
}

function fields(node: Expression): Map<string, Expression> | undefined {
  if (node.type !== 'ObjectExpression') return undefined
  const entries = node.properties.filter((property): property is ObjectProperty => property.type === 'Property')
  return new Map(entries.map((property) => [nameOf(property) ?? '', property.value]))
}

function nameOf(property: ObjectPropertyKind): string | undefined {
  if (property.type !== 'Property') return undefined
  if (property.key.type === 'Identifier' && !property.computed) return property.key.name
  return property.key.type === 'Literal' && typeof property.key.value === 'string' ? property.key.value : undefined
}

function textOf(node: Expression | undefined): string {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'BinaryExpression' && node.operator === '+') return textOf(node.left) + textOf(node.right)
  return node?.type === 'TemplateLiteral' ? node.quasis.map((piece) => piece.value.raw).join('') : ''
}
