// HiGHS's answers, kept in references.json because they take minutes: read by the benchmark, made by make-references.ts.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from './program.ts'
import { type Reference, solveProgram } from './reference.ts'

type Kept = Record<string, Reference & { readonly digest: number }>

const path = join(import.meta.dirname, 'references.json')
export const limit_seconds = 60
let kept: Kept | null = null

function read(): Kept {
  kept ??= existsSync(path) ? parse(readFileSync(path, 'utf8')) : {}
  return kept
}

function parse(text: string): Kept {
  const value: Kept = JSON.parse(text)
  return value
}

/** The reference of that name if it is kept and was made from this very program; otherwise solves it now, and keeps it where told. */
export async function referenceOf(
  name: string,
  program: Program,
  keep = false,
): Promise<Reference & { live: boolean }> {
  const digest = digestOf(program)
  const known = keptReference(name, digest)
  if (known) return { ...known, live: false }
  const made = await solveProgram(program, limit_seconds)
  if (keep) keepReference(name, digest, made)
  return { ...made, live: true }
}

/** The reference of that name, null where none is kept or it was made from another instance. */
export function keptReference(name: string, digest: number): Reference | null {
  const known = read()[name]
  return known && known.digest === digest ? known : null
}

/** Keeps one, in the file at once. */
export function keepReference(name: string, digest: number, made: Reference): void {
  const all = read()
  all[name] = {
    digest,
    value: made.value,
    bound: made.bound,
    proven: made.proven,
    seconds: Number(made.seconds.toFixed(2)),
  }
  const lines = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`)
}

/** A number that differs where instances do (FNV-1a over all that is in them). */
export function digestOf(instance: unknown): number {
  const text = JSON.stringify(instance, (_, value: unknown) =>
    value === Infinity || value === -Infinity ? String(value) : value,
  )
  let hash = 2166136261
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619) >>> 0
  return hash
}
