// The columns that a row type declares: literals, interfaces and aliases of the same file, and of the files that it imports.
import { dirname, join } from 'node:path'
import type {
  Statement as Node,
  TSInterfaceHeritage,
  TSSignature,
  TSTupleElement,
  TSType,
  TSTypeName,
} from 'oxc-parser'
import type { Source } from './source.ts'

/** Reads another file by its path from the root; undefined where there is none. */
export type Load = (path: string) => Source | undefined

/** The column names of `type`, an array of it included; undefined where it cannot be told from the syntax. */
export function rowColumns(type: TSType, source: Source, load: Load): string[] | undefined {
  switch (type.type) {
    case 'TSParenthesizedType':
    case 'TSTypeOperator':
      return rowColumns(type.typeAnnotation, source, load)
    case 'TSArrayType':
      return rowColumns(type.elementType, source, load)
    case 'TSTupleType':
      return tupleColumns(type.elementTypes[0], source, load)
    case 'TSTypeLiteral':
      return memberNames(type.members)
    case 'TSIntersectionType':
      return all(type.types.map((part) => rowColumns(part, source, load)))
    case 'TSTypeReference':
      return reference(type.typeName, type.typeArguments?.params ?? [], source, load)
    default:
      return undefined
  }
}

function tupleColumns(element: TSTupleElement | undefined, source: Source, load: Load): string[] | undefined {
  if (element === undefined || element.type === 'TSNamedTupleMember' || element.type === 'TSRestType') return undefined
  return rowColumns(element.type === 'TSOptionalType' ? element.typeAnnotation : element, source, load)
}

function reference(name: TSTypeName, args: readonly TSType[], source: Source, load: Load): string[] | undefined {
  if (name.type !== 'Identifier') return undefined
  const [first, second] = args
  const columns = first === undefined ? undefined : rowColumns(first, source, load)
  const keys = second === undefined ? undefined : literals(second)
  switch (name.name) {
    case 'Array':
    case 'ReadonlyArray':
    case 'Readonly':
      return columns
    case 'Pick':
      return keys
    case 'Omit':
      return keys && columns?.filter((column) => !keys.includes(column))
    case 'Record':
      return first && literals(first)
    default:
      return named(name.name, source, load)
  }
}

function named(name: string, source: Source, load: Load): string[] | undefined {
  for (const node of source.program.body) {
    const declared = declaration(node, name, source, load)
    if (declared !== undefined) return declared
    const from = importOf(node, name)
    if (from === undefined) continue
    const path = join(dirname(source.path), from.file).replaceAll('\\', '/')
    const imported = load(path)
    if (imported !== undefined) return named(from.name, imported, load)
  }
  return undefined
}

function declaration(node: Node, name: string, source: Source, load: Load): string[] | undefined {
  const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node
  if (declared?.type === 'TSTypeAliasDeclaration' && declared.id.name === name)
    return rowColumns(declared.typeAnnotation, source, load)
  if (declared?.type === 'TSInterfaceDeclaration' && declared.id.name === name)
    return all([memberNames(declared.body.body), ...declared.extends.map((parent) => inherited(parent, source, load))])
  return undefined
}

function inherited(parent: TSInterfaceHeritage, source: Source, load: Load): string[] | undefined {
  if (parent.expression.type !== 'Identifier') return undefined
  return reference({ ...parent.expression, type: 'Identifier' }, parent.typeArguments?.params ?? [], source, load)
}

function importOf(node: Node, name: string): { file: string; name: string } | undefined {
  if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration') return undefined
  if (node.source === null || !node.source.value.startsWith('.')) return undefined
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportSpecifier' && specifier.local.name === name && 'name' in specifier.imported)
      return { file: node.source.value, name: specifier.imported.name }
    if (
      specifier.type === 'ExportSpecifier' &&
      'name' in specifier.exported &&
      specifier.exported.name === name &&
      'name' in specifier.local
    )
      return { file: node.source.value, name: specifier.local.name }
  }
  return undefined
}

function memberNames(members: readonly TSSignature[]): string[] | undefined {
  return all(
    members.map((member) => {
      if (member.type !== 'TSPropertySignature') return undefined
      if (member.key.type === 'Identifier') return [member.key.name]
      return member.key.type === 'Literal' ? [String(member.key.value)] : undefined
    }),
  )
}

function literals(type: TSType): string[] | undefined {
  if (type.type === 'TSLiteralType' && type.literal.type === 'Literal') return [String(type.literal.value)]
  return type.type === 'TSUnionType' ? all(type.types.map(literals)) : undefined
}

function all(parts: readonly (string[] | undefined)[]): string[] | undefined {
  const names: string[] = []
  for (const part of parts) {
    if (part === undefined) return undefined
    names.push(...part)
  }
  return [...new Set(names)]
}
