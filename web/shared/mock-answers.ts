// What the mock answers, address by address, in the shapes of the contract.

import { permissions } from '../../src/contracts/permissions.ts'
import type { ViewAddress } from '../../src/contracts/views.ts'
import type { OrderDetail, OrderListItem } from '../../src/contracts/views-orders.ts'
import type { SessionView } from '../../src/contracts/views-session.ts'
import type { Reply } from './api.ts'
import { allocationOf, cancellationOf, eventsOf, moneyOf } from './mock-order-page.ts'
import { ago, allOrders, started, uuid } from './mock-orders.ts'
import { trackingView } from './mock-tracking.ts'
import { boardNow, fulfilmentOf, locations, reviewCases, stockItem, stockView } from './mock-work.ts'

export interface MockInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

type Answers = { readonly [Address in ViewAddress]?: (input: MockInput) => Reply<Address> }

const session: SessionView = {
  staff_id: uuid(6, 1),
  name: '林晓',
  email: 'admin@demo.example',
  role: 'admin',
  permissions: Object.keys(permissions),
  locale: 'zh-CN',
  csrf_token: 'mock',
  expires_at: new Date(started + 8.64e7).toISOString(),
  merchant: { code: 'demo', name: '青禾生活', base_currency: 'CNY', time_zone: 'Asia/Shanghai', locale: 'zh-CN' },
}

function itemOf(order: OrderDetail): OrderListItem {
  return {
    order_id: order.order_id,
    number: order.number,
    channel: order.channel,
    external_id: order.external_id,
    placed_at: order.placed_at,
    axes: order.axes,
    holds: order.holds.map((hold) => hold.kind),
    priority: order.priority,
    currency: order.currency,
    total: order.total,
    units: order.lines.reduce((sum, line) => sum + line.ordered, 0),
    line_count: order.lines.length,
    first_title: order.lines[0]?.title ?? null,
    customer_name: order.person?.name ?? null,
    ship_city: order.ship_to.city,
    ship_region: order.ship_to.region,
    ship_country: order.ship_to.country,
    promised_at: order.promise?.promised_at ?? null,
  }
}

const TABS: Readonly<Record<string, (order: OrderDetail) => boolean>> = {
  open: (order) => ['placed', 'confirmed'].includes(order.axes.commercial),
  held: (order) => order.holds.length > 0,
  awaiting_payment: (order) => order.axes.money === 'pending',
  backordered: (order) => order.axes.fulfilment === 'backordered',
  to_ship: (order) => order.axes.commercial === 'confirmed' && order.axes.fulfilment !== 'shipped',
  shipped: (order) => order.axes.fulfilment === 'shipped',
  delivered: (order) => order.axes.fulfilment === 'delivered',
  closed: (order) => order.axes.commercial === 'closed',
  cancelled: (order) => order.axes.commercial === 'cancelled',
}

function listOrders({ query }: MockInput) {
  const q = (query.get('q') ?? '').toLowerCase()
  const inTab = TABS[query.get('tab') ?? ''] ?? (() => true)
  const found = allOrders.filter(
    (order) =>
      inTab(order) &&
      (q === '' ||
        [order.number, order.external_id, order.person?.name ?? '', order.person?.phone ?? ''].some((text) =>
          text.toLowerCase().includes(q),
        )) &&
      (query.get('channel') ?? order.channel) === order.channel,
  )
  const from = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 50)
  return {
    items: found.slice(from, from + limit).map(itemOf),
    next_cursor: from + limit < found.length ? String(from + limit) : null,
  }
}

function orderBy({ params }: MockInput): OrderDetail {
  return allOrders.find((order) => order.order_id === params.id) ?? fail()
}

function fail(): never {
  throw new Error('not_found')
}

export const answers: Answers = {
  'POST /session': () => session,
  'GET /session': () => session,
  'DELETE /session': () => ({ ok: true }),
  'GET /board': boardNow,
  'GET /orders': listOrders,
  'GET /orders/:id': orderBy,
  'GET /orders/:id/events': (input) => eventsOf(orderBy(input)),
  'GET /orders/:id/money': (input) => moneyOf(orderBy(input)),
  'GET /orders/:id/allocation': (input) => allocationOf(orderBy(input)),
  'GET /orders/:id/fulfilments': (input) => ({ items: [fulfilmentOf(orderBy(input))].filter((one) => one !== null) }),
  'GET /orders/counts': () => ({
    tabs: Object.fromEntries([
      ...Object.entries(TABS).map(([tab, test]) => [tab, allOrders.filter(test).length]),
      ['all', 1000],
    ]),
    views: { [uuid(12, 1)]: 17 },
    more: [],
  }),
  'GET /saved-views': () => ({
    items: [{ view_id: uuid(12, 1), name: '天猫大额', shared: true, own: true, query: { channel: 'tmall' } }],
  }),
  'POST /orders/:id/cancellation/preview': (input) => cancellationOf(orderBy(input)),
  'POST /orders/:id/cancellation': orderBy,
  'POST /orders/:id/holds': orderBy,
  'DELETE /holds/:id': () => allOrders[0] ?? fail(),
  'POST /orders/:id/disclosure': () => ({
    masked: false,
    name: '王小明',
    email: 'wang@example.com',
    phone: '13800006621',
    address_lines: ['西湖区文三路 138 号东方大厦 1204 室'],
    district: '浙江省杭州市西湖区',
    note: null,
    erased: false,
  }),
  'GET /review': () => ({ items: reviewCases(), next_cursor: null, total: reviewCases().length }),
  'POST /review/:hold_id/decision': ({ params }) => ({
    hold_id: params.hold_id ?? '',
    decision: 'approve',
    effective_at: new Date(Date.now() + 10_000).toISOString(),
    needs_second: false,
  }),
  'DELETE /review/:hold_id/decision': () => ({ ok: true }),
  'GET /stock': ({ query }) => ({
    items: Array.from({ length: 8 }, (_, index) => stockItem(index)).filter(
      (item) =>
        (query.get('state') ?? item.state) === item.state && item.sku.startsWith((query.get('q') ?? '').toUpperCase()),
    ),
    next_cursor: null,
  }),
  'GET /stock/:sku': ({ params }) => stockView(params.sku ?? ''),
  'GET /locations': () => ({
    items: locations.map(([location_id, name, name_zh]) => ({
      location_id,
      name,
      name_zh,
      network_id: 'cn',
      network: 'cn',
      type: 'warehouse',
      state: 'open',
      country: 'CN',
      region: '',
      city: name,
      capabilities: [],
      handling_per_order_minor: 300,
      handling_per_line_minor: 50,
      cut_off: '16:00',
      version_id: location_id,
      valid_from: '2026-01-01T00:00:00Z',
      time_zone: 'Asia/Shanghai',
      lat: 30,
      lon: 110,
    })),
  }),
  'GET /channels': () => ({
    items: [
      ['tmall', '天猫旗舰店'],
      ['jd', '京东'],
      ['douyin', '抖音小店'],
      ['web', '官网'],
    ].map(([channel = '', name = '']) => ({ channel, name, network_id: 'cn', currency: 'CNY' })),
  }),
  'GET /warehouse/queues': () => ({ items: boardNow().locations }),
  'GET /fulfilments': ({ query }) => ({
    items: allOrders
      .map(fulfilmentOf)
      .filter((one) => one !== null)
      .filter((one) => one.state === query.get('state'))
      .slice(0, 12),
    next_cursor: null,
  }),
  'GET /intake/staged': () => ({
    items: [
      {
        staged_id: uuid(13, 1),
        channel: 'jd',
        external_id: 'JD88301245',
        received_at: ago(75),
        attempts: 2,
        state: 'waiting',
        reasons: [{ code: 'unknown_sku', pointer: '/lines/0/sku', detail: 'CUP-CER-500' }],
      },
    ],
    next_cursor: null,
    total: 1,
  }),
  'GET /dead-letters': () => ({
    items: [
      {
        job_id: uuid(14, 1),
        step: 'shipping.label',
        subject: uuid(1, 3),
        subject_number: allOrders[3]?.number ?? null,
        attempts: 5,
        error: 'carrier answered 503 Service Unavailable',
        died_at: ago(55),
      },
    ],
  }),
  'GET /imports': () => ({ items: [] }),
  'GET /payments/unmatched': () => ({ items: [] }),
  'GET /staff': () => ({
    items: [
      {
        staff_id: uuid(6, 1),
        name: '林晓',
        email: 'admin@demo.example',
        role: 'admin',
        state: 'active',
        last_seen_at: ago(1),
      },
      {
        staff_id: uuid(6, 2),
        name: '赵磊',
        email: 'lead@demo.example',
        role: 'lead',
        state: 'active',
        last_seen_at: ago(400),
      },
    ],
  }),
  'GET /api-keys': () => ({
    items: [
      {
        key_id: uuid(15, 1),
        name: '天猫连接器',
        scopes: ['orders.place'],
        hint: 'ordo_demo_3f…',
        created_at: ago(9000),
        last_used_at: ago(0),
        revoked_at: null,
      },
    ],
  }),
  'GET /webhooks': () => ({ items: [] }),
  'GET /public/shops/:tenant': () => trackingView('full').shop,
  'POST /public/track/:tenant': () => trackingView('brief'),
  'GET /public/track/:tenant/:token': ({ params }) => trackingView('full', params.token),
}
