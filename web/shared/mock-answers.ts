// What the mock answers, address by address, in the shapes of the contract.
import type { OrderAllocation } from '../../src/contracts/views-allocation.ts'
import type { CancellationPreview } from '../../src/contracts/views-cancellation.ts'
import type { OrderMoney } from '../../src/contracts/views-money.ts'
import type { OrderDetail, OrderListItem } from '../../src/contracts/views-orders.ts'
import type { SessionView } from '../../src/contracts/views-session.ts'
import type { ViewAddress } from '../../src/contracts/views.ts'
import { permissions } from '../../src/contracts/permissions.ts'
import type { Reply } from './api.ts'
import { ago, allOrders, started, uuid } from './mock-orders.ts'
import { trackingView } from './mock-tracking.ts'
import { boardNow, fulfilmentOf, locations, reviewCases, stockItem, stockView } from './mock-work.ts'

export interface MockInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

type Answers = { readonly [Address in ViewAddress]?: (input: MockInput) => Reply<Address> }

const session: SessionView = {
  staff_id: uuid(6, 1), name: '林晓', email: 'admin@demo.example', role: 'admin', permissions: Object.keys(permissions), locale: 'zh-CN', csrf_token: 'mock', expires_at: new Date(started + 8.64e7).toISOString(),
  merchant: { code: 'demo', name: '青禾生活', base_currency: 'CNY', time_zone: 'Asia/Shanghai', locale: 'zh-CN' },
}

function itemOf(order: OrderDetail): OrderListItem {
  return {
    order_id: order.order_id, number: order.number, channel: order.channel, external_id: order.external_id, placed_at: order.placed_at, axes: order.axes, holds: order.holds.map((hold) => hold.kind), priority: order.priority, currency: order.currency,
    total: order.total, units: order.lines.reduce((sum, line) => sum + line.ordered, 0), line_count: order.lines.length, first_title: order.lines[0]?.title ?? null, customer_name: order.person?.name ?? null,
    ship_city: order.ship_to.city, ship_region: order.ship_to.region, ship_country: order.ship_to.country, promised_at: order.promise?.promised_at ?? null,
  }
}

const TABS: Readonly<Record<string, (order: OrderDetail) => boolean>> = {
  open: (order) => ['placed', 'confirmed'].includes(order.axes.commercial), held: (order) => order.holds.length > 0, awaiting_payment: (order) => order.axes.money === 'pending', backordered: (order) => order.axes.fulfilment === 'backordered',
  to_ship: (order) => order.axes.commercial === 'confirmed' && order.axes.fulfilment !== 'shipped', shipped: (order) => order.axes.fulfilment === 'shipped', delivered: (order) => order.axes.fulfilment === 'delivered', closed: (order) => order.axes.commercial === 'closed', cancelled: (order) => order.axes.commercial === 'cancelled',
}

function listOrders({ query }: MockInput) {
  const q = (query.get('q') ?? '').toLowerCase()
  const inTab = TABS[query.get('tab') ?? ''] ?? (() => true)
  const found = allOrders.filter((order) => inTab(order) && (q === '' || [order.number, order.external_id, order.person?.name ?? '', order.person?.phone ?? ''].some((text) => text.toLowerCase().includes(q))) && (query.get('channel') ?? order.channel) === order.channel)
  const from = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 50)
  return { items: found.slice(from, from + limit).map(itemOf), next_cursor: from + limit < found.length ? String(from + limit) : null }
}

function orderBy({ params }: MockInput): OrderDetail {
  return allOrders.find((order) => order.order_id === params.id) ?? fail()
}

function fail(): never {
  throw new Error('not_found')
}

function moneyOf(order: OrderDetail): OrderMoney {
  const captured = ['captured', 'refunded'].includes(order.axes.money) ? order.total : 0
  const refunded = order.axes.money === 'refunded' ? order.total : 0
  return {
    order_id: order.order_id, currency: order.currency, goods: order.lines_total + 1000, discounts: 1000, charges: order.charges_total, tax: order.tax_total, prices_include_tax: true, total: order.total, cancelled: refunded, authorised: order.axes.money === 'pending' ? 0 : order.total, captured, refunded, due: order.total - refunded - captured + refunded,
    tenders: [{ intent_id: uuid(8, 1), method: 'wallet', provider: 'sandbox', state: captured > 0 ? 'captured' : order.axes.money === 'pending' ? 'pending' : 'authorised', currency: order.currency, amount: order.total, authorised: order.total, captured, refunded, voided: 0, reference: 'SBX-20261122-000173', failure: null, deadline_at: new Date(started + 1.1e6).toISOString(), redirect_url: null }],
    journal: [{ booking_id: uuid(8, 2), kind: 'authorise', at: order.placed_at, actor: 'step:orders.verify-payment', entries: [{ account: 'memo_authorised', currency: 'CNY', amount: order.total }, { account: 'provider_clearing', currency: 'CNY', amount: -order.total }] }],
  }
}

function eventsOf(order: OrderDetail) {
  const types = ['placed', 'reserved', 'screened', ...(order.axes.service === 'held' ? ['held'] : ['confirmed', 'allocated', 'released', 'picked', 'packed', 'shipped', 'delivered'].slice(0, ['allocated', 'released', 'picking', 'packed', 'shipped', 'delivered'].indexOf(order.axes.fulfilment) + 2))]
  return { items: types.map((type, index) => ({ event_id: uuid(2, index), type: `order.${type}`, version: index + 1, at: new Date(Date.parse(order.placed_at) + index * 90_000).toISOString(), actor: type === 'picked' ? 'user:1' : 'step:orders.reserve', actor_name: type === 'picked' ? '赵磊' : null, data: type === 'reserved' ? { lines: [{ line_no: 1, reserved: 2, backordered: 0 }] } : {} })), next_cursor: null }
}

function allocationOf(order: OrderDetail): OrderAllocation {
  if (['open', 'backordered', 'reserved'].includes(order.axes.fulfilment)) return { items: [] }
  const place = (index: number, km: number) => ({ location_id: locations[index]?.[0] ?? '', name: locations[index]?.[1] ?? '', name_zh: locations[index]?.[2] ?? null, distance_km: km, units: 2 })
  const terms = (shipping: number) => [{ term: 'shipping', amount: shipping }, { term: 'handling', amount: 150 }]
  return {
    items: [{
      decision_id: uuid(10, 1), at: order.placed_at, cause: 'first', outcome: 'placed', currency: 'CNY', margin: 230, read: [{ kind: 'rate_card', version: uuid(11, 1) }],
      candidates: [
        { locations: [place(0, 38)], verdict: 'chosen', removed_by: null, removed_detail: null, cost: 750, terms: terms(600), carrier: 'SF', service: 'standard', arrives_at: ago(-2000) },
        { locations: [place(1, 1240)], verdict: 'runner_up', removed_by: null, removed_detail: null, cost: 980, terms: terms(830), carrier: 'SF', service: 'standard', arrives_at: ago(-3400) },
        { locations: [place(2, 1690)], verdict: 'removed', removed_by: 'no_stock', removed_detail: null, cost: null, terms: [], carrier: null, service: null, arrives_at: null },
        { locations: [place(3, 1130)], verdict: 'removed', removed_by: 'cut_off', removed_detail: null, cost: null, terms: [], carrier: null, service: null, arrives_at: null },
      ],
    }],
  }
}

function cancellationOf(order: OrderDetail): CancellationPreview {
  return {
    order_id: order.order_id, whole: true, lines: order.lines.map((line) => ({ line_no: line.line_no, sku: line.sku, title: line.title, cancelled: line.ordered, kept: 0, freed: line.ordered, put_back: 0 })),
    money: { currency: 'CNY', total_before: order.total, total_after: 0, to_void: order.total, to_refund: 0 }, warehouse: [{ fulfilment_id: uuid(3, 1), location_id: 'HZ1', effect: 'cancelled' }],
  }
}

export const answers: Answers = {
  'POST /session': () => session, 'GET /session': () => session, 'DELETE /session': () => ({ ok: true }),
  'GET /board': boardNow, 'GET /orders': listOrders, 'GET /orders/:id': orderBy, 'GET /orders/:id/events': (input) => eventsOf(orderBy(input)), 'GET /orders/:id/money': (input) => moneyOf(orderBy(input)), 'GET /orders/:id/allocation': (input) => allocationOf(orderBy(input)),
  'GET /orders/:id/fulfilments': (input) => ({ items: [fulfilmentOf(orderBy(input))].filter((one) => one !== null) }),
  'GET /orders/counts': () => ({ tabs: Object.fromEntries([...Object.entries(TABS).map(([tab, test]) => [tab, allOrders.filter(test).length]), ['all', 1000]]), views: { [uuid(12, 1)]: 17 } }),
  'GET /saved-views': () => ({ items: [{ view_id: uuid(12, 1), name: '天猫大额', shared: true, own: true, query: { channel: 'tmall' } }] }),
  'POST /orders/:id/cancellation/preview': (input) => cancellationOf(orderBy(input)), 'POST /orders/:id/cancellation': orderBy, 'POST /orders/:id/holds': orderBy, 'DELETE /holds/:id': () => allOrders[0] ?? fail(),
  'POST /orders/:id/disclosure': () => ({ masked: false, name: '王小明', email: 'wang@example.com', phone: '13800006621', address_lines: ['西湖区文三路 138 号东方大厦 1204 室'], district: '浙江省杭州市西湖区', note: null, erased: false }),
  'GET /review': () => ({ items: reviewCases(), next_cursor: null, total: reviewCases().length }),
  'POST /review/:hold_id/decision': ({ params }) => ({ hold_id: params.hold_id ?? '', decision: 'approve', effective_at: new Date(Date.now() + 10_000).toISOString(), needs_second: false }), 'DELETE /review/:hold_id/decision': () => ({ ok: true }),
  'GET /stock': ({ query }) => ({ items: Array.from({ length: 8 }, (_, index) => stockItem(index)).filter((item) => (query.get('state') ?? item.state) === item.state && item.sku.startsWith((query.get('q') ?? '').toUpperCase())), next_cursor: null }),
  'GET /stock/:sku': ({ params }) => stockView(params.sku ?? ''),
  'GET /locations': () => ({ items: locations.map(([location_id, name, name_zh]) => ({ location_id, name, name_zh, network_id: 'cn', type: 'warehouse', state: 'open', country: 'CN', region: null, city: name, time_zone: 'Asia/Shanghai' })) }),
  'GET /channels': () => ({ items: [['tmall', '天猫旗舰店'], ['jd', '京东'], ['douyin', '抖音小店'], ['web', '官网']].map(([channel = '', name = '']) => ({ channel, name, network_id: 'cn', currency: 'CNY' })) }),
  'GET /warehouse/queues': () => ({ items: boardNow().locations }),
  'GET /fulfilments': ({ query }) => ({ items: allOrders.map(fulfilmentOf).filter((one) => one !== null).filter((one) => one.state === query.get('state')).slice(0, 12), next_cursor: null }),
  'GET /intake/staged': () => ({ items: [{ staged_id: uuid(13, 1), channel: 'jd', external_id: 'JD88301245', received_at: ago(75), attempts: 2, state: 'waiting', reasons: [{ code: 'unknown_sku', pointer: '/lines/0/sku', detail: 'CUP-CER-500' }] }], next_cursor: null, total: 1 }),
  'GET /dead-letters': () => ({ items: [{ job_id: uuid(14, 1), step: 'shipping.label', subject: uuid(1, 3), subject_number: allOrders[3]?.number ?? null, attempts: 5, error: 'carrier answered 503 Service Unavailable', died_at: ago(55) }] }),
  'GET /imports': () => ({ items: [] }), 'GET /payments/unmatched': () => ({ items: [] }),
  'GET /staff': () => ({ items: [{ staff_id: uuid(6, 1), name: '林晓', email: 'admin@demo.example', role: 'admin', state: 'active', last_seen_at: ago(1) }, { staff_id: uuid(6, 2), name: '赵磊', email: 'lead@demo.example', role: 'lead', state: 'active', last_seen_at: ago(400) }] }),
  'GET /api-keys': () => ({ items: [{ key_id: uuid(15, 1), name: '天猫连接器', scopes: ['orders.place'], hint: 'ordo_demo_3f…', created_at: ago(9000), last_used_at: ago(0), revoked_at: null }] }), 'GET /webhooks': () => ({ items: [] }),
  'GET /public/shops/:tenant': () => trackingView('full').shop, 'POST /public/track/:tenant': () => trackingView('brief'), 'GET /public/track/:tenant/:token': ({ params }) => trackingView('full', params.token),
}
