// Generalised assignment: gaps to the best values known on the public instances, within the time that each has.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Assignment, assign } from '../../src/solvers/assign.ts'
import type { Row } from '../row.ts'
import { at, number, readRows } from './data.ts'
import { gapPercent, rowsOf } from './figures.ts'

type Rule = 'first' | 'cheapest' | 'roomiest'
const rules: readonly Rule[] = ['first', 'cheapest', 'roomiest']

type Named = { readonly path: string; readonly best: number; readonly problem: Assignment }

const sets: Readonly<Record<string, { readonly of: RegExp; readonly seconds: number }>> = {
  assign_A: { of: /^chu1997\/a/, seconds: 1 },
  assign_B: { of: /^chu1997\/b/, seconds: 1 },
  assign_C: { of: /^chu1997\/c/, seconds: 1 },
  assign_D: { of: /^chu1997\/d/, seconds: 5 },
  assign_cattrysse: { of: /^cattrysse1994\//, seconds: 1 },
}

export const assign_cases = Object.keys(sets)

/** The rows of one set; in the short form two of its instances, ten of Cattrysse's. */
export function* measureAssign(name: string, folder: string, short: boolean): Generator<Row> {
  const set = sets[name]
  if (!set) throw new RangeError(`there is no case ${name}`)
  const all = readInstances(folder).filter(({ path }) => set.of.test(path))
  const list = short ? all.filter((_, n) => n % (all.length > 10 ? 6 : 3) === 0) : all
  const gaps: number[] = []
  const microseconds: number[] = []
  const naive: Record<Rule, number[]> = { first: [], cheapest: [], roomiest: [] }
  let optimal = 0
  for (const { path, best, problem } of list) {
    const begun = performance.now()
    const limits = { seconds: set.seconds, now: () => performance.now(), max_rounds: 10_000_000, seed: 1 }
    const answer = assign(problem, limits)
    microseconds.push(1000 * (performance.now() - begun))
    if (!answer.location_of || costOf(problem, answer.location_of) !== answer.cost)
      throw new Error(`${path}: no answer`)
    gaps.push(gapPercent(answer.cost, best))
    if (answer.optimal) optimal++
    for (const rule of rules) naive[rule].push(gapPercent(inSequence(problem, rule), best))
  }
  yield* rowsOf(name, {
    gaps,
    microseconds,
    seconds: Math.max(...microseconds) / 1e6,
    naive: Object.entries(naive).map(([rule, list]) => ({ rule, gaps: list.filter(Number.isFinite) })),
    more: { proven_optimal: optimal, naive_without_answer: naive.first.filter((gap) => gap === Infinity).length },
  })
}

/** The cost of an assignment; throws where it exceeds a capacity. */
function costOf({ cost, weight, capacity }: Assignment, location_of: readonly number[]): number {
  const load = capacity.map(() => 0)
  let sum = 0
  for (const [j, l] of location_of.entries()) {
    load[l] = at(load, l) + at(at(weight, l), j)
    sum += at(at(cost, l), j)
  }
  if (load.some((units, l) => units > at(capacity, l))) throw new Error('a capacity is exceeded')
  return sum
}

// Orders in sequence to the first location with room, or to the cheapest; or the heaviest first, each where most room is left.
function inSequence({ cost, weight, capacity }: Assignment, rule: Rule): number {
  const left = [...capacity]
  const lightest = at(cost, 0).map((_, j) => Math.min(...weight.map((row) => at(row, j))))
  const orders = lightest.map((_, j) => j)
  if (rule === 'roomiest') orders.sort((a, b) => at(lightest, b) - at(lightest, a))
  let sum = 0
  for (const j of orders) {
    const open = left.map((_, l) => l).filter((l) => at(at(weight, l), j) <= at(left, l))
    if (rule === 'cheapest') open.sort((a, b) => at(at(cost, a), j) - at(at(cost, b), j))
    if (rule === 'roomiest')
      open.sort((a, b) => at(left, b) - at(at(weight, b), j) - at(left, a) + at(at(weight, a), j))
    const [first] = open
    if (first === undefined) return Infinity
    left[first] = at(left, first) - at(at(weight, first), j)
    sum += at(at(cost, first), j)
  }
  return sum
}

// The best values known are least costs in every one of these sets: each is also the least by the bounds proven here.
function readInstances(folder: string): Named[] {
  const files = readTar(gunzipSync(readFileSync(join(folder, 'allocation', 'gap_cattrysse_chu_84.tar.gz'))))
  return readRows(folder, 'allocation', 'gap_best_known.csv').map((row) => {
    const path = row.Path ?? ''
    const text = files.get(`gap/${path}`)
    if (text === undefined) throw new Error(`${path} is not in the archive`)
    return { path, best: number(row, 'Best known solution value'), problem: parseProblem(text) }
  })
}

function parseProblem(text: string): Assignment {
  const numbers = text.trim().split(/\s+/).map(Number).values()
  const take = (count: number) => Array.from({ length: count }, () => numbers.next().value ?? Number.NaN)
  const [locations, orders] = [at(take(1), 0), at(take(1), 0)]
  const matrix = () => Array.from({ length: locations }, () => take(orders))
  return { cost: matrix(), weight: matrix(), capacity: take(locations), sense: 'min' }
}

// Names and texts of the plain files of a tar archive (512-byte headers: name at 0, size in octal at 124, type at 156).
function readTar(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  for (let from = 0; from + 512 <= bytes.length && bytes[from] !== 0; ) {
    const field = (start: number, length: number) =>
      bytes.toString('latin1', from + start, from + start + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(field(124, 12), 8)
    if (field(156, 1) === '0' || field(156, 1) === '')
      files.set(field(0, 100), bytes.toString('utf8', from + 512, from + 512 + size))
    from += 512 * (1 + Math.ceil(size / 512))
  }
  return files
}
