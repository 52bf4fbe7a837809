// Board, review, stock and warehouse of the mock merchant.
import type { Board, BoardStepName } from '../../src/contracts/views-board.ts'
import type { ReviewCase } from '../../src/contracts/views-review.ts'
import type { StockItem, StockView } from '../../src/contracts/views-stock.ts'
import type { FulfilmentView } from '../../src/contracts/views-warehouse.ts'
import { ago, allOrders, goods, started, uuid } from './mock-orders.ts'

export const locations = [
  ['HZ1', 'Hangzhou', '杭州仓', 31, 120, 22, 9, 3],
  ['GZ1', 'Guangzhou', '广州仓', 12, 44, 18, 30, 0],
  ['CD1', 'Chengdu', '成都仓', 4, 15, 6, 2, 0],
  ['TJ1', 'Tianjin', '天津仓', 0, 3, 0, 0, 0],
] as const

const STEPS: readonly (readonly [
  BoardStepName,
  number,
  number,
  Board['steps'][number]['waits_for'],
  number,
  Board['steps'][number]['state'],
])[] = [
  ['place', 0, 0, null, 0, 'ok'],
  ['reserve', 12, 37, 'stock', 190, 'ok'],
  ['screen', 3, 24, 'review', 26, 'slow'],
  ['verify_payment', 1, 61, 'payment', 14, 'ok'],
  ['allocate', 0, 2, 'stock', 55, 'stuck'],
  ['release', 0, 47, 'warehouse', 33, 'ok'],
  ['pick', 0, 182, 'warehouse', 120, 'ok'],
  ['pack', 0, 46, 'warehouse', 40, 'ok'],
  ['ship', 0, 41, 'carrier', 80, 'ok'],
  ['deliver', 0, 1000, 'carrier', 4000, 'ok'],
]

export function boardNow(): Board {
  const now = Date.now()
  const wave = (minute: number, size: number, phase: number) =>
    Math.max(0, Math.round(size + size * 0.4 * Math.sin(minute / 9 + phase) + ((minute * 7919) % 13) - 6))
  return {
    at: new Date(now).toISOString(),
    orders_per_second: 3 + ((now / 1000) % 10) / 5,
    peak_per_second: 11.4,
    placed_today: 1000,
    shipped_today: 613,
    rate: Array.from({ length: 60 }, (_, index) => ({
      at: new Date(now - (60 - index) * 60_000).toISOString(),
      seconds: 60,
      placed: wave(index, 180, 0),
      released: wave(index, 150, 0.6),
      shipped: wave(index, 90, 1.4),
    })),
    steps: STEPS.map(([step, backlog, waiting, waits_for, oldest, state]) => ({
      step,
      backlog: backlog + (step === 'reserve' ? Math.floor((now / 1000) % 9) : 0),
      waiting,
      waits_for,
      oldest_at: oldest === 0 ? null : ago(oldest),
      passed_last_minute: 184 - (oldest % 60),
      dead_letters: state === 'stuck' ? 2 : 0,
      state,
      slow_after_seconds: 900,
    })),
    locations: locations.map(([location_id, name, name_zh, planned, released, picking, packed, late]) => ({
      location_id,
      name,
      name_zh,
      planned,
      released,
      picking,
      packed,
      late,
      shipped_today: released * 2,
      oldest_released_at: released > 10 ? ago(released) : null,
    })),
    queue: [
      { queue: 'review', count: 24, urgent: 3, oldest_at: ago(26) },
      { queue: 'backorders', count: 37, urgent: 0, oldest_at: ago(900) },
      { queue: 'staged', count: 5, urgent: 0, oldest_at: ago(75) },
      { queue: 'dead_letters', count: 2, urgent: 0, oldest_at: ago(55) },
      { queue: 'late', count: 3, urgent: 3, oldest_at: ago(130) },
    ],
  }
}

export function reviewCases(): ReviewCase[] {
  return allOrders
    .filter((order) => order.holds.length > 0)
    .map(
      (order, index): ReviewCase => ({
        hold_id: order.holds[0]?.hold_id ?? '',
        order_id: order.order_id,
        number: order.number,
        channel: order.channel,
        kind: 'review',
        reasons: order.holds[0]?.reasons ?? [],
        blocks: ['confirm'],
        evidence: [
          { code: 'order_total', weight: 'danger', value: '¥2,166.00', limit: '¥2,000.00' },
          { code: 'address_incomplete', weight: 'warning', value: null, limit: null },
          { code: 'first_order', weight: 'info', value: null, limit: null },
          { code: 'orders_of_phone', weight: 'good', value: '1', limit: '3' },
        ],
        placed_at: order.holds[0]?.placed_at ?? ago(3),
        expires_at: null,
        due_at: new Date(started + (index * 17 - 5) * 60_000).toISOString(),
        owner: null,
        pending: null,
        four_eyes: { required: index === 0, first_by: null },
        currency: 'CNY',
        total: order.total,
        payment_method: 'wallet',
        order_placed_at: order.placed_at,
        person: order.person,
        ship_to: order.ship_to,
        lines: order.lines.map((line) => ({
          line_no: line.line_no,
          sku: line.sku,
          title: line.title,
          quantity: line.ordered,
          net: line.net,
        })),
        line_count: order.lines.length,
        history: { orders: index, total: index * 31_900, first_order_at: index === 0 ? null : ago(90_000), returns: 0 },
      }),
    )
}

export function stockItem(index: number): StockItem {
  const [sku, name] = goods[index % goods.length] ?? goods[0]
  const supply = [240, 0, 64, 1200, 8, 310, 21, 5000][index % 8] ?? 0
  const reserved = Math.min(supply, [31, 0, 64, 188, 3, 12, 12, 420][index % 8] ?? 0)
  const free = supply - reserved
  return {
    sku,
    network_id: 'cn',
    name,
    name_zh: name,
    supply,
    presale: 0,
    reserved,
    free,
    on_hand: supply + 2,
    unsellable: 2,
    allocated: Math.floor(reserved / 2),
    location_count: supply === 0 ? 0 : 3,
    state: free <= 0 ? 'out' : free <= 10 ? 'low' : 'ok',
  }
}

export function stockView(sku: string): StockView {
  const index = Math.max(
    0,
    goods.findIndex((one) => one[0] === sku),
  )
  const item = stockItem(index)
  return {
    sku: item.sku,
    name: item.name,
    name_zh: item.name_zh,
    category: 'home',
    weight_grams: 420,
    length_mm: 210,
    width_mm: 150,
    height_mm: 40,
    gtin: '06901234567892',
    price: goods[index]?.[2] ?? 0,
    currency: 'CNY',
    networks: [item],
    locations: locations.slice(0, item.location_count).map(([location_id, name, name_zh]) => ({
      location_id,
      name,
      name_zh,
      network_id: 'cn',
      lot: '',
      on_hand: Math.floor(item.on_hand / 3),
      unsellable: 0,
      allocated: Math.floor(item.allocated / 3),
      free: Math.floor(item.free / 3),
    })),
    movements: [
      {
        movement_id: uuid(5, 1),
        kind: 'ship',
        quantity: 2,
        from_place: 'HZ1',
        from_condition: 'sellable',
        to_place: '@customer',
        to_condition: 'sellable',
        lot: '',
        reason: null,
        actor: 'step:warehouse',
        at: ago(12),
      },
      {
        movement_id: uuid(5, 2),
        kind: 'receive',
        quantity: 120,
        from_place: '@supplier',
        from_condition: 'sellable',
        to_place: 'HZ1',
        to_condition: 'sellable',
        lot: '',
        reason: 'PO-2291',
        actor: 'user:1',
        at: ago(2900),
      },
    ],
  }
}

const WORK: Readonly<Record<string, FulfilmentView['state']>> = {
  allocated: 'planned',
  released: 'released',
  picking: 'picking',
  packed: 'packed',
  shipped: 'shipped',
  delivered: 'delivered',
}
const CAN: Readonly<Record<string, readonly string[]>> = {
  planned: ['reject'],
  released: ['pick', 'short_pick', 'reject'],
  picking: ['pack', 'reject'],
  packed: ['hand_over', 'reject'],
}

export function fulfilmentOf(order: (typeof allOrders)[number]): FulfilmentView | null {
  const state = WORK[order.axes.fulfilment]
  if (state === undefined) return null
  const isSent = state === 'shipped' || order.axes.fulfilment === 'packed' || order.axes.fulfilment === 'delivered'
  const can = CAN[state] ?? []
  const index = Number.parseInt(order.order_id.slice(-6), 16)
  return {
    fulfilment_id: uuid(3, index),
    location_id: locations[index % 2]?.[0] ?? 'HZ1',
    state,
    version: 1,
    carrier: 'SF',
    service: 'standard',
    ship_by: new Date(started + (index * 11 - 30) * 60_000).toISOString(),
    promised_at: null,
    released_at: ago(40),
    created_at: ago(50),
    lines: order.lines.map((line) => ({
      fulfilment_line_no: line.line_no,
      order_id: order.order_id,
      order_number: order.number,
      line_no: line.line_no,
      sku: line.sku,
      title: line.title,
      quantity: line.ordered,
      picked: isSent ? line.ordered : 0,
      packed: isSent ? line.ordered : 0,
    })),
    parcels: isSent
      ? [
          {
            parcel_id: uuid(4, index),
            fulfilment_id: uuid(3, index),
            location_id: 'HZ1',
            carrier: 'SF',
            service: 'standard',
            tracking_number: `SF1${(400_000_000 + index * 7919).toString()}`,
            state:
              order.axes.fulfilment === 'delivered'
                ? 'delivered'
                : order.axes.fulfilment === 'shipped'
                  ? 'in_transit'
                  : 'labelled',
            weight_grams: 640,
            label_url: '#',
            handed_over_at: ago(300),
            delivered_at: null,
            promised_at: null,
            lines: [],
            scans:
              order.axes.fulfilment === 'packed'
                ? []
                : [
                    { code: 'handed_over', at: ago(300), place: '杭州', text: null },
                    { code: 'arrived', at: ago(200), place: '嘉兴转运中心', text: null },
                    { code: 'in_transit', at: ago(90), place: '上海', text: null },
                  ],
          },
        ]
      : [],
    available_actions: ['pick', 'short_pick', 'reject', 'pack', 'hand_over'].map((action) => ({
      action,
      allowed: can.includes(action),
      blocked_by: [],
    })),
  }
}
