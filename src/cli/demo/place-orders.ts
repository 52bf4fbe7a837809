// What the shops of the demo send: baskets in which few articles sell much, and here and there an order that somebody must look at.
import type { IntakeOrder } from '../../contracts/order-intake.ts'
import { incoming, keep } from '../../modules/intake/index.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import { contextOf } from '../../platform/runtime.ts'
import { goods } from './goods.ts'
import type { Shop } from './merchant.ts'
import { americanCustomer, type Customer, chineseCustomer } from './people.ts'
import type { Stage } from './stage.ts'

/** What is special about an order. */
export type Oddity =
  | 'wholesale'
  | 'wholesale-large'
  | 'first-dear'
  | 'cod-dear'
  | 'no-street'
  | 'no-city'
  | 'old-article'
  | 'wrong-currency'
  | 'cod-at-tmall'
  | 'transfer'
  | 'unpaid'

export interface Wish {
  readonly placed_at: Date
  readonly oddity?: Oddity
  readonly shop?: Shop
}

const SHOPS: readonly Shop[] = ['tmall', 'tmall', 'tmall', 'tmall', 'jd', 'jd', 'jd', 'shop', 'shop', 'us']
/** What an order is worth at least, in fen, where that is what makes it odd. */
const WORTH: Partial<Record<Oddity, number>> = {
  wholesale: 2_100_000,
  'wholesale-large': 5_200_000,
  'first-dear': 560_000,
  'cod-dear': 340_000,
}
const CUSTOMERS_KEPT = 400
const notes = ['请放门口，谢谢', '周末配送', '送礼用，请勿放价签', '请放快递柜', '易碎，请多包一层']

/** Writes the messages of the demo's shops; external ids count on, some customers come again. */
export function orderWriter(stage: Stage): (wish: Wish) => IntakeOrder {
  const { chance } = stage
  const regulars: Customer[] = []
  let sent = 0
  const customerOf = (shop: Shop, oddity: Oddity | undefined): Customer => {
    if (shop === 'us') return americanCustomer(chance)
    if (regulars.length > 20 && chance.percent(25) && oddity !== 'first-dear') return chance.pick(regulars)
    const fresh = chineseCustomer(chance)
    if (regulars.length < CUSTOMERS_KEPT && oddity === undefined) regulars.push(fresh)
    return fresh
  }
  return (wish) => {
    sent += 1
    const shop = wish.shop ?? shopOf(wish.oddity) ?? chance.pick(SHOPS)
    const { customer, ship_to } = customerOf(shop, wish.oddity)
    const lines = linesOf(stage, shop, wish.oddity)
    const goods_minor = lines.reduce((sum, line) => sum + line.minor * line.quantity, 0)
    const order: IntakeOrder = {
      channel: shop,
      external_id: externalId(shop, wish.placed_at, sent),
      placed_at: wish.placed_at.toISOString(),
      currency: shop === 'us' ? 'USD' : 'CNY',
      prices_include_tax: true,
      lines: lines.map(({ minor, ...line }) => ({ ...line, unit_price: majorText(minor) })),
      charges: chargesOf(stage, shop, goods_minor),
      payment: paymentOf(stage, shop, wish, sent),
      customer,
      ship_to,
      ...(shop !== 'us' && chance.percent(9) ? { service_level: 'express' } : {}),
      ...(shop !== 'us' && chance.percent(8) ? { note: chance.pick(notes) } : {}),
    }
    return spoil(order, wish.oddity)
  }
}

/** Hands messages in as the shops' key; answers the ids of those that became orders. */
export async function handIn(stage: Stage, messages: readonly IntakeOrder[]): Promise<string[]> {
  const context = contextOf(stage.runtime, stage.tenant, `key:${stage.key_id}`)
  const request = { route: 'POST /orders', count: 1, request_digest: null }
  // at most 20: one moment's orders
  const outcomes = await Promise.all(
    messages.map((message) =>
      keep(context, incoming(message, 'api', { ...request, request_id: stage.runtime.db.newId() })),
    ),
  )
  return outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? [outcome.order.order_id] : []))
}

function shopOf(oddity: Oddity | undefined): Shop | undefined {
  if (oddity === undefined) return undefined
  if (oddity === 'cod-dear') return 'jd'
  if (oddity === 'transfer' || oddity === 'unpaid' || oddity === 'wholesale-large') return 'shop'
  return 'tmall'
}

interface Line {
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly minor: number
}

function linesOf({ chance, ranking }: Stage, shop: Shop, oddity: Oddity | undefined): Line[] {
  const worth = oddity === undefined ? undefined : WORTH[oddity]
  const wanted = worth === undefined ? chance.pick([1, 1, 1, 1, 2, 2, 2, 3, 3, 5]) : 4
  const indexes = new Set<number>()
  while (indexes.size < wanted) indexes.add(worth === undefined ? ranking.draw() : ranking.drawDear())
  return [...indexes].flatMap((index): Line[] => {
    const item = goods[index]
    if (item === undefined) return []
    const minor = shop === 'us' ? dollars(item.price_minor ?? 0) : (item.price_minor ?? 0)
    const title = shop === 'us' ? item.name : (item.name_zh ?? item.name)
    const usual = chance.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3])
    const quantity = worth === undefined ? usual : Math.trunc(worth / wanted / Math.max(1, minor)) + 1
    return [{ sku: item.sku, title, quantity, minor }]
  })
}

// Abroad an article costs about as many dollars as it costs yuan at home divided by five, and 99 cents.
function dollars(fen: number): number {
  return Math.trunc(fen / 500) * 100 + 99
}

function majorText(minor: number): string {
  return `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`
}

function chargesOf({ chance }: Stage, shop: Shop, goods_minor: number): NonNullable<IntakeOrder['charges']> {
  if (shop === 'us') return [{ kind: 'shipping', title: 'International shipping', amount: 1_490 }]
  if (goods_minor < 9_900) return [{ kind: 'shipping', title: '运费', amount: 800 }]
  if (goods_minor > 20_000 && chance.percent(30)) return [{ kind: 'discount', title: '满200减20', amount: -2_000 }]
  return []
}

function paymentOf({ chance }: Stage, shop: Shop, { oddity, placed_at }: Wish, sent: number): IntakeOrder['payment'] {
  if (oddity === 'cod-dear' || oddity === 'cod-at-tmall' || (shop === 'jd' && chance.percent(15)))
    return { method: 'cod' }
  if (oddity === 'transfer')
    return {
      method: 'transfer',
      reference: `PO-${26_000 + sent}`,
      deadline_at: later(placed_at, 3 * DAY_MS).toISOString(),
    }
  if (shop === 'us') return { method: 'card' }
  if (shop === 'shop') return { method: chance.percent(70) ? 'wallet' : 'card' }
  return { method: 'reference', reference: `${shop === 'jd' ? 'JDP' : 'ALI'}${26_110_000_000 + sent * 7_919}` }
}

function externalId(shop: Shop, at: Date, sent: number): string {
  const day = at.toISOString().slice(2, 10).replaceAll('-', '')
  if (shop === 'tmall') return `4${day}${String(sent * 104_729).padStart(12, '0')}`
  if (shop === 'jd') return `3${String(10_000_000_000 + sent * 1_299_709)}`
  return shop === 'us' ? `US-${1_000 + sent}` : `SY${day}${String(sent).padStart(5, '0')}`
}

// Messages as they come when something went wrong at the shop.
function spoil(order: IntakeOrder, oddity: Oddity | undefined): IntakeOrder {
  const { city, postcode, lat, lon, address_lines, ...place } = order.ship_to
  if (oddity === 'no-street') return { ...order, ship_to: { ...order.ship_to, address_lines: [] } }
  if (oddity === 'no-city') return { ...order, ship_to: { ...place, address_lines: address_lines ?? [] } }
  if (oddity === 'wrong-currency') return { ...order, currency: 'HKD' }
  if (oddity !== 'old-article') return order
  return { ...order, lines: order.lines.map((line, index) => (index === 0 ? { ...line, sku: 'TEA-2019-OLD' } : line)) }
}
