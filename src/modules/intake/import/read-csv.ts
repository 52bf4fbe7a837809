// Reads a CSV file, compressed or not, a row at a time: what is in memory does not grow with the file. What is wrong with a file is said with its place.
import { createReadStream, existsSync, type ReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline, Transform } from 'node:stream'
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
  /** Reads all of it and keeps nothing; throws MappingFault where it is damaged, cut off or in another encoding. Answers how many rows it has. */
  check(): Promise<number>
}

export interface CsvFormat {
  readonly delimiter?: string
  /** By the names of the Encoding Standard; utf-8 where absent. */
  readonly encoding?: string
}

/** The path of a file of a mapping: in the folder of the import or in one of the others; throws MappingFault where it is nowhere. */
export function findFile(path: string, folders: readonly string[]): string {
  for (const folder of folders) {
    const found = join(folder, path)
    if (existsSync(found)) return found
  }
  throw new MappingFault(
    `there is no file ${path} in ${folders.join(' or ')}: put it there, or mend "path" in the mapping`,
  )
}

/** Opens a file and reads its header; `rows` may be called again and begins anew. */
export async function openCsv(path: string, { delimiter = ',', encoding = 'utf-8' }: CsvFormat = {}): Promise<CsvFile> {
  if (!statSync(path).isFile()) throw new MappingFault(`${path} is no file`)
  const size = statSync(path).size
  let reading: ReadStream | undefined
  const options: Options = {
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }
  async function* records(more: Options): AsyncGenerator<readonly string[]> {
    const parser = parse({ ...options, ...more })
    const source = createReadStream(path)
    reading = source
    const decoder = new Decoder(encoding)
    const broken = (error: Error | null | undefined) => {
      if (error instanceof Error) parser.destroy(error)
    }
    if (path.endsWith('.gz')) pipeline(source, createGunzip(), decoder, parser, broken)
    else pipeline(source, decoder, parser, broken)
    try {
      yield* parser
    } catch (error) {
      throw faultOf(error, path, decoder, encoding)
    } finally {
      source.destroy()
    }
  }
  let header: readonly string[] | undefined
  for await (const row of records({ to: 1 })) header = row.map((name) => name.trim())
  if (header === undefined) throw new MappingFault(`${path} is empty: it has not even a header`)
  const found = header
  return {
    path,
    header: found,
    async *rows() {
      yield* records({ from: 2 })
    },
    part: () => (size === 0 ? 1 : (reading?.bytesRead ?? 0) / size),
    async check() {
      let rows = 0
      for await (const _row of records({ from: 2 })) rows += 1
      return rows
    },
  }
}

// Bytes become text strictly: a byte that is no text in this encoding ends the reading, instead of a question mark in somebody's name.
class Decoder extends Transform {
  readonly #decoder: TextDecoder
  /** Lines that were read without a fault. */
  lines = 0

  constructor(encoding: string) {
    super({ readableHighWaterMark: 1 << 20 })
    try {
      this.#decoder = new TextDecoder(encoding, { fatal: true })
    } catch {
      throw new MappingFault(
        `${encoding} is no encoding: use a name of the Encoding Standard, for example utf-8, gb18030, windows-1252, utf-16le`,
      )
    }
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: Error | null, text?: string) => void): void {
    this.#pass(
      () => this.#decoder.decode(chunk, { stream: true }),
      (error, text) => {
        if (error !== null) this.lines += goodLines(chunk, this.#decoder.encoding)
        done(error, text)
      },
    )
  }

  override _flush(done: (error: Error | null, text?: string) => void): void {
    this.#pass(() => this.#decoder.decode(), done)
  }

  #pass(decode: () => string, done: (error: Error | null, text?: string) => void): void {
    try {
      const text = decode()
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lines += 1
      done(null, text)
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

// Lines of a chunk before the one that cannot be decoded; found one by one, because this is read by a person who looks for it.
function goodLines(chunk: Buffer, encoding: string): number {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let lines = 0
  for (let from = 0, to = chunk.indexOf(10); to >= 0; from = to + 1, to = chunk.indexOf(10, from)) {
    try {
      decoder.decode(chunk.subarray(from, to), { stream: true })
    } catch {
      return lines
    }
    lines += 1
  }
  return lines
}

// What a person can do about it, beside where it is.
function faultOf(error: unknown, path: string, { lines }: Decoder, encoding: string): Error {
  if (error instanceof MappingFault || !(error instanceof Error)) return new MappingFault(String(error))
  const code = 'code' in error ? String(error.code) : ''
  const place = `after line ${lines}`
  if (code === 'Z_BUF_ERROR')
    return new MappingFault(
      `${path} is cut off ${place} (unexpected end of gzip data): fetch it again, nothing was kept of it`,
    )
  if (code.startsWith('Z_'))
    return new MappingFault(
      `${path} is no intact gzip file ${place} (${error.message}): fetch it again, or take .gz off its name if it is plain text`,
    )
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new MappingFault(
      `${path} is not ${encoding} ${place}: say its encoding in the mapping ("encoding": "gb18030", "windows-1252", "utf-16le" …) or save it as UTF-8${
        path.endsWith('.gz') ? '; or the archive is damaged (gzip -t says)' : ''
      }`,
    )
  if (code.startsWith('CSV_'))
    return new MappingFault(
      `${path} is no CSV that can be read ${place}: ${error.message}; look for a quote that is never closed`,
    )
  return new MappingFault(`${path} cannot be read ${place}: ${error.message}`)
}
