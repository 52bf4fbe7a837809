// Source files as syntax trees, for the checkers of the house.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Comment, type Program, parseSync } from 'oxc-parser'

export interface Source {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
}

/** Parses TypeScript or JavaScript; throws where the file is not well-formed. */
export function parseSource(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text)
  const [error] = errors
  if (error !== undefined) throw new Error(`${path}:${lineAt(text, error.labels[0]?.start ?? 0)} ${error.message}`)
  return { path, text, program, comments }
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** Every file of the repository, new ones included, ignored ones not. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(path))
    .sort()
}
