// The journal: what is paid at the channel, on delivery and by transfer; balanced, append-only, never refunded beyond what was captured.

import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { type Account, accounts } from '../../src/modules/payment/accounts.ts'
import {
  balances,
  captureFor,
  conditionOf,
  intentMachine,
  journalOf,
  openIntents,
  refund,
  releaseMoney,
} from '../../src/modules/payment/index.ts'
import { receiveTransfer } from '../../src/modules/payment/settle-receipts.ts'
import { DAY_MS } from '../../src/platform/clock.ts'
import { freshWorld, type World } from '../world/index.ts'

async function open(world: World, method: 'reference' | 'cod' | 'transfer', amount: bigint): Promise<string> {
  const demand_id = world.runtime.db.newId()
  await world.transaction((tx) => openIntents(tx, [{ demand_id, method, currency: 'CNY', amount }]))
  return demand_id
}

async function balance(world: World, demand_id: string) {
  return (await world.transaction((tx) => balances(tx, [demand_id]))).get(demand_id)?.[0]
}

async function sums(world: World): Promise<Partial<Record<Account, bigint>>> {
  const rows = await world.transaction(
    (tx) => tx.sql<{ account: Account; sum: bigint }[]>`
      select account, sum(amount)::bigint as sum from payment.entry where tenant_id = ${tx.tenant} group by account having sum(amount) <> 0`,
  )
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]))
}

test('two hundred orders paid at the channel are opened by one statement and met by two, and balance', async () => {
  await using world = await freshWorld()
  const { db } = world.runtime
  const ids = Array.from({ length: 200 }, () => db.newId())
  const before = db.statements()
  await world.transaction((tx) =>
    openIntents(
      tx,
      ids.map((demand_id) => ({ demand_id, method: 'reference', currency: 'CNY', amount: 100n, reference: 'R' })),
    ),
  )
  expect(db.statements() - before).toBe(1)
  const conditions = await world.transaction((tx) => conditionOf(tx, ids))
  expect(db.statements() - before).toBe(3)
  expect(new Set(conditions.values())).toEqual(new Set(['met']))
  await world.transaction((tx) => conditionOf(tx, ids))
  expect(await sums(world)).toEqual({ channel_clearing: 20_000n, customer_payments: -20_000n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a batch of every method needs at most five statements for its conditions', async () => {
  await using world = await freshWorld()
  const { db } = world.runtime
  const methods = ['reference', 'card', 'wallet', 'cod', 'transfer'] as const
  const intents = Array.from({ length: 200 }, (_, index) => ({
    demand_id: db.newId(),
    method: methods[index % 5] ?? 'cod',
    currency: 'CNY',
    amount: BigInt(index + 1),
  }))
  await world.transaction((tx) => openIntents(tx, intents))
  const before = db.statements()
  const conditions = await world.transaction((tx) =>
    conditionOf(
      tx,
      intents.map((intent) => intent.demand_id),
    ),
  )
  expect(db.statements() - before).toBeLessThanOrEqual(5)
  expect([...conditions.values()].filter((condition) => condition === 'met')).toHaveLength(80)
  expect(await world.brokenInvariants()).toEqual([])
})

test('what costs nothing is met without asking anybody', async () => {
  await using world = await freshWorld()
  const demand_id = world.runtime.db.newId()
  await world.transaction((tx) => openIntents(tx, [{ demand_id, method: 'card', currency: 'CNY', amount: 0n }]))
  expect((await world.transaction((tx) => conditionOf(tx, [demand_id]))).get(demand_id)).toBe('met')
  expect(await sums(world)).toEqual({})
})

test('cash on delivery is owed by the carrier from the shipment on; refused goods end the debt, returned ones are paid back', async () => {
  await using world = await freshWorld()
  const refused = await open(world, 'cod', 5_000n)
  const returned = await open(world, 'cod', 3_000n)
  const met = await world.transaction((tx) => conditionOf(tx, [refused, returned]))
  expect([...met.values()]).toEqual(['met', 'met'])
  await world.transaction((tx) =>
    captureFor(tx, [
      { demand_id: refused, worth: 5_000n, key: 's' },
      { demand_id: returned, worth: 3_000n, key: 's' },
    ]),
  )
  expect(await sums(world)).toEqual({ carrier_clearing: 8_000n, customer_payments: -8_000n })
  await world.transaction((tx) =>
    releaseMoney(tx, [{ demand_id: refused, keep_amount: 0n, reason: 'refused', key: 'x' }]),
  )
  await world.transaction((tx) => refund(tx, [{ demand_id: returned, amount: 3_000n, reason: 'returned', key: 'y' }]))
  expect(await sums(world)).toEqual({ carrier_clearing: 3_000n, refunds_payable: -3_000n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a transfer is met when it has come whole, in parts too; what is too much or too late goes back', async () => {
  await using world = await freshWorld()
  const demand_id = await open(world, 'transfer', 1_000n)
  await world.transaction((tx) => conditionOf(tx, [demand_id]))
  const intent_id = (await balance(world, demand_id))?.intent_id ?? ''
  await world.transaction((tx) => receiveTransfer(tx, { intent_id, amount: 400n, reference: 'line 1' }))
  await world.transaction((tx) => receiveTransfer(tx, { intent_id, amount: 400n, reference: 'line 1' }))
  expect(await balance(world, demand_id)).toMatchObject({ state: 'pending', captured: 400n })
  await world.transaction((tx) => receiveTransfer(tx, { intent_id, amount: 700n, reference: 'line 2' }))
  expect(await balance(world, demand_id)).toMatchObject({ state: 'captured', captured: 1_100n, refunded: 100n })
  const late = await open(world, 'transfer', 1_000n)
  await world.transaction((tx) => conditionOf(tx, [late]))
  world.clock.advance(7 * DAY_MS)
  await world.drain()
  expect(await balance(world, late)).toMatchObject({ state: 'expired' })
  const late_id = (await balance(world, late))?.intent_id ?? ''
  await world.transaction((tx) => receiveTransfer(tx, { intent_id: late_id, amount: 1_000n, reference: 'line 3' }))
  expect(await balance(world, late)).toMatchObject({ state: 'expired', captured: 1_000n, refunded: 1_000n })
  expect(await sums(world)).toEqual({ bank_clearing: 2_100n, customer_payments: -1_000n, refunds_payable: -1_100n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('M1 both sides of every booking come from one statement: a booking that is out of balance cannot be written', async () => {
  await using world = await freshWorld()
  const demand_id = await open(world, 'reference', 777n)
  await world.transaction((tx) => conditionOf(tx, [demand_id]))
  const journal = await world.transaction((tx) => journalOf(tx, demand_id))
  expect(journal).toMatchObject([
    {
      kind: 'capture',
      entries: [
        { account: 'channel_clearing', amount: 777n },
        { account: 'customer_payments', amount: -777n },
      ],
    },
  ])
  const alien = world.transaction(
    (tx) => tx.sql`
    insert into payment.entry (tenant_id, booking_id, entry_no, account, currency, amount) values (${tx.tenant}, ${tx.newId()}, 1, 'pocket', 'CNY', 1)`,
  )
  await expect(alien).rejects.toMatchObject({ code: '23514' })
})

test('M2 the app cannot change or remove what the journal says', async () => {
  await using world = await freshWorld()
  const demand_id = await open(world, 'reference', 777n)
  await world.transaction((tx) => conditionOf(tx, [demand_id]))
  const tries = [
    world.transaction((tx) => tx.sql`update payment.entry set amount = amount + 1 where tenant_id = ${tx.tenant}`),
    world.transaction((tx) => tx.sql`delete from payment.entry where tenant_id = ${tx.tenant}`),
    world.transaction((tx) => tx.sql`update payment.booking set kind = 'void' where tenant_id = ${tx.tenant}`),
    world.transaction((tx) => tx.sql`delete from payment.booking where tenant_id = ${tx.tenant}`),
    world.transaction((tx) => tx.sql`truncate payment.entry -- tenant_id`),
  ]
  for (const tried of await Promise.allSettled(tries))
    expect(tried).toMatchObject({ status: 'rejected', reason: { code: '42501' } })
})

test('M3 forty refunds at once give back what was captured and not a cent more', async () => {
  await using world = await freshWorld({ connections: 20 })
  const demand_id = await open(world, 'reference', 1_000n)
  await world.transaction((tx) => conditionOf(tx, [demand_id]))
  const asked = Array.from({ length: 40 }, (_, index) =>
    world.transaction((tx) => refund(tx, [{ demand_id, amount: 100n, reason: 'returned', key: `r${index}` }])),
  )
  const outcomes = await Promise.allSettled(asked)
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(10)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'refund_exceeds_captured' })
  expect(await balance(world, demand_id)).toMatchObject({ captured: 1_000n, refunded: 1_000n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('M3 the same refund asked twenty times at once is made once', async () => {
  await using world = await freshWorld({ connections: 20 })
  const demand_id = await open(world, 'reference', 1_000n)
  await world.transaction((tx) => conditionOf(tx, [demand_id]))
  const same = { demand_id, amount: 100n, reason: 'returned', key: 'the same' }
  await Promise.all(Array.from({ length: 20 }, () => world.transaction((tx) => refund(tx, [same]))))
  expect(await balance(world, demand_id)).toMatchObject({ refunded: 100n })
})

test('the database allows exactly the states of the machine and the accounts of the list', async () => {
  const sql = postgres(inject('admin_url'), { max: 1 })
  const rows = await sql<{ definition: string }[]>`
    select pg_get_constraintdef(oid) as definition from pg_constraint where conname in ('intent_state', 'entry_account') order by conname`
  await sql.end()
  const named = rows.map(({ definition }) => [...definition.matchAll(/'(\w+)'/g)].map((match) => match[1]).sort())
  expect(named).toEqual([[...accounts].sort(), [...intentMachine.states].sort()])
})
