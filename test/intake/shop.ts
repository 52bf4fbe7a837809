// A shop for tests of intake: a plain order, callers, and the server with one key that may do everything of intake.
import type { FastifyInstance } from 'fastify'
import type { IntakeOrder } from '../../src/contracts/order-intake.ts'
import { permissions } from '../../src/contracts/permissions.ts'
import { record } from '../../src/modules/audit/index.ts'
import { catalogRoutes } from '../../src/modules/catalog/index.ts'
import { incoming, intakeRoutes, keep, type Outcome } from '../../src/modules/intake/index.ts'
import { buildServer } from '../../src/platform/http/server.ts'
import { CHANNEL, type World } from '../world/index.ts'

export const plain: IntakeOrder = {
  channel: CHANNEL,
  external_id: 'A-1',
  placed_at: '2026-03-02T01:59:00Z',
  currency: 'CNY',
  prices_include_tax: true,
  lines: [{ sku: 'TEA', quantity: 2, unit_price: '12.50' }],
  payment: { method: 'reference', reference: 'pay-1' },
  ship_to: { country: 'CN', region: '浙江省', city: '杭州市', address_lines: ['文三路 1 号'] },
  customer: { name: '李雷', phone: '13800138000' },
}

export function place(world: World, change: Partial<IntakeOrder> = {}, actor = 'key:shop'): Promise<Outcome> {
  return keep(world.context(actor), incoming({ ...plain, ...change }, 'api'))
}

export function serve(world: World): FastifyInstance {
  const principal = {
    tenant: world.tenant,
    actor: 'key:shop',
    permissions: new Set(Object.keys(permissions)),
    session: null,
    language: null,
    per_minute: null,
    tenant_per_minute: null,
  }
  return buildServer(world.runtime, {
    routes: [...intakeRoutes, ...catalogRoutes],
    principals: { recognise: () => principal },
    recordAudit: record,
  })
}

/** POSTs JSON and answers status, body and headers. */
export async function post(server: FastifyInstance, url: string, body: unknown, headers: Record<string, string> = {}) {
  const reply = await server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: reply.statusCode, headers: reply.headers, text: reply.body, body: JSON.parse(reply.body) }
}

let keys = 0

/** A fresh Idempotency-Key. */
export function newKey() {
  return { 'idempotency-key': `k-${++keys}` }
}

/** How many orders, staged messages, audit entries and files the tenant has. */
export async function counts(world: World) {
  const rows = await world.transaction(
    (tx) => tx.sql<{ orders: number; staged: number; audited: number; files: number }[]>`
      select (select count(*)::int from orders.order where tenant_id = ${tx.tenant}) as orders,
             (select count(*)::int from intake.staged where tenant_id = ${tx.tenant}) as staged,
             (select count(*)::int from audit.entry where tenant_id = ${tx.tenant}) as audited,
             (select count(*)::int from files.object where tenant_id = ${tx.tenant}) as files`,
  )
  return rows[0]
}
