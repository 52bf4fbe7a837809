// Callbacks of providers: signed, each once, in any order; what belongs to nothing waits for a person.
import { expect, test } from 'vitest'
import { captureFor, journalOf, refund, releaseMoney } from '../../src/modules/payment/index.ts'
import { matchReceipt, returnReceipt, unmatchedReceipts } from '../../src/modules/payment/settle-receipts.ts'
import { HOUR_MS, later, MINUTE_MS } from '../../src/platform/clock.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { captured, post } from './alien.ts'
import { type Paying, payingWorld } from './paying.ts'

test('a callback that is unsigned, forged, altered, old or of nobody is refused and leaves nothing', async () => {
  await using paying = await payingWorld()
  const { clock } = paying.world
  const body = captured('e1')
  expect((await fetch(paying.callback_url, { method: 'POST', body })).status).toBe(401)
  expect(await post(paying, body, { secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).toBe(401)
  expect(await post(paying, body, { tamper: true })).toBe(401)
  expect(await post(paying, body, { at: later(clock.now(), -6 * MINUTE_MS) })).toBe(401)
  expect(await post(paying, '{"hello":1}')).toBe(422)
  expect((await fetch(paying.callback_url.replace(/\/sandbox$/, '/other'), { method: 'POST', body })).status).toBe(404)
  expect(await paying.world.transaction(unmatchedReceipts)).toEqual([])
})

// The same day in the life of a demand, told by callbacks only: all answers of the provider are lost.
async function liveThrough(paying: Paying, seed: number) {
  const { world, sandbox } = paying
  const randomness = seededRandomness(seed)
  const news: string[] = []
  const demand_id = await paying.demand('card', 10_000n)
  const told = async () => {
    const shuffled = [...news, ...news]
      .map((body) => ({ body, at: randomness.below(1_000_000) }))
      .sort((a, b) => a.at - b.at)
    for (const { body } of shuffled) expect(await post(paying, body)).toBe(200)
  }
  const note = async () => {
    for (const operation of await paying.done(demand_id)) {
      const body = JSON.stringify({ event_id: `e-${operation.operation_id}-${operation.status}`, at: '', operation })
      if (operation.status !== 'waiting' && !news.includes(body)) news.push(body)
    }
  }
  const act = async (work: () => Promise<void>, calls: number) => {
    await work()
    sandbox.misbehave(...Array.from({ length: calls }, () => 'lost_after' as const))
    await world.drain()
    await note()
    await told()
  }
  await paying.choose(demand_id, 'approve')
  await act(
    () =>
      world.transaction((tx) =>
        captureFor(tx, [
          { demand_id, worth: 3_000n, key: 'a' },
          { demand_id, worth: 5_000n, key: 'b' },
        ]),
      ),
    2,
  )
  await act(() => world.transaction((tx) => refund(tx, [{ demand_id, amount: 500n, reason: 'x', key: 'r' }])), 1)
  await act(
    () => world.transaction((tx) => releaseMoney(tx, [{ demand_id, keep_amount: 5_000n, reason: 'x', key: 'v' }])),
    1,
  )
  const { state, authorised, captured, voided, refunded, capturing, refunding, voiding, version } =
    await paying.balance(demand_id)
  const journal = await world.transaction((tx) => journalOf(tx, demand_id))
  const entries = journal
    .flatMap((booking) => booking.entries.map((entry) => `${booking.kind} ${entry.account} ${entry.amount}`))
    .sort()
  return { state, authorised, captured, voided, refunded, capturing, refunding, voiding, version, entries }
}

test('M6 shuffled and repeated callbacks end in the same state and journal', async () => {
  await using paying = await payingWorld()
  const first = await liveThrough(paying, 1)
  expect(first).toMatchObject({
    state: 'captured',
    authorised: 10_000n,
    captured: 5_000n,
    voided: 5_000n,
    refunded: 500n,
    capturing: 0n,
    refunding: 0n,
    voiding: 0n,
  })
  for (let seed = 2; seed <= 6; seed++) expect(await liveThrough(paying, seed)).toEqual(first)
  paying.world.clock.advance(HOUR_MS)
  await paying.drain()
  expect(await paying.world.brokenInvariants()).toEqual([])
})

test('M6 twenty copies of a callback at once are one booking', async () => {
  await using paying = await payingWorld()
  const demand_id = await paying.demand('wallet', 700n)
  await paying.choose(demand_id, 'approve')
  const [operation] = await paying.done(demand_id)
  const body = JSON.stringify({ event_id: 'again', at: '', operation })
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(paying, body)))
  expect(new Set(answers)).toEqual(new Set([200]))
  expect(await paying.balance(demand_id)).toMatchObject({ captured: 700n, refunded: 0n })
})

test('M5 money that belongs to nothing is booked as such, told, and waits for a person', async () => {
  // By the clock of the database, for the invariant is judged by it.
  await using paying = await payingWorld({ now: new Date().toISOString() })
  const { world } = paying
  expect(await post(paying, captured('e1'))).toBe(200)
  expect(await post(paying, captured('e1'))).toBe(200)
  const [receipt] = await world.transaction(unmatchedReceipts)
  expect(receipt).toMatchObject({ amount: 4_200n, currency: 'CNY', reference: 'op_alien', state: 'waiting' })
  const demand_id = await paying.demand('wallet', 4_200n)
  const { intent_id } = await paying.balance(demand_id)
  await world.transaction((tx) => matchReceipt(tx, receipt?.callback_id ?? '', intent_id))
  expect(await paying.condition(demand_id)).toBe('met')
  await expect(world.transaction((tx) => returnReceipt(tx, receipt?.callback_id ?? ''))).rejects.toMatchObject({
    code: 'receipt_settled',
  })
  expect(await world.transaction(unmatchedReceipts)).toEqual([])
  expect(await post(paying, captured('e2', { operation_id: 'op_other' }))).toBe(200)
  const [other] = await world.transaction(unmatchedReceipts)
  await world.transaction((tx) => returnReceipt(tx, other?.callback_id ?? ''))
  await paying.drain()
  const left = await world.transaction(
    (tx) => tx.sql<{ account: string; sum: bigint }[]>`
    select account, sum(amount)::bigint as sum from payment.entry where tenant_id = ${tx.tenant} group by account having sum(amount) <> 0 order by account`,
  )
  expect([...left]).toEqual([
    { account: 'customer_payments', sum: -4_200n },
    { account: 'provider_clearing', sum: 4_200n },
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a second payment for the same demand is booked and goes back by itself', async () => {
  await using paying = await payingWorld()
  const demand_id = await paying.demand('wallet', 700n)
  await paying.choose(demand_id, 'approve')
  const [page] = await paying.done(demand_id)
  const twice = { ...page, operation_id: 'op_second' }
  expect(await post(paying, JSON.stringify({ event_id: 'second', at: '', operation: twice }))).toBe(200)
  expect(await paying.balance(demand_id)).toMatchObject({ captured: 1_400n, refunding: 700n })
})
