// Reads a CSV file, compressed or not, a row at a time: what is in memory does not grow with the file.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Options, parse } from 'csv-parse'
import { MappingFault } from './compile-expressions.ts'

export interface CsvFile {
  readonly path: string
  readonly header: readonly string[]
  /** The rows after the header; each as long as the header or not, that is for the caller to say. */
  rows(): AsyncGenerator<readonly string[]>
  /** How far the present reading has come, from 0 to 1. */
  part(): number
}

/** The path of a file of a mapping: in the folder of the import or in one of the others; throws MappingFault where it is nowhere. */
export function findFile(path: string, folders: readonly string[]): string {
  for (const folder of folders) {
    const found = join(folder, path)
    if (existsSync(found)) return found
  }
  throw new MappingFault(`there is no file ${path} in ${folders.join(' or ')}`)
}

/** Opens a file and reads its header; `rows` may be called again and begins anew. */
export async function openCsv(path: string, delimiter = ','): Promise<CsvFile> {
  const size = statSync(path).size
  let reading: { readonly bytesRead: number } | undefined
  const options: Options = {
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }
  const records = (more: Options): AsyncIterable<readonly string[]> => {
    const parser = parse({ ...options, ...more })
    const source = createReadStream(path)
    reading = source
    const broken = (error: Error | null | undefined) => {
      if (error instanceof Error) parser.destroy(error)
    }
    if (path.endsWith('.gz')) pipeline(source, createGunzip(), parser, broken)
    else pipeline(source, parser, broken)
    return parser
  }
  let header: readonly string[] | undefined
  for await (const row of records({ to: 1 })) header = row.map((name) => name.trim())
  if (header === undefined) throw new MappingFault(`${path} is empty`)
  const found = header
  return {
    path,
    header: found,
    async *rows() {
      yield* records({ from: 2 })
    },
    part: () => (size === 0 ? 1 : (reading?.bytesRead ?? 0) / size),
  }
}
