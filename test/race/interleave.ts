// Every interleaving of two commands: each runs in a transaction of its own, statement by statement, in every order that a schedule gives.
import type { Statement, Tx } from '../../src/platform/db.ts'
import { sqlState } from '../../src/platform/db.ts'
import type { Randomness } from '../../src/platform/ids.ts'
import type { World } from '../world/index.ts'

export type Command = (tx: Tx) => Promise<unknown>

export interface Ended {
  readonly outcome: 'done' | 'refused'
  readonly error: unknown
}

/** Ways to merge `a` steps of the first with `b` of the second: all of them where they are at most `most`, otherwise so many drawn by `random`. */
export function schedules(a: number, b: number, most: number, random: Randomness): string[] {
  if (ways(a, b) <= most) return merges(a, b)
  return Array.from({ length: most }, () => {
    let left = [a, b]
    let merged = ''
    while (merged.length < a + b) {
      const which = random.below((left[0] ?? 0) + (left[1] ?? 0)) < (left[0] ?? 0) ? 0 : 1
      left = left.map((count, index) => (index === which ? count - 1 : count))
      merged += which
    }
    return merged
  })
}

function ways(a: number, b: number): number {
  let count = 1
  for (let step = 1; step <= b; step++) count = (count * (a + step)) / step
  return count
}

function merges(a: number, b: number): string[] {
  if (a === 0) return ['1'.repeat(b)]
  if (b === 0) return ['0'.repeat(a)]
  return [...merges(a - 1, b).map((rest) => `0${rest}`), ...merges(a, b - 1).map((rest) => `1${rest}`)]
}

/** Counts the statements that a command sends, by running it and rolling back. */
export async function countStatements(world: World, command: Command): Promise<number> {
  let count = 0
  const rolledBack = world.transaction(async (tx) => {
    const counting = async () => {
      count += 1
    }
    await command(gated(tx, counting))
    throw new Error('counted')
  })
  await rolledBack.catch(() => undefined)
  return count
}

/** Runs both commands by a schedule; a command that waits for a lock of the other lets the other go on. Deadlocks are thrown. */
export async function interleave(
  world: World,
  commands: readonly [Command, Command],
  schedule: string,
): Promise<[Ended, Ended]> {
  const gates: (() => void)[][] = [[], []]
  const finished = [false, false]
  const run = async (which: 0 | 1): Promise<Ended> => {
    try {
      await world.transaction((tx) =>
        commands[which](gated(tx, () => new Promise<void>((open) => gates[which]?.push(open)))),
      )
      return { outcome: 'done', error: null }
    } catch (error) {
      if (sqlState(error) === '40P01') throw error
      return { outcome: 'refused', error }
    } finally {
      finished[which] = true
    }
  }
  const both = Promise.all([run(0), run(1)])
  const settled = both.then(
    () => true,
    () => true,
  )
  for (const turn of schedule) await letGo(gates, finished, turn === '0' ? 0 : 1)
  while (!(await Promise.race([settled, tick()]))) for (const which of [0, 1]) gates[which]?.shift()?.()
  return both
}

// A turn: the command's next statement is let go as soon as it is there; where it waits for a lock, the turn passes.
async function letGo(gates: (() => void)[][], finished: readonly boolean[], which: 0 | 1): Promise<void> {
  for (let wait = 0; wait < 4 && !finished[which]; wait++) {
    const open = gates[which]?.shift()
    if (open !== undefined) {
      open()
      await tick()
      return
    }
    await tick()
  }
}

function tick(): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), 1))
}

function gated(tx: Tx, gate: () => Promise<void>): Tx {
  const sql = ((
    template: TemplateStringsArray,
    ...values: Parameters<Statement> extends [unknown, ...infer Rest] ? Rest : never
  ) => gate().then(() => tx.sql(template, ...values))) as unknown as Statement
  return { ...tx, sql }
}
