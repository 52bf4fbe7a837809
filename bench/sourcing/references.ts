// HiGHS's answers, kept in references.tsv because they take minutes: read by the benchmark, made by make-references.ts.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from './program.ts'
import { type Reference, solveProgram } from './reference.ts'

type Kept = Map<string, Reference & { readonly digest: number }>

const path = join(import.meta.dirname, 'references.tsv')
const head = 'name\tdigest\tvalue\tbound\tproven\tseconds'
export const limit_seconds = 60
let kept: Kept | null = null

function read(): Kept {
  kept ??= existsSync(path) ? parse(readFileSync(path, 'utf8')) : new Map()
  return kept
}

function parse(text: string): Kept {
  const lines = text.trim().split('\n').slice(1)
  return new Map(
    lines.map((line) => {
      const [name = '', digest, value, bound, proven, seconds] = line.split('\t')
      const made = { value: value ? Number(value) : null, bound: Number(bound), seconds: Number(seconds) }
      return [name, { ...made, digest: Number(digest), proven: proven === 'true' }]
    }),
  )
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
  const known = read().get(name)
  return known && known.digest === digest ? known : null
}

/** Keeps one, in the file at once. */
export function keepReference(name: string, digest: number, made: Reference): void {
  const all = read().set(name, { ...made, digest })
  const lines = [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, one.digest, one.value ?? '', one.bound, one.proven, one.seconds.toFixed(2)].join('\t')) // not money: seconds
  writeFileSync(path, `${[head, ...lines].join('\n')}\n`)
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
