// A million orders by INSERT … SELECT, with the rows that the steps would have written: headers, lines, persons, intents, search keys.
import postgres from 'postgres'
import type { Scene } from './scene.ts'

export interface Sample {
  readonly number: string
  readonly phone: string
  readonly name: string
  readonly external_id: string
  readonly sku: string
}

const CHUNK = 50_000

/** Fills `count` closed and open orders into a tenant; answers some of them to search for. */
export async function fillOrders(scene: Scene, tenant_id: string, count: number): Promise<Sample[]> {
  const sql = postgres(scene.admin_url, { max: 1, onnotice: () => {} })
  await sql.unsafe("set synchronous_commit = off; set maintenance_work_mem = '512MB'")
  // In a database of somebody else no index is taken away, not even for a while.
  const again = process.env.DATABASE_URL ? [] : await dropIndexes(sql)
  for (let from = 0; from < count; from += CHUNK)
    await sql.unsafe(chunk(tenant_id, from, Math.min(CHUNK, count - from)))
  for (const statement of again) await sql.unsafe(statement)
  await sql.unsafe('vacuum analyze orders.order, orders.order_line, orders.person, orders.search_key, payment.intent')
  const samples = await sql<Sample[]>`
    select o.number, p.phone, p.name, o.external_id, l.sku
      from orders.order o join orders.person p on p.tenant_id = o.tenant_id and p.person_id = o.person_id
      join orders.order_line l on l.tenant_id = o.tenant_id and l.order_id = o.order_id and l.line_no = 1
     where o.tenant_id = ${tenant_id} order by md5(o.number) limit 2000`
  await sql.end()
  return [...samples]
}

// Building an index at the end takes a third of the time of filling it row by row. Answers the statements that bring all of them back.
async function dropIndexes(sql: postgres.Sql): Promise<string[]> {
  const found = await sql<{ gone: string; back: string }[]>`
    select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
                else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as gone,
           case when c.oid is null then pg_get_indexdef(i.indexrelid)
                else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as back
      from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
     where i.indrelid = any (array['orders.order', 'orders.order_line', 'orders.person', 'orders.search_key', 'payment.intent']::regclass[])`
  for (const { gone } of found) await sql.unsafe(gone)
  return found.map(({ back }) => back)
}

// Ids rise with n as UUIDv7 do; one order in fifty is still open; SKUs fall off as 1/rank does, phones and names repeat.
function chunk(tenant_id: string, from: number, count: number): string {
  return `
    with n as materialized (
      select n, ('019b0000-' || lpad(to_hex(n / 4096 + 1), 4, '0') || '-7' || lpad(to_hex(n % 4096), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
             lpad(upper(to_hex(n::bigint * 2654435761 % 1099511627776)), 10, '0') as number, '86138' || lpad((n::bigint * 7919 % 100000000)::text, 8, '0') as phone, 'wang ' || substr(md5((n % 300000)::text), 1, 6) as name
        from generate_series(${from}, ${from + count - 1}) as n),
    o as (insert into orders.order (tenant_id, order_id, number, channel, external_id, network_id, commercial, currency, prices_include_tax, lines_total, charges_total, tax_total, total,
            payment_method, person_id, ship_country, content_sha256, placed_at, received_at, closed_at)
          select '${tenant_id}', id, number, 'shop', 'm-' || n, 'CN', case when n % 50 = 0 then 'confirmed' else 'closed' end, 'CNY', true, 2000, 0, 0, 2000, 'reference', id, 'CN', '', now(), now(), now() from n),
    l as (insert into orders.order_line (tenant_id, order_id, line_no, sku, title, ordered, unit_price, gross, net, open, released, delivered)
          select '${tenant_id}', id, line_no, 'SKU-' || lpad((floor(power(300, ((n * 31 + line_no * 17) % 1000) / 1000.0)))::text, 3, '0'), 'x', 1, 10, 1000, 1000, 0,
                 case when n % 50 = 0 then 1 else 0 end, case when n % 50 = 0 then 0 else 1 end from n, generate_series(1, 2) as line_no),
    p as (insert into orders.person (tenant_id, person_id, name, phone, locale) select '${tenant_id}', id, name, phone, 'zh-CN' from n),
    i as (insert into payment.intent (tenant_id, intent_id, demand_id, method, currency, amount, due, state, captured, created_at)
          select '${tenant_id}', id, id, 'reference', 'CNY', 2000, 2000, 'captured', 2000, now() from n)
    insert into orders.search_key (tenant_id, kind, key, order_id)
    select '${tenant_id}', k.kind, k.key, id from n cross join lateral (values ('number', number), ('external_id', 'm-' || n), ('phone', phone), ('phone_tail', right(phone, 4)), ('name', name)) as k (kind, key)`
}
