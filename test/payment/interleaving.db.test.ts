// Pairs of commands on the same money, one stopped before each of its statements while the other runs: exactly as if one came after the other.
import { expect, test } from 'vitest'
import { captureFor, conditionOf, refund, releaseMoney } from '../../src/modules/payment/index.ts'
import type { Tx } from '../../src/platform/db.ts'
import { type Paying, payingWorld } from './paying.ts'

type Command = (tx: Tx, demand_id: string) => Promise<unknown>

const captureAll: Command = (tx, demand_id) => captureFor(tx, [{ demand_id, worth: 1_000n, key: 'ship' }])
const capturePart: Command = (tx, demand_id) => captureFor(tx, [{ demand_id, worth: 600n, key: 'part' }])
const cancelAll: Command = (tx, demand_id) =>
  releaseMoney(tx, [{ demand_id, keep_amount: 0n, reason: 'cancelled', key: 'all' }])
const cancelPart: Command = (tx, demand_id) =>
  releaseMoney(tx, [{ demand_id, keep_amount: 600n, reason: 'cancelled', key: 'some' }])
const returnOne: Command = (tx, demand_id) => refund(tx, [{ demand_id, amount: 700n, reason: 'returned', key: 'one' }])
const returnTwo: Command = (tx, demand_id) => refund(tx, [{ demand_id, amount: 700n, reason: 'returned', key: 'two' }])
const ask: Command = (tx, demand_id) => conditionOf(tx, [demand_id])

/** A transaction that waits before its statement number `stop_at` until it may go on; `reached` tells that it stands there or needs fewer. */
function stopping(tx: Tx, stop_at: number, reached: () => void, go: Promise<void>): Tx {
  let statements = 0
  const sql = new Proxy(tx.sql, {
    apply: async (target, self, args) => {
      if (statements++ === stop_at) {
        reached()
        await go
      }
      return await Reflect.apply(target, self, args)
    },
  })
  return { ...tx, sql }
}

interface Outcome {
  readonly first: string
  readonly second: string
  readonly books: string
}

async function settled(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: { code?: string }) => `refused ${error.code}`,
  )
}

async function books(paying: Paying, demand_id: string): Promise<string> {
  await paying.drain()
  const { state, authorised, captured, refunded, voided, capturing, refunding, voiding } =
    await paying.balance(demand_id)
  return JSON.stringify([state, authorised, captured, refunded, voided, capturing, refunding, voiding].map(String))
}

/** Stops `first` before its statement `stop_at`, lets `second` run until it has ended or waits for a lock, then lets `first` go on. */
async function interleave(
  paying: Paying,
  demand_id: string,
  first: Command,
  second: Command,
  stop_at: number,
): Promise<Outcome & { stopped: boolean }> {
  const { world } = paying
  const reached = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  let stopped = false
  const one = settled(
    world.transaction(async (tx) => {
      await first(
        stopping(
          tx,
          stop_at,
          () => {
            stopped = true
            reached.resolve()
          },
          go.promise,
        ),
        demand_id,
      )
      reached.resolve()
    }),
  ).finally(reached.resolve)
  await reached.promise
  let ended = false
  const two = settled(world.transaction((tx) => second(tx, demand_id))).finally(() => {
    ended = true
  })
  while (!ended && !(await waitsForLock(paying))) await new Promise((wait) => setTimeout(wait, 2))
  go.resolve()
  return { first: await one, second: await two, books: await books(paying, demand_id), stopped }
}

async function waitsForLock({ world }: Paying): Promise<boolean> {
  const rows = await world.runtime.db.sql<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_stat_activity where usename = current_user and wait_event_type = 'Lock'`
  return (rows[0]?.waiting ?? 0) > 0
}

async function inTurn(paying: Paying, demand_id: string, order: readonly Command[]): Promise<string[]> {
  const outcomes: string[] = []
  for (const command of order) outcomes.push(await settled(paying.world.transaction((tx) => command(tx, demand_id))))
  return [...outcomes, await books(paying, demand_id)]
}

const authorised = async (paying: Paying) => {
  const demand_id = await paying.demand('card', 1_000n)
  await paying.choose(demand_id, 'approve')
  await paying.drain()
  return demand_id
}
const captured = async (paying: Paying) => {
  const demand_id = await authorised(paying)
  await paying.world.transaction((tx) => captureAll(tx, demand_id))
  await paying.drain()
  return demand_id
}
const unasked = async (paying: Paying) => {
  const demand_id = paying.world.runtime.db.newId()
  await paying.open('card', demand_id, 1_000n)
  return demand_id
}

test.each([
  ['capture and cancel', authorised, captureAll, cancelAll],
  ['capture of a part and cancelling a part', authorised, capturePart, cancelPart],
  ['return and return', captured, returnOne, returnTwo],
  ['return and cancel', captured, returnOne, cancelPart],
  ['asking and cancelling', unasked, ask, cancelAll],
  ['asking and asking', unasked, ask, ask],
] as const)(
  'M3 every interleaving of %s is as if one came after the other',
  async (_pair, prepare, one, other) => {
    await using paying = await payingWorld()
    const forth = await inTurn(paying, await prepare(paying), [one, other])
    const back = await inTurn(paying, await prepare(paying), [other, one])
    const legal = [forth.join(' · '), [back[1], back[0], back[2]].join(' · ')]
    let points = 0
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      for (let stop_at = 0, stopped = true; stopped; stop_at++) {
        const outcome = await interleave(paying, await prepare(paying), first, second, stop_at)
        stopped = outcome.stopped
        const pair = first === one ? [outcome.first, outcome.second] : [outcome.second, outcome.first]
        expect(legal).toContain([...pair, outcome.books].join(' · '))
        points += 1
      }
    }
    expect(points).toBeGreaterThan(4)
    expect(await paying.world.brokenInvariants()).toEqual([])
  },
  120_000,
)
