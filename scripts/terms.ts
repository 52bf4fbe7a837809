// Checks docs/terms.md: every term in English and Chinese, each once; and that no identifier uses a word that it replaces.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Visitor } from 'oxc-parser'
import { lineAt, parseSource, repositoryFiles } from './source.ts'

interface Term {
  readonly en: string
  readonly zh: string
  /** Words that stand for the same and are not used, as they would stand in an identifier: `claimant_id`, `parked`. */
  readonly not: readonly string[]
}

/** The terms of every table of the page that has the columns English, 中文 and, if it likes, `not`. */
export function readTerms(page: string): Term[] {
  const terms: Term[] = []
  let columns: string[] = []
  for (const line of page.split('\n')) {
    if (!line.startsWith('|')) columns = []
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (cells.length === 0 || cells.every((cell) => /^[:\-\s]*$/.test(cell))) continue
    if (columns.length === 0) columns = cells.map((cell) => cell.toLowerCase())
    else if (columns.includes('english') && columns.includes('中文')) terms.push(readTerm(columns, cells))
  }
  return terms
}

function readTerm(columns: readonly string[], cells: readonly string[]): Term {
  const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
  const not = cell('not')
    .replaceAll('`', '')
    .split(/[,，、]/)
    .map((word) => word.trim().toLowerCase().replaceAll(' ', '_'))
  return { en: cell('english'), zh: cell('中文'), not: not.filter((word) => word !== '') }
}

/** What is wrong with the terms themselves. */
export function termFaults(terms: readonly Term[]): string[] {
  const seen = new Set<string>()
  return terms.flatMap(({ en, zh }) => {
    const faults = []
    if (en === '' || !/\p{Script=Han}/u.test(zh)) faults.push(`"${en || zh}" lacks its English or Chinese word`)
    if (seen.has(en.toLowerCase())) faults.push(`"${en}" is listed twice`)
    seen.add(en.toLowerCase())
    return faults
  })
}

/** Identifiers of a source text that use a replaced word, as `line word instead`. */
export function replacedWords(path: string, text: string, terms: readonly Term[]): string[] {
  const found: string[] = []
  const look = ({ name, start }: { name: string; start: number }) => {
    const snake = `_${name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()}_`
    for (const { en, not } of terms)
      for (const word of not)
        if (snake.includes(`_${word}_`))
          found.push(`${path}:${lineAt(text, start)} ${name}: say "${en}", not "${word}"`)
  }
  new Visitor({ Identifier: look }).visit(parseSource(path, text).program)
  return found
}

function main(): void {
  const terms = readTerms(readFileSync('docs/terms.md', 'utf8'))
  const code = repositoryFiles().filter((path) => /^(src|web|bench)\/.*\.tsx?$/.test(path))
  const faults = [
    ...(terms.length === 0 ? ['docs/terms.md has no table with the columns English and 中文'] : termFaults(terms)),
    ...code.flatMap((path) => replacedWords(path, readFileSync(path, 'utf8'), terms)),
  ]
  for (const fault of faults) console.error(fault)
  console.log(`${terms.length} terms, ${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
