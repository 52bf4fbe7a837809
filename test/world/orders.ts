// Orders for tests, without the intake: what a channel would have sent, already resolved.
import * as orders from '../../src/modules/orders/index.ts'
import type { Tx } from '../../src/platform/db.ts'
import { humanNumber, systemRandomness } from '../../src/platform/ids.ts'
import { CHANNEL, NETWORK, type World } from './index.ts'

export interface OrderWish {
  readonly lines: readonly { sku: string; quantity: number; price_minor?: bigint }[]
  readonly external_id?: string
  readonly method?: orders.PaymentMethod
  readonly provider?: string
  readonly shortage_policy?: orders.ShortagePolicy
  readonly shipping_minor?: bigint
  readonly priority?: number
  /** What its channel promised. */
  readonly promised_at?: string
  /** Where it goes, as far as not to Hangzhou. */
  readonly ship?: Partial<orders.PlacedOrder['ship']>
}

let sent = 0

/** What `wish` looks like as a placed order of the world's shop: prices in fen, paid by reference unless it says otherwise. */
export function placedOrder(tx: Tx, wish: OrderWish): orders.PlacedOrder {
  const lines = wish.lines.map((line, index): orders.PlacedLine => {
    const price = line.price_minor ?? 9_900n
    const gross = price * BigInt(line.quantity)
    return {
      line_no: index + 1,
      external_line_id: null,
      sku: line.sku,
      title: `Article ${line.sku}`,
      quantity: line.quantity,
      unit_price: `${price / 100n}.${String(price % 100n).padStart(2, '0')}`,
      gross,
      discount: 0n,
      tax: 0n,
      net: gross,
      taxes: null,
    }
  })
  const lines_total = lines.reduce((sum, line) => sum + line.net, 0n)
  const shipping = wish.shipping_minor ?? 0n
  const method = wish.method ?? 'reference'
  return {
    order_id: tx.newId(),
    number: humanNumber(systemRandomness),
    channel: CHANNEL,
    external_id: wish.external_id ?? `X-${++sent}`,
    network_id: NETWORK,
    priority: wish.priority ?? 0,
    currency: 'CNY',
    prices_include_tax: true,
    lines,
    charges: shipping === 0n ? [] : [{ charge_no: 1, kind: 'shipping', title: 'Shipping', amount: shipping, tax: 0n }],
    totals: { lines_total, charges_total: shipping, tax_total: 0n, total: lines_total + shipping },
    payment: {
      method,
      ...(method === 'reference' ? { reference: `R-${sent}` } : {}),
      ...(wish.provider === undefined ? {} : { provider: wish.provider }),
    },
    person: {
      name: '王小明',
      email: 'wang@example.test',
      phone: '+86 138 0000 1111',
      address_lines: ['文三路 1 号'],
      district: '西湖区',
      note: null,
      locale: 'zh-CN',
    },
    ship: {
      country: 'CN',
      region: '浙江省',
      city: '杭州市',
      postcode: '310000',
      lat: 30.27,
      lon: 120.16,
      ...wish.ship,
    },
    service_level: 'standard',
    shortage_policy: wish.shortage_policy ?? 'split',
    content_sha256: new Uint8Array(32),
    attributes: wish.promised_at === undefined ? {} : { promised_at: wish.promised_at },
    placed_at: tx.now,
  }
}

/** Places orders in a world; answers their ids in the order of the wishes. Nothing of their way has run yet. */
export async function place(world: World, wishes: readonly OrderWish[]): Promise<string[]> {
  return world.transaction(async (tx) => {
    const placed = wishes.map((wish) => placedOrder(tx, wish))
    await orders.placeOrders(tx, placed)
    return placed.map((order) => order.order_id)
  })
}

/** The order as the database has it. */
export async function read(world: World, order_id: string): Promise<orders.OrderFacts> {
  const [order] = await world.transaction((tx) => orders.loadOrders(tx, [order_id], { lock: false }))
  if (order === undefined) throw new Error(`no order ${order_id}`)
  return order
}
