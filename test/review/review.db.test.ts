// Review in the database: hold or pass, approve, reject, undo, four eyes, lapse; nothing moves on while it is held.
import { expect, test } from 'vitest'
import * as review from '../../src/modules/review/index.ts'
import { viewQueue } from '../../src/modules/review/view-queue.ts'
import { MINUTE_MS, SECOND_MS } from '../../src/platform/clock.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { freshWorld, type World } from '../world/index.ts'
import { type OrderWish, place, read } from '../world/orders.ts'

const LARGE: OrderWish = { lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 2_100_000n }] }
const HUGE: OrderWish = { lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 6_000_000n }] }
const FIRST = { placed_at: new Date(0), hold_id: '00000000-0000-0000-0000-000000000000' }

const queue = (world: World) =>
  world.transaction((tx) => viewQueue(tx, { kind: null, order_id: null, after: FIRST, limit: 20 }))
const decide = (
  world: World,
  actor: string,
  hold_id: string,
  decision: 'approve' | 'reject' | 'hold',
  minutes?: number,
) =>
  world
    .context(actor)
    .transaction((tx) => review.decideHold(tx, hold_id, { decision, ...(minutes === undefined ? {} : { minutes }) }))
const eventTypes = (world: World, order_id: string) =>
  world.transaction(async (tx) =>
    (
      await tx.sql<
        { type: string }[]
      >`select type from outbox.event where tenant_id = ${tx.tenant} and subject = ${order_id} order by version`
    ).map((row) => row.type),
  )

async function held(world: World, wish: OrderWish): Promise<{ order_id: string; hold_id: string }> {
  const [order_id = ''] = await place(world, [wish])
  await world.drain()
  const [hold] = (await read(world, order_id)).holds
  if (hold === undefined) throw new Error('the order was not held')
  return { order_id, hold_id: hold.hold_id }
}

test('an ordinary order passes and goes on by itself', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect((await read(world, id)).commercial).toBe('confirmed')
  expect(await eventTypes(world, id)).toEqual(
    expect.arrayContaining(['order.screened', 'order.confirmed', 'order.allocated']),
  )
})

test('a large order is held with its reason, keeps its stock reserved, and stands in the queue with its evidence', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { order_id } = await held(world, LARGE)
  const order = await read(world, order_id)
  expect(order).toMatchObject({ commercial: 'placed' })
  expect(order.lines[0]?.units.reserved).toBe(1)
  const { items, total } = await queue(world)
  expect(total).toBe(1)
  expect(items[0]).toMatchObject({
    order_id,
    kind: 'review',
    evidence: expect.arrayContaining([
      { code: 'large_amount', weight: 'warning', value: '21000.00 CNY', limit: '20000.00 CNY' },
    ]),
    four_eyes: { required: false, first_by: null },
    person: { masked: true, name: '王**' },
    line_count: 1,
    pending: null,
  })
  expect(await world.brokenInvariants()).toEqual([])
})

test('an approval takes effect after ten seconds, and the order goes all the way on', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { order_id, hold_id } = await held(world, LARGE)
  expect(await decide(world, 'user:ann', hold_id, 'approve')).toMatchObject({ needs_second: false })
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('placed')
  expect((await queue(world)).items[0]?.pending).toMatchObject({ decision: 'approve', by: 'user:ann' })
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  const order = await read(world, order_id)
  expect(order).toMatchObject({ commercial: 'confirmed', holds: [] })
  expect(order.lines[0]?.units.reserved).toBe(0)
  expect(await world.brokenInvariants()).toEqual([])
})

test('an undone decision never happens, and another can be taken', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { order_id, hold_id } = await held(world, LARGE)
  await decide(world, 'user:ann', hold_id, 'reject')
  await expect(decide(world, 'user:ann', hold_id, 'approve')).rejects.toMatchObject({ code: 'decision_pending' })
  await world.transaction((tx) => review.undoDecision(tx, hold_id))
  await expect(world.transaction((tx) => review.undoDecision(tx, hold_id))).rejects.toMatchObject({
    code: 'nothing_to_undo',
  })
  world.clock.advance(MINUTE_MS)
  await world.drain()
  expect(await read(world, order_id)).toMatchObject({ commercial: 'placed', holds: [{ hold_id }] })
  await decide(world, 'user:ann', hold_id, 'approve')
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('confirmed')
  await expect(world.transaction((tx) => review.undoDecision(tx, hold_id))).rejects.toMatchObject({
    code: 'nothing_to_undo',
  })
})

test('a rejection frees stock and ends the order', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 1 } })
  const { order_id, hold_id } = await held(world, LARGE)
  await decide(world, 'user:ann', hold_id, 'reject')
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('rejected')
  const [next = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect((await read(world, next)).commercial).toBe('confirmed')
  expect(await world.brokenInvariants()).toEqual([])
})

test('a very large sum takes two different people', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { order_id, hold_id } = await held(world, HUGE)
  expect(await decide(world, 'user:ann', hold_id, 'approve')).toMatchObject({ needs_second: true })
  world.clock.advance(MINUTE_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('placed')
  await expect(decide(world, 'user:ann', hold_id, 'approve')).rejects.toMatchObject({ code: 'second_person_needed' })
  expect((await queue(world)).items[0]?.four_eyes).toEqual({ required: true, first_by: 'user:ann' })
  expect(await decide(world, 'user:bob', hold_id, 'approve')).toMatchObject({ needs_second: false })
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('confirmed')
})

test('one of two people may still reject what the other has approved', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { order_id, hold_id } = await held(world, HUGE)
  await decide(world, 'user:ann', hold_id, 'approve')
  await decide(world, 'user:bob', hold_id, 'reject')
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('rejected')
})

test('two people deciding at once leave exactly one decision', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { order_id, hold_id } = await held(world, LARGE)
  const both = await Promise.allSettled([
    decide(world, 'user:ann', hold_id, 'approve'),
    decide(world, 'user:bob', hold_id, 'reject'),
  ])
  const fulfilled = both.filter((outcome) => outcome.status === 'fulfilled')
  expect(fulfilled).toHaveLength(1)
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe(both[0]?.status === 'fulfilled' ? 'confirmed' : 'rejected')
})

test('a bulk decides each hold by itself and names those that it could not', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const one = await held(world, LARGE)
  const two = await held(world, LARGE)
  await decide(world, 'user:ann', two.hold_id, 'reject')
  const unknown = '00000000-0000-7000-8000-000000000000'
  const { taken, refused } = await world
    .context('user:bob')
    .transaction((tx) => review.decideHolds(tx, [one.hold_id, two.hold_id, unknown], { decision: 'approve' }))
  expect(taken.map((row) => row.hold_id)).toEqual([one.hold_id])
  expect(refused).toEqual([
    { hold_id: two.hold_id, code: 'decision_pending' },
    { hold_id: unknown, code: 'review_unknown' },
  ])
})

test('a hold that nobody decides rejects the order when its time is over; one that was kept has more time', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const forgotten = await held(world, LARGE)
  const kept = await held(world, LARGE)
  world.clock.advance(2870 * MINUTE_MS)
  await decide(world, 'user:ann', kept.hold_id, 'hold', 60)
  world.clock.advance(20 * MINUTE_MS)
  await world.drain()
  expect((await read(world, forgotten.order_id)).commercial).toBe('rejected')
  expect((await read(world, kept.order_id)).commercial).toBe('placed')
  world.clock.advance(60 * MINUTE_MS)
  await world.drain()
  expect((await read(world, kept.order_id)).commercial).toBe('rejected')
  expect(await world.brokenInvariants()).toEqual([])
})

test('where the policy says so, a hold that nobody decides lets the order go', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const policy = { ...review.shippedReviewPolicy, on_lapse: 'release' as const, lapses_after_minutes: 60 }
  await world.transaction((tx) => review.putReviewPolicy(tx, policy))
  const { order_id, hold_id } = await held(world, LARGE)
  await decide(world, 'user:ann', hold_id, 'hold', 90)
  world.clock.advance(61 * MINUTE_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('placed')
  world.clock.advance(30 * MINUTE_MS)
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('confirmed')
})

test('new rules hold the next order, an unreadable document is refused, and an old hold names the version that held it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { order_id } = await held(world, LARGE)
  const document = JSON.parse(JSON.stringify(review.shippedReviewRules).replaceAll('> 2000000', '> 1000'))
  const version = await world.transaction((tx) => review.putReviewRules(tx, document))
  await held(world, { lines: [{ sku: 'SKU-1', quantity: 1 }] })
  const { items } = await queue(world)
  const versions = items.map((item) => item.reasons[0]?.detail?.rules)
  expect(versions).toEqual(['shipped-1', version])
  expect(items[0]?.order_id).toBe(order_id)
  const broken = JSON.parse(JSON.stringify(document).replaceAll('> 1000', '> > 1000'))
  await expect(world.transaction((tx) => review.putReviewRules(tx, broken))).rejects.toMatchObject({
    code: 'rules_unreadable',
  })
})

test('a first order of high value is held, the next of the same buyer is not', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const wish: OrderWish = { lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 600_000n }] }
  const { hold_id } = await held(world, wish)
  expect((await queue(world)).items[0]?.reasons.map((reason) => reason.code)).toEqual(['new_customer_high_value'])
  await decide(world, 'user:ann', hold_id, 'approve')
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  const [second = ''] = await place(world, [wish])
  await world.drain()
  expect((await read(world, second)).commercial).toBe('confirmed')
})

test('rules that answer nonsense leave their orders waiting and visible, they never pass unseen', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const document = JSON.parse(JSON.stringify(review.shippedReviewRules).replaceAll('\\"large_amount\\"', '42'))
  await world.transaction((tx) => setFacts(tx, [{ kind: 'rules', key: 'review', value: document }]))
  const [id = ''] = await place(world, [LARGE])
  await world.drain()
  expect((await read(world, id)).commercial).toBe('placed')
  expect(await eventTypes(world, id)).not.toContain('order.screened')
})

test('a decision that waits out its undo is not overtaken by the lapse of the hold, and undone it lapses as before', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const approved = await held(world, LARGE)
  const undone = await held(world, LARGE)
  world.clock.advance(2880 * MINUTE_MS - 5 * SECOND_MS)
  await decide(world, 'user:ann', approved.hold_id, 'approve')
  await decide(world, 'user:ann', undone.hold_id, 'approve')
  await world.transaction((tx) => review.undoDecision(tx, undone.hold_id))
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  expect((await read(world, approved.order_id)).commercial).toBe('confirmed')
  expect((await read(world, undone.order_id)).commercial).toBe('rejected')
})
