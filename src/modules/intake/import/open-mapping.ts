// A mapping and the files that it names, opened, checked against each other and ready to be read.
import { readFile } from 'node:fs/promises'
import { Compile } from 'typebox/compile'
import { Mapping } from '../../../contracts/intake-mapping.ts'
import { type Columns, type Compiler, compiler, MappingFault, type Read, type Scope } from './compile-expressions.ts'
import { type CsvFile, findFile, openCsv } from './read-csv.ts'

const validator = Compile(Mapping)
const ERRORS_AT_MOST = 20
/** Rows of a file to look things up in, all held in memory. */
const INDEX_AT_MOST = 5_000_000

/** Reads and checks a mapping; throws MappingFault with all that does not fit. */
export async function readMapping(path: string): Promise<{ mapping: Mapping; text: string }> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new MappingFault(`the mapping ${path} cannot be read: ${error instanceof Error ? error.message : error}`)
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new MappingFault(`${path} is not JSON: ${String(error)}`)
  }
  if (validator.Check(value)) return { mapping: value, text }
  const errors = validator.Errors(value).slice(0, ERRORS_AT_MOST)
  throw new MappingFault(
    [`${path} is no mapping:`, ...errors.map((error) => `  ${error.instancePath || '/'} ${error.message}`)].join('\n'),
  )
}

export interface IndexedRow {
  readonly row_no: number
  readonly cells: readonly string[]
}

export interface OpenMapping {
  readonly mapping: Mapping
  readonly compiler: Compiler
  readonly orders: CsvFile
  /** The file of lines, where it is not that of orders. */
  readonly rows: { readonly name: string; readonly csv: CsvFile } | null
  /** A compiler for the columns of one file alone. */
  ownCompiler(file: string): Compiler
  csvOf(file: string): CsvFile
  /** Reads every file once, before anything is kept: throws MappingFault where one is damaged. */
  check(): Promise<void>
  /** Reads the files to look things up in; until then every look-up finds nothing. */
  load(): Promise<void>
  /** The rows of the file of lines with this key, in their order. */
  rowsOf(key: string): readonly IndexedRow[]
  /** Keys of the file of lines that nobody has asked for. */
  orphans(): IterableIterator<readonly IndexedRow[]>
}

/** Opens the files of a mapping, looking in `folders` in turn. */
export async function openMapping(mapping: Mapping, folders: readonly string[]): Promise<OpenMapping> {
  const files = new Map<string, CsvFile>()
  for (const [name, file] of Object.entries(mapping.files)) {
    files.set(name, await openCsv(findFile(file.path, folders), file))
  }
  const tables = mapping.tables ?? {}
  const csvOf = (name: string): CsvFile => {
    const file = files.get(name)
    if (file === undefined) throw new MappingFault(`there is no file ${name} in the mapping`)
    return file
  }
  const lineFile = mapping.rows?.file ?? null
  const lineRows = new Map<string, IndexedRow[]>()
  const asked = new Set<string>()
  const keyed = Object.entries(mapping.files).filter(([, file]) => file.key !== undefined)
  const lookups = new Map(keyed.map(([name]) => [name, new Map<string, readonly string[]>()]))
  const compiled = compiler(columnsOf(mapping, csvOf, lookups), tables)
  const ownCompiler = (name: string) => compiler(ownColumns(csvOf(name), name), tables)

  async function load(): Promise<void> {
    for (const [name, file] of keyed) {
      if (file.key === undefined) continue
      const key = ownCompiler(name).read(file.key)
      if (name === lineFile) await indexMany(csvOf(name), key, lineRows)
      else await indexFirst(csvOf(name), key, lookups.get(name) ?? new Map())
    }
  }

  return {
    mapping,
    compiler: compiled,
    orders: csvOf(mapping.orders.file),
    rows: lineFile === null ? null : { name: lineFile, csv: csvOf(lineFile) },
    ownCompiler,
    csvOf,
    async check() {
      for (const file of files.values()) await file.check()
    },
    load,
    rowsOf(key) {
      asked.add(key)
      return lineRows.get(key) ?? []
    },
    *orphans() {
      for (const [key, rows] of lineRows) if (!asked.has(key)) yield rows
    },
  }
}

// `price` is a column of the file of orders, `items.price` of another: the file of lines, or one that is looked up.
function columnsOf(
  mapping: Mapping,
  csvOf: (name: string) => CsvFile,
  lookups: Map<string, Map<string, readonly string[]>>,
): Columns {
  const tables = mapping.tables ?? {}
  const finding = new Set<string>()
  const columns: Columns = (name) => {
    const [file, column] = split(name, mapping.orders.file)
    const place = placeOf(csvOf(file), file, column)
    if (file === mapping.rows?.file) return (scope) => cell(scope.row, place)
    if (file === mapping.orders.file) return (scope) => cell(scope.main, place)
    const by = find(file)
    const rows = lookups.get(file)
    if (rows === undefined) throw new MappingFault(`the mapping does not say which key ${file} has`)
    return (scope) => cell(rows.get(by(scope) ?? ''), place)
  }
  const found = new Map<string, Read>()
  const find = (file: string): Read => {
    const known = found.get(file)
    if (known !== undefined) return known
    const by = mapping.files[file]?.by
    if (by === undefined || finding.has(file))
      throw new MappingFault(`the mapping does not say by what ${file} is looked up`)
    finding.add(file)
    const read = compiler(columns, tables).read(by)
    finding.delete(file)
    found.set(file, read)
    return read
  }
  return columns
}

function ownColumns(csv: CsvFile, file: string): Columns {
  return (name) => {
    const place = placeOf(csv, file, split(name, file)[1])
    return (scope: Scope) => cell(scope.row, place)
  }
}

function split(name: string, usual: string): [string, string] {
  const dot = name.indexOf('.')
  return dot < 0 ? [usual, name] : [name.slice(0, dot), name.slice(dot + 1)]
}

function placeOf(csv: CsvFile, file: string, column: string): number {
  const place = csv.header.indexOf(column)
  if (place >= 0) return place
  const [only = '', ...others] = csv.header
  const other = others.length > 0 ? undefined : [';', '\t', '|'].find((one) => only.includes(one))
  const hint =
    other === undefined
      ? 'mend the name in the mapping, or take the file that it was written for'
      : `say "delimiter": ${JSON.stringify(other)} for it in the mapping`
  throw new MappingFault(
    `the file ${file} (${csv.path}) has no column ${column}: its header is ${csv.header.join(', ')}; ${hint}`,
  )
}

function cell(cells: readonly string[] | undefined, place: number): string | undefined {
  const text = cells?.[place]?.trim()
  return text === '' ? undefined : text
}

async function indexFirst(csv: CsvFile, key: Read, rows: Map<string, readonly string[]>): Promise<void> {
  for await (const cells of csv.rows()) {
    const text = key({ main: cells, row: cells })
    if (text !== undefined && !rows.has(text)) rows.set(text, cells)
    if (rows.size > INDEX_AT_MOST) throw new MappingFault(`${csv.path} has too many rows to look things up in`)
  }
}

async function indexMany(csv: CsvFile, key: Read, rows: Map<string, IndexedRow[]>): Promise<void> {
  let row_no = 0
  for await (const cells of csv.rows()) {
    row_no += 1
    const text = key({ main: cells, row: cells }) ?? ''
    const known = rows.get(text)
    if (known === undefined) rows.set(text, [{ row_no, cells }])
    else known.push({ row_no, cells })
    if (row_no > INDEX_AT_MOST) throw new MappingFault(`${csv.path} has too many rows to be held beside the orders`)
  }
}
