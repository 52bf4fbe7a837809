// What the same rows cost without Ordo in front: one transaction per order over eight connections, and a hundred orders a transaction.
import postgres from 'postgres'
import { systemClock } from '../../src/platform/clock.ts'
import { humanNumber, idMaker, systemRandomness } from '../../src/platform/ids.ts'
import { type Basket, basketMaker } from './scene.ts'

export interface Baseline {
  readonly name: 'row' | 'batch'
  readonly orders_per_s: number
}

const ROW_CONNECTIONS = 8
const BATCH = 100
/** Transactions before the clock starts. */
const WARM_UP = 100
const STEPS = ['orders.reserve', 'orders.index-search']
const FEED = 'outbox.feed'

/**
 * Inserts `orders` orders of fresh external ids into `tenant_id`; the rows are those of intake: order, lines, person, intent, event, jobs, audit.
 * The clock runs once every connection has its statements prepared. Its jobs are taken away again: nobody shall work on these orders.
 */
export async function measureBaseline(
  app_url: string,
  tenant_id: string,
  name: 'row' | 'batch',
  orders: number,
  seed: number,
): Promise<Baseline> {
  const size = name === 'row' ? 1 : BATCH
  const connections = name === 'row' ? ROW_CONNECTIONS : 2
  const sql = postgres(app_url, {
    max: connections,
    types: { bigint: postgres.BigInt },
    onnotice: () => {},
    connection: { TimeZone: 'UTC', jit: false },
  })
  const newId = idMaker(systemClock)
  const basket = basketMaker(seed)
  let taken = 0
  const run = async (most: number) => {
    while (taken < most) {
      taken += size
      const baskets = Array.from({ length: size }, basket)
      await sql.begin(async (tx) => {
        await Promise.all([
          tx.unsafe(`set local app.tenant = '${tenant_id}'`),
          ...statements(tx, tenant_id, baskets, newId),
        ]) // at most 9: one per table
      })
    }
  }
  const all = (most: number) => Promise.all(Array.from({ length: connections }, () => run(most))) // at most 8: ROW_CONNECTIONS
  await all(WARM_UP * size)
  const [began, before] = [performance.now(), taken]
  await all(before + orders)
  const orders_per_s = (taken - before) / ((performance.now() - began) / 1000)
  await sql.begin(async (tx) => {
    await tx.unsafe(`set local app.tenant = '${tenant_id}'`)
    await tx`delete from engine.job where tenant_id = ${tenant_id} and step = any (${[...STEPS, FEED]})`
  })
  await sql.end()
  return { name, orders_per_s }
}

// Pipelined, prepared, and nothing but rows: what a careful programmer would write by hand.
function statements(
  tx: postgres.TransactionSql<{ bigint: bigint }>,
  tenant: string,
  baskets: readonly Basket[],
  newId: () => string,
) {
  const now = systemClock.now()
  const orders = baskets.map((basket) => ({
    ...basket,
    order_id: newId(),
    person_id: newId(),
    number: humanNumber(systemRandomness),
    external_id: newId(),
  }))
  const lines = orders.flatMap((order) =>
    order.lines.map((line, index) => ({ ...line, order_id: order.order_id, line_no: index + 1 })),
  )
  const ids = orders.map((order) => order.order_id)
  const totals = orders.map((order) => String(order.total_minor))
  const jobs = [
    ...orders.flatMap((order) => STEPS.map((step) => ({ step, subject: order.order_id, payload: null }))),
    { step: FEED, subject: tenant, payload: JSON.stringify({ event_ids: ids }) },
  ]
  return [
    tx`insert into orders.order (tenant_id, order_id, number, channel, external_id, network_id, commercial, currency, prices_include_tax, lines_total, charges_total, tax_total, total,
         payment_method, person_id, ship_country, ship_region, ship_city, ship_postcode, content_sha256, placed_at, received_at)
       select ${tenant}::uuid, o, n, 'shop', e, 'CN', 'placed', 'CNY', true, t, 0, 0, t, 'reference', p, 'CN', r, c, '310000', ${Buffer.alloc(32)}, ${now}, ${now}
         from unnest(${ids}::uuid[], ${orders.map((order) => order.number)}::text[], ${orders.map((order) => order.external_id)}::text[], ${totals}::bigint[],
              ${orders.map((order) => order.person_id)}::uuid[], ${orders.map((order) => order.city.region)}::text[], ${orders.map((order) => order.city.city)}::text[]) as x (o, n, e, t, p, r, c)`,
    tx`insert into orders.person (tenant_id, person_id, name, email, phone, address_lines, locale)
       select ${tenant}::uuid, p, '王小明', 'wang@example.test', '+8613800001111', array['文三路 1 号'], 'zh-CN' from unnest(${orders.map((order) => order.person_id)}::uuid[]) as x (p)`,
    tx`insert into orders.order_line (tenant_id, order_id, line_no, sku, title, ordered, unit_price, gross, net, open)
       select ${tenant}::uuid, o, n, s, s, q, m::numeric / 100, m * q, m * q, q
         from unnest(${lines.map((line) => line.order_id)}::uuid[], ${lines.map((line) => line.line_no)}::int[], ${lines.map((line) => line.sku)}::text[],
              ${lines.map((line) => line.quantity)}::int[], ${lines.map((line) => String(line.price_minor))}::bigint[]) as x (o, n, s, q, m)`,
    tx`insert into payment.intent (tenant_id, intent_id, demand_id, method, currency, amount, due, reference, created_at)
       select ${tenant}::uuid, i, o, 'reference', 'CNY', t, t, 'R', ${now} from unnest(${ids.map(newId)}::uuid[], ${ids}::uuid[], ${totals}::bigint[]) as x (i, o, t)`,
    tx`insert into outbox.event (tenant_id, event_id, type, subject, version, at, actor, data)
       select ${tenant}::uuid, e, 'order.placed', o, 1, ${now}, 'key:bench', '{"channel":"shop","lines":2,"total":2000,"currency":"CNY"}'
         from unnest(${ids.map(newId)}::uuid[], ${ids}::uuid[]) as x (e, o)`,
    tx`insert into audit.entry (tenant_id, entry_id, at, actor, route, request_id, status, subject, subjects, count, request_digest, after_digest)
       select ${tenant}::uuid, e, ${now}, 'key:bench', 'POST /orders', r, 201, o::text, array[o::text], 1, ${'0'.repeat(64)}, null
         from unnest(${ids.map(newId)}::uuid[], ${ids.map(newId)}::uuid[], ${ids}::uuid[]) as x (e, r, o)`,
    tx`insert into engine.job (tenant_id, step, due_at, job_id, subject, payload)
       select ${tenant}::uuid, s, ${now}, j, o, p::jsonb
         from unnest(${jobs.map((job) => job.step)}::text[], ${jobs.map(newId)}::uuid[], ${jobs.map((job) => job.subject)}::uuid[], ${jobs.map((job) => job.payload)}::text[]) as x (s, j, o, p)`,
  ]
}
