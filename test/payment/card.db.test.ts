// Cards at the sandbox provider: authorise, capture at shipment, void, refund; late, repeated, lost and unknown answers.
import { expect, test } from 'vitest'
import { captureFor, journalOf, paymentSteps, refund, releaseMoney } from '../../src/modules/payment/index.ts'
import { HOUR_MS, later, MINUTE_MS } from '../../src/platform/clock.ts'
import { leaseForTest } from './lease.ts'
import { type Paying, payingWorld } from './paying.ts'

async function sumsToZero({ world }: Paying, demand_id: string): Promise<boolean> {
  const journal = await world.transaction((tx) => journalOf(tx, demand_id))
  return journal.every((booking) => booking.entries.reduce((sum, entry) => sum + entry.amount, 0n) === 0n)
}

test('M1 M3 a card is authorised before, captured at shipment, voided where cancelled and refunded where returned', async () => {
  await using paying = await payingWorld()
  const { world } = paying
  const demand_id = await paying.demand('card', 10_000n)
  expect(await paying.balance(demand_id)).toMatchObject({
    state: 'pending',
    redirect_url: expect.stringContaining('/pay/'),
  })
  expect(await paying.condition(demand_id)).toBe('pending')
  await paying.choose(demand_id, 'approve')
  expect(await paying.condition(demand_id)).toBe('met')
  expect(await paying.balance(demand_id)).toMatchObject({
    state: 'authorised',
    authorised: 10_000n,
    captured: 0n,
    redirect_url: null,
  })
  await world.transaction((tx) => captureFor(tx, [{ demand_id, worth: 6_000n, key: 'shipment-1' }]))
  await world.transaction((tx) => captureFor(tx, [{ demand_id, worth: 6_000n, key: 'shipment-1' }]))
  await paying.drain()
  expect(await paying.balance(demand_id)).toMatchObject({ state: 'authorised', captured: 6_000n, capturing: 0n })
  await world.transaction((tx) => releaseMoney(tx, [{ demand_id, keep_amount: 6_000n, reason: 'cancelled', key: 'c' }]))
  await world.transaction((tx) => releaseMoney(tx, [{ demand_id, keep_amount: 6_000n, reason: 'cancelled', key: 'c' }]))
  await world.transaction((tx) => refund(tx, [{ demand_id, amount: 1_500n, reason: 'returned', key: 'r-1' }]))
  await world.transaction((tx) => refund(tx, [{ demand_id, amount: 1_500n, reason: 'returned', key: 'r-1' }]))
  await paying.drain()
  expect(await paying.balance(demand_id)).toMatchObject({
    state: 'captured',
    captured: 6_000n,
    voided: 4_000n,
    refunded: 1_500n,
  })
  const done = (await paying.done(demand_id)).map(({ status, amount }) => `${status} ${amount}`)
  expect(done.sort()).toEqual(['authorised 10000', 'captured 6000', 'refunded 1500', 'voided 4000'])
  expect(await sumsToZero(paying, demand_id)).toBe(true)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a declined card fails the condition and nothing is booked', async () => {
  await using paying = await payingWorld()
  const demand_id = await paying.demand('card', 5_000n)
  await paying.choose(demand_id, 'decline')
  await paying.drain()
  expect(await paying.condition(demand_id)).toBe('failed')
  expect(await paying.balance(demand_id)).toMatchObject({
    state: 'failed',
    failure: 'declined_by_customer',
    authorised: 0n,
  })
  expect(await paying.world.transaction((tx) => journalOf(tx, demand_id))).toEqual([])
  expect(await paying.world.brokenInvariants()).toEqual([])
})

test('a page that nobody answers expires at its deadline and is closed at the provider', async () => {
  await using paying = await payingWorld()
  const demand_id = await paying.demand('card', 5_000n, {
    deadline_at: later(paying.world.clock.now(), 30 * MINUTE_MS),
  })
  await paying.choose(demand_id, 'timeout')
  paying.world.clock.advance(29 * MINUTE_MS)
  await paying.drain()
  expect(await paying.condition(demand_id)).toBe('pending')
  paying.world.clock.advance(MINUTE_MS)
  await paying.drain()
  expect(await paying.condition(demand_id)).toBe('failed')
  expect(await paying.balance(demand_id)).toMatchObject({ state: 'expired' })
  expect(await paying.choose(demand_id, 'approve')).toBe(false)
  expect((await paying.done(demand_id)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'page closed',
    'void closed',
  ])
  expect(await paying.world.brokenInvariants()).toEqual([])
})

test('an approval whose callback was lost is found by the last look before the deadline ends it', async () => {
  await using paying = await payingWorld()
  const demand_id = await paying.demand('card', 5_000n)
  const { provider_ref } = await paying.balance(demand_id)
  const payment = paying.sandbox.ledger.payment(provider_ref ?? '')
  if (payment === undefined) throw new Error('no payment')
  paying.sandbox.ledger.savePayment({ ...payment, notify_url: 'http://127.0.0.1:1/', authorised: 5_000 })
  const page = paying.sandbox.ledger.operation(payment.page_key)
  if (page !== undefined) paying.sandbox.ledger.saveOperation({ ...page, status: 'authorised' })
  paying.world.clock.advance(HOUR_MS)
  await paying.drain()
  expect(await paying.condition(demand_id)).toBe('met')
  expect(await paying.balance(demand_id)).toMatchObject({ state: 'authorised', authorised: 5_000n })
  expect(await paying.world.brokenInvariants()).toEqual([])
})

test.each(['card', 'wallet'] as const)(
  'P3 a %s payment that comes after expiry lands on its intent and goes back by itself',
  async (method) => {
    await using paying = await payingWorld()
    const demand_id = await paying.demand(method, 5_000n)
    await paying.choose(demand_id, 'late')
    paying.world.clock.advance(HOUR_MS)
    await paying.drain()
    expect(await paying.balance(demand_id)).toMatchObject({ state: 'expired' })
    expect(paying.sandbox.tellLate()).toBe(1)
    await paying.drain()
    const balance = await paying.balance(demand_id)
    expect(await paying.condition(demand_id)).toBe('failed')
    if (method === 'card')
      expect(balance).toMatchObject({ state: 'expired', authorised: 5_000n, voided: 5_000n, captured: 0n })
    else expect(balance).toMatchObject({ state: 'expired', captured: 5_000n, refunded: 5_000n })
    expect(await paying.world.brokenInvariants()).toEqual([])
  },
)

test('a wallet pays at once; cancelling a part refunds exactly that part', async () => {
  await using paying = await payingWorld()
  const demand_id = await paying.demand('wallet', 9_001n)
  await paying.choose(demand_id, 'duplicate')
  expect(await paying.balance(demand_id)).toMatchObject({ state: 'captured', captured: 9_001n })
  const { world } = paying
  await world.transaction((tx) => captureFor(tx, [{ demand_id, worth: 9_001n, key: 's' }]))
  await world.transaction((tx) => releaseMoney(tx, [{ demand_id, keep_amount: 6_000n, reason: 'cancelled', key: 'a' }]))
  await world.transaction((tx) => releaseMoney(tx, [{ demand_id, keep_amount: 0n, reason: 'cancelled', key: 'a' }]))
  await paying.drain()
  expect(await paying.balance(demand_id)).toMatchObject({ captured: 9_001n, refunded: 9_001n })
  expect((await paying.done(demand_id)).map(({ amount }) => amount).sort()).toEqual([3_001, 6_000, 9_001])
  expect(await world.brokenInvariants()).toEqual([])
})

test.each(['lost_before', 'lost_after', 'refuse_500'] as const)(
  'M9 a capture whose answer is %s is resolved by its key and never made twice',
  async (mishap) => {
    await using paying = await payingWorld()
    const { world } = paying
    const demand_id = await paying.demand('card', 8_000n)
    await paying.choose(demand_id, 'approve')
    await world.transaction((tx) => captureFor(tx, [{ demand_id, worth: 8_000n, key: 's' }]))
    paying.sandbox.misbehave(mishap)
    await paying.drain()
    for (let tries = 0; tries < 4; tries++) {
      world.clock.advance(10 * MINUTE_MS)
      await paying.drain()
    }
    expect(await paying.balance(demand_id)).toMatchObject({ state: 'captured', captured: 8_000n, capturing: 0n })
    expect((await paying.done(demand_id)).filter(({ kind }) => kind === 'capture')).toHaveLength(1)
    expect(await world.brokenInvariants()).toEqual([])
  },
)

test('M9 a process that dies between the answer and the commit charges once', async () => {
  await using paying = await payingWorld()
  const { world } = paying
  const demand_id = await paying.demand('card', 8_000n)
  await paying.choose(demand_id, 'approve')
  await world.transaction((tx) => captureFor(tx, [{ demand_id, worth: 8_000n, key: 's' }]))
  const { call, job } = await leaseForTest(world, paymentSteps.capture)
  await paymentSteps.capture.run(call, job)
  expect(await paying.balance(demand_id)).toMatchObject({ capturing: 8_000n })
  world.clock.advance(2 * MINUTE_MS)
  await paying.drain()
  expect(await paying.balance(demand_id)).toMatchObject({ captured: 8_000n, capturing: 0n })
  expect((await paying.done(demand_id)).filter(({ kind }) => kind === 'capture')).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('cancelling while the page is being opened closes it, whatever its answer', async () => {
  await using paying = await payingWorld()
  const { world } = paying
  paying.sandbox.misbehave('lost_after')
  const demand_id = await paying.demand('card', 8_000n)
  await world.transaction((tx) => releaseMoney(tx, [{ demand_id, keep_amount: 0n, reason: 'cancelled', key: 'c' }]))
  world.clock.advance(10 * MINUTE_MS)
  await paying.drain()
  world.clock.advance(10 * MINUTE_MS)
  await paying.drain()
  expect(await paying.balance(demand_id)).toMatchObject({ state: 'cancelled', authorised: 0n })
  expect((await paying.done(demand_id)).find(({ kind }) => kind === 'page')?.status).toBe('closed')
  expect(await world.brokenInvariants()).toEqual([])
})
