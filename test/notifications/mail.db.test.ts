// Mail to customers over a real SMTP server: one per fact, to the person of that moment, nothing personal kept.
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { messagesOf } from '../../src/modules/notifications/store.ts'
import { cancelUnits, loadOrders, recordEvents } from '../../src/modules/orders/index.ts'
import { HOUR_MS } from '../../src/platform/clock.ts'
import { schedule } from '../../src/platform/engine/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'

interface Mailbox extends AsyncDisposable {
  readonly url: string
  readonly mails: { to: string[]; text: string }[]
  /** What the next recipients are answered with, as SMTP codes. */
  readonly refusals: number[]
}

async function openMailbox(): Promise<Mailbox> {
  const mails: { to: string[]; text: string }[] = []
  const refusals: number[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      const code = refusals.shift()
      done(code === undefined ? null : Object.assign(new Error('refused'), { responseCode: code }))
    },
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk) => {
        text += String(chunk)
      })
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map((to) => to.address), text })
        done()
      })
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await new Promise((ready) => listening.once('listening', ready))
  const address = listening.address()
  return {
    url: `smtp://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
    mails,
    refusals,
    [Symbol.asyncDispose]: () => new Promise((closed) => server.close(closed)),
  }
}

function useMail(world: World, smtp_url: string | null): void {
  Object.assign(world.runtime.settings, { smtp_url, mail_from: 'shop@example.test' })
}

function decoded(mail: string): string {
  const part = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail)
  const quoted = /Content-Transfer-Encoding: quoted-printable/i.test(mail)
  const body = part?.[1] ?? ''
  return quoted
    ? Buffer.from(
        body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8')
    : Buffer.from(body, 'base64').toString('utf8')
}

async function messages(world: World, order_id: string) {
  return (await world.transaction((tx) => messagesOf(tx, order_id)))
    .map(({ kind, state, reason }) => `${kind} ${state} ${reason ?? ''}`.trim())
    .sort()
}

test('a confirmed order is told once, in the language of its customer, with the link to follow it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using mailbox = await openMailbox()
  useMail(world, mailbox.url)
  const [order_id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 2 }] }])
  await world.drain()
  expect(mailbox.mails).toHaveLength(1)
  const [mail] = mailbox.mails
  expect(mail?.to).toEqual(['wang@example.test'])
  const text = decoded(mail?.text ?? '')
  expect(text).toContain('王小明，您好：')
  expect(text).toContain('2 × Article SKU-1   198.00 CNY')
  expect(text).toMatch(new RegExp(`/t/${world.code}/[\\w-]{40,}`))
  expect(await messages(world, order_id)).toEqual(['confirmed sent'])
  await world.transaction((tx) =>
    schedule(
      tx,
      [1, 2, 3].map(() => ({ step: 'notifications.confirmed', subject: order_id })),
    ),
  )
  await world.drain()
  expect(mailbox.mails).toHaveLength(1)
})

test('without a mail server messages are kept as skipped, and orders go on', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const ids = await place(
    world,
    Array.from({ length: 5 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  await world.drain()
  for (const id of ids) expect(await messages(world, id)).toEqual(['confirmed skipped no_mail_server'])
})

test('a customer who was erased or gave no address gets nothing', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using mailbox = await openMailbox()
  useMail(world, mailbox.url)
  const [erased = '', silent = ''] = await place(world, [
    { lines: [{ sku: 'SKU-1', quantity: 1 }] },
    { lines: [{ sku: 'SKU-1', quantity: 1 }] },
  ])
  const [first] = await world.transaction((tx) => loadOrders(tx, [erased], { lock: false }))
  await world.transaction(
    (tx) =>
      tx.sql`update orders.person set erased_at = ${tx.now} where tenant_id = ${tx.tenant} and person_id = ${first?.person_id ?? null}`,
  )
  await world.transaction(
    (tx) => tx.sql`update orders.person set email = null where tenant_id = ${tx.tenant} and erased_at is null`,
  )
  await world.drain()
  expect(mailbox.mails).toEqual([])
  for (const id of [erased, silent]) expect(await messages(world, id)).toEqual(['confirmed skipped no_address'])
})

test('a server that is busy is tried again; one that refuses for good ends the message', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using mailbox = await openMailbox()
  useMail(world, mailbox.url)
  mailbox.refusals.push(451)
  const [busy = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect(await messages(world, busy)).toEqual(['confirmed waiting'])
  world.clock.advance(HOUR_MS)
  await world.drain()
  expect(await messages(world, busy)).toEqual(['confirmed sent'])
  mailbox.refusals.push(550)
  const [refused = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect(await messages(world, refused)).toEqual(['confirmed failed refused_550'])
  useMail(world, 'smtp://127.0.0.1:1')
  const [unreachable = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect(await messages(world, unreachable)).toEqual(['confirmed waiting'])
})

test('each shipment is a fact of its own; cancelling and its refund are two', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using mailbox = await openMailbox()
  useMail(world, mailbox.url)
  const [order_id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 2 }] }])
  await world.drain()
  for (let parcel = 0; parcel < 2; parcel++) {
    await world.transaction((tx) =>
      recordEvents(tx, [{ order_id, type: 'order.shipped', data: { lines: [{ line_no: 1, quantity: 1 }] } }]),
    )
  }
  await world.drain()
  expect(await messages(world, order_id)).toEqual(['confirmed sent', 'shipped sent', 'shipped sent'])
  const [cancelled = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  await world.transaction(async (tx) => {
    const orders = await loadOrders(tx, [cancelled], { lock: true })
    for (const order of orders) await cancelUnits(tx, order, null, 'customer')
  })
  await world.drain()
  expect(await messages(world, cancelled)).toEqual(['cancelled sent', 'confirmed sent', 'refunded sent'])
})

test('nothing personal is kept with messages, jobs or events', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  useMail(world, 'smtp://127.0.0.1:1')
  await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 9 }] }])
  await world.drain()
  const rows = await world.transaction(
    (tx) => tx.sql<{ text: string }[]>`
    select to_jsonb(m)::text as text from notifications.message m where m.tenant_id = ${tx.tenant}
    union all select to_jsonb(j)::text from engine.job j where j.tenant_id = ${tx.tenant}
    union all select to_jsonb(e)::text from outbox.event e where e.tenant_id = ${tx.tenant}`,
  )
  expect(rows.length).toBeGreaterThan(3)
  for (const { text } of rows) expect(text).not.toMatch(/王小明|wang@|1380000|138 0000|文三路/)
})
