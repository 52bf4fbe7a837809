// A merchant's orders for looking at screens without a server: the same at each start, every state among them.
import type { OrderDetail, OrderLineView } from '../../src/contracts/views-orders.ts'

const GOODS = [
  ['TEE-WHT-M', '纯棉圆领短袖 T 恤 白色 M', 8900],
  ['CUP-CER-350', '手作陶瓷马克杯 350 ml', 12800],
  ['TEA-LJ-250', '西湖龙井 明前特级 250 g 礼盒装', 68800],
  ['LAMP-DSK-01', 'LED 护眼台灯 可调光', 25900],
  ['BAG-TOTE-NV', '帆布托特包 藏青', 15900],
  ['PEN-FTN-0.5', '钢笔 0.5 mm 活塞上墨', 31900],
  ['RUG-WOOL-160', '羊毛地毯 160 × 230 cm 手工编织 北欧几何纹样 加厚防滑底（颜色以实物为准）', 189900],
  ['SOAP-OLV-3', '橄榄手工皂 三块装', 5900],
] as const
const PEOPLE = [
  ['王*', '浙江省', '杭州市', '138****6621'],
  ['李**', '广东省', '深圳市', '159****0034'],
  ['欧阳**', '四川省', '成都市', '186****7710'],
  ['张*', '北京市', '北京市', '133****1289'],
  ['陈**', '上海市', '上海市', '177****4402'],
] as const
const CHANNELS = ['tmall', 'jd', 'douyin', 'web'] as const

type Stage =
  | 'open'
  | 'backordered'
  | 'held'
  | 'unpaid'
  | 'allocated'
  | 'released'
  | 'picked'
  | 'packed'
  | 'shipped'
  | 'delivered'
  | 'cancelled'
const STAGES: readonly Stage[] = [
  'held',
  'released',
  'delivered',
  'shipped',
  'unpaid',
  'allocated',
  'backordered',
  'delivered',
  'packed',
  'delivered',
  'cancelled',
  'picked',
  'delivered',
  'shipped',
  'open',
]

export const started = Date.now()

export function ago(minutes: number): string {
  return new Date(started - minutes * 60_000).toISOString()
}

export function uuid(kind: number, index: number): string {
  return `0199${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`
}

const EMPTY = {
  open: 0,
  backordered: 0,
  reserved: 0,
  allocated: 0,
  released: 0,
  picked: 0,
  packed: 0,
  shipped: 0,
  delivered: 0,
  return_requested: 0,
  returned: 0,
  restocked: 0,
  written_off: 0,
  lost: 0,
  cancelled: 0,
}

function lineOf(index: number, line_no: number, stage: Stage): OrderLineView {
  const [sku, title, price] = GOODS[(index * 3 + line_no) % GOODS.length] ?? GOODS[0]
  const ordered = ((index + line_no) % 3) + 1
  const bucket = stage === 'held' || stage === 'unpaid' ? 'reserved' : stage
  const buckets = { ...EMPTY, [bucket]: ordered }
  if (stage === 'shipped' && line_no === 2 && ordered > 1)
    Object.assign(buckets, { shipped: 1, backordered: ordered - 1 })
  const gross = price * ordered
  const discount = line_no === 1 && index % 4 === 0 ? 1000 : 0
  return {
    line_no,
    sku,
    title,
    ordered,
    unit_price: (price / 100).toFixed(2),
    gross,
    discount,
    tax: Math.round((gross - discount) * 0.115),
    net: gross - discount,
    buckets,
    shortage_reason: buckets.backordered > 0 ? 'out_of_stock' : null,
  }
}

const FULFILMENT = {
  open: 'open',
  backordered: 'backordered',
  held: 'reserved',
  unpaid: 'reserved',
  allocated: 'allocated',
  released: 'released',
  picked: 'picking',
  packed: 'packed',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
} as const

function commercialOf(stage: Stage): OrderDetail['axes']['commercial'] {
  if (stage === 'delivered') return 'closed'
  if (stage === 'cancelled') return 'cancelled'
  return ['open', 'held', 'unpaid', 'backordered'].includes(stage) ? 'placed' : 'confirmed'
}

function moneyOf(stage: Stage): OrderDetail['axes']['money'] {
  if (stage === 'unpaid') return 'pending'
  if (stage === 'cancelled') return 'refunded'
  return ['shipped', 'delivered'].includes(stage) ? 'captured' : 'authorised'
}

function holdOf(index: number): OrderDetail['holds'][number] {
  return {
    hold_id: uuid(7, index),
    kind: 'review',
    line_no: null,
    blocks: ['confirm', 'allocate', 'release', 'ship'],
    owner: null,
    placed_at: ago(index * 2 + 3),
    placed_by: 'step:review.screen',
    expires_at: new Date(started + (index + 1) * 1_400_000).toISOString(),
    reasons: [
      {
        code: 'new_customer_high_value',
        text: { en: 'First order of this customer, and it is large.', zh: '该顾客首次下单且金额较大。' },
      },
      { code: 'address_incomplete', text: { en: 'The address has no house number.', zh: '地址缺少门牌号。' } },
    ],
  }
}

function promiseOf(index: number, stage: Stage): OrderDetail['promise'] {
  if (stage === 'open') return null
  const risk = stage === 'backordered' ? 'at_risk' : stage === 'delivered' ? 'kept' : 'none'
  return { ship_by: ago(index * 7 - 600), promised_at: ago(index * 7 - 3600), risk }
}

function personOf(index: number): OrderDetail['person'] {
  if (index % 11 === 10) return null
  const [name, region, city, phone] = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0]
  const note = index % 5 === 0 ? '请周末派送，放门口快递柜。' : null
  return {
    masked: true,
    name,
    email: 'w***@example.com',
    phone,
    address_lines: ['***'],
    district: `${region}${city}`,
    note,
    erased: false,
  }
}

function actionsOf(index: number, stage: Stage): OrderDetail['available_actions'] {
  return [
    { action: 'hold', allowed: !['delivered', 'cancelled'].includes(stage), blocked_by: [] },
    {
      action: 'cancel',
      allowed: !['delivered', 'cancelled', 'shipped'].includes(stage),
      blocked_by: ['delivered', 'shipped'].includes(stage) ? [{ code: 'already_shipped' }] : [],
    },
    {
      action: 'confirm',
      allowed: false,
      blocked_by:
        stage === 'held'
          ? [{ code: 'hold', hold_id: uuid(7, index) }]
          : [{ code: 'state', detail: commercialOf(stage) }],
    },
  ]
}

/** The order of this number in the list; 0 is the newest. */
export function orderOf(index: number): OrderDetail {
  const stage = STAGES[index % STAGES.length] ?? 'open'
  const lines = Array.from({ length: (index % 3) + 1 }, (_, place) => lineOf(index, place + 1, stage))
  const lines_total = lines.reduce((sum, line) => sum + line.net, 0)
  const shipping = index % 2 === 0 ? 1200 : 0
  const [, region, city] = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0]
  const placed = ago(index * 7 + 2)
  return {
    order_id: uuid(1, index),
    number: `7K${(index * 7919 + 10000)
      .toString(32)
      .toUpperCase()
      .replace(/[ILOU]/g, 'X')
      .padStart(8, '3')}`,
    channel: CHANNELS[index % 4] ?? 'web',
    external_id: `TB${(2_026_112_200_000 + index * 37).toString()}`,
    network_id: 'cn',
    axes: {
      commercial: commercialOf(stage),
      money: moneyOf(stage),
      fulfilment: FULFILMENT[stage],
      service: stage === 'held' ? 'held' : 'clear',
    },
    revision: 1,
    version: 5,
    priority: index % 9 === 0 ? 1 : 0,
    service_level: index % 9 === 0 ? 'next_day' : 'standard',
    shortage_policy: 'split',
    placed_at: placed,
    received_at: placed,
    confirmed_at: null,
    closed_at: null,
    cancel_reason: stage === 'cancelled' ? 'customer_request' : null,
    promise: promiseOf(index, stage),
    currency: 'CNY',
    prices_include_tax: true,
    lines_total,
    charges_total: shipping,
    tax_total: lines.reduce((sum, line) => sum + line.tax, 0),
    total: lines_total + shipping,
    payment_method: 'wallet',
    lines,
    charges: shipping === 0 ? [] : [{ kind: 'shipping', title: null, amount: shipping, tax: 0 }],
    holds: stage === 'held' ? [holdOf(index)] : [],
    person: personOf(index),
    ship_to: { country: 'CN', region, city, postcode: '310000' },
    notes:
      index % 4 === 0 ? [{ note_id: uuid(9, index), text: '顾客来电，周五前不在家。', by: '林晓', at: ago(30) }] : [],
    tracking_url: `/t/demo/${uuid(1, index)}`,
    available_actions: actionsOf(index, stage),
  }
}

export const allOrders: readonly OrderDetail[] = Array.from({ length: 180 }, (_, index) => orderOf(index))
export const goods = GOODS
