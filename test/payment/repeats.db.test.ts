// E3: consumers are idempotent. Every job and callback of payment delivered again, several times and in any order, changes nothing.
import { expect, test } from 'vitest'
import { captureFor, refund, releaseMoney } from '../../src/modules/payment/index.ts'
import { HOUR_MS } from '../../src/platform/clock.ts'
import { type NewJob, schedule } from '../../src/platform/engine/index.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { webhookHeaders } from '../../src/platform/webhook-signature.ts'
import { type Paying, payingWorld } from './paying.ts'

async function everything({ world }: Paying): Promise<string[]> {
  const rows = await world.transaction(
    (tx) => tx.sql<{ row: string }[]>`
      select to_jsonb(i)::text as row from payment.intent i where i.tenant_id = ${tx.tenant}
      union all select to_jsonb(b)::text from payment.booking b where b.tenant_id = ${tx.tenant}
      union all select to_jsonb(e)::text from payment.entry e where e.tenant_id = ${tx.tenant}
      union all select to_jsonb(e)::text from outbox.event e where e.tenant_id = ${tx.tenant} and e.type like 'payment.%'
      order by 1`,
  )
  return rows.map(({ row }) => row)
}

test('E3 every job and callback of payment delivered four times over, shuffled, leaves the same state', async () => {
  await using paying = await payingWorld()
  const { world, sandbox, secret, callback_url } = paying
  const choices = ['approve', 'decline', 'timeout', 'duplicate', 'late'] as const
  const demands: string[] = []
  for (const method of ['card', 'wallet'] as const) {
    for (const choice of choices) {
      const demand_id = await paying.demand(method, 1_000n)
      await paying.choose(demand_id, choice)
      demands.push(demand_id)
    }
  }
  await paying.drain()
  for (const demand_id of demands) {
    if ((await paying.condition(demand_id)) !== 'met') continue
    await world.transaction((tx) => captureFor(tx, [{ demand_id, worth: 600n, key: 'ship' }]))
    await paying.drain()
    await world.transaction((tx) => refund(tx, [{ demand_id, amount: 100n, reason: 'returned', key: 'r' }]))
    await world.transaction((tx) => releaseMoney(tx, [{ demand_id, keep_amount: 600n, reason: 'cancelled', key: 'c' }]))
  }
  world.clock.advance(2 * HOUR_MS)
  await paying.drain()
  sandbox.tellLate()
  await paying.drain()
  const before = await everything(paying)
  const jobs = await world.transaction(
    (tx) => tx.sql<NewJob[]>`
      select 'payment.' || kind as step, request_id as subject from payment.request where tenant_id = ${tx.tenant}
      union all select step, intent_id from payment.intent, (values ('payment.deadline'), ('payment.expire')) as s (step) where tenant_id = ${tx.tenant}`,
  )
  const randomness = seededRandomness(3)
  const shuffled = [...jobs, ...jobs, ...jobs, ...jobs]
    .map((job) => ({ job, at: randomness.below(1e9) }))
    .sort((a, b) => a.at - b.at)
  await world.transaction((tx) =>
    schedule(
      tx,
      shuffled.map(({ job: { step, subject } }) => ({ step, subject })),
    ),
  )
  for (const operation of [...sandbox.ledger.operations(), ...sandbox.ledger.operations()].reverse()) {
    const body = JSON.stringify({ event_id: `again-${randomness.below(1e9)}`, at: '', operation })
    const headers = webhookHeaders({ id: 'm', at: world.clock.now(), body }, [secret])
    expect((await fetch(callback_url, { method: 'POST', headers, body })).status).toBe(200)
  }
  const calls = sandbox.ledger.operations().length
  await paying.drain()
  expect(await everything(paying)).toEqual(before)
  expect(sandbox.ledger.operations()).toHaveLength(calls)
  expect(await world.brokenInvariants()).toEqual([])
})
