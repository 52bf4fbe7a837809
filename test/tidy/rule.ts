// What a rule of the house is: where it holds, how it is checked, and snippets that prove that it fires and that it stays quiet.
import type { Comment } from 'oxc-parser'
import { lineAt, parseSource, type Source } from '../../scripts/source.ts'

export interface File {
  readonly path: string
  readonly text: string
  /** The syntax tree; only for files that `isCode`. */
  readonly source: Source
}

export interface Finding {
  readonly line: number
  readonly says: string
}

export interface Example {
  readonly path: string
  readonly text: string
}

export interface Rule {
  /** As in STYLE.md. */
  readonly name: string
  readonly promise: string
  readonly where: (path: string) => boolean
  readonly check: (file: File) => Finding[]
  /** Each must be found. */
  readonly breaks: readonly Example[]
  /** None must be found. */
  readonly keeps: readonly Example[]
}

export const isCode = (path: string) => /\.(ts|tsx|mjs|cjs|js)$/.test(path) && !path.endsWith('.d.ts')
export const isTest = (path: string) => /\.(test|e2e)\.tsx?$/.test(path) || path.startsWith('test/')
export const isProduct = (path: string) => isCode(path) && path.startsWith('src/') && !isTest(path)

/** A file that is parsed when its syntax tree is first asked for. */
export function fileOf(path: string, text: string): File {
  let source: Source | undefined
  return {
    path,
    text,
    get source() {
      source ??= parseSource(path, text)
      return source
    },
  }
}

/** A finding at the place of a node. */
export function at(file: File, node: { readonly start: number }, says: string): Finding {
  return { line: lineAt(file.text, node.start), says }
}

/** The comment that ends on the line before the node's first line, or on that line itself. */
export function commentAbove(file: File, node: { readonly start: number }): Comment | undefined {
  const line = lineAt(file.text, node.start)
  return file.source.comments.find((comment) => {
    const end = lineAt(file.text, comment.end - 1)
    return end === line - 1 || (end === line && comment.type === 'Line')
  })
}
