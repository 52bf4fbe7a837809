// Whether a message is an order: everything that stands in its way is said at once, with the place and the figures.
import type { IntakeOrder, Reason } from '../../contracts/order-intake.ts'
import type { Channel } from '../catalog/index.ts'
import type { PlacedOrder } from '../orders/index.ts'
import { reason, settleMoney } from './check-money.ts'
import { tidy } from './normalise-message.ts'

/** What resolving reads, loaded for a whole group at once. */
export interface Catalogue {
  readonly channels: ReadonlyMap<string, Channel>
  /** The SKUs among those asked for that exist and are sold. */
  readonly sold: ReadonlySet<string>
}

/** An order without what only the placing knows: its id, its hash. */
export type Resolved = Omit<PlacedOrder, 'order_id' | 'number' | 'content_sha256'>

export type Resolution =
  | { readonly order: Resolved; readonly reasons: null }
  | { readonly order: null; readonly reasons: Reason[] }

const REASONS_AT_MOST = 100
const MINUTE_MS = 60_000

/** The order that a message asks for, or all reasons why it is none yet (a hundred at most). */
export function resolve(message: IntakeOrder, catalogue: Catalogue, now: Date): Resolution {
  const channel = catalogue.channels.get(message.channel)
  const money = settleMoney(message)
  const reasons = [...checkChannel(message, channel), ...checkSkus(message, catalogue.sold), ...checkAddress(message)]
  reasons.push(...money.reasons)
  if (channel === undefined || reasons.length > 0) return { order: null, reasons: reasons.slice(0, REASONS_AT_MOST) }
  const { lines, charges, totals } = money
  const order: Resolved = {
    channel: message.channel,
    external_id: message.external_id,
    network_id: channel.network,
    priority: message.priority ?? 0,
    currency: message.currency,
    prices_include_tax: message.prices_include_tax,
    lines,
    charges,
    totals,
    payment: paymentOf(message, channel, now),
    person: personOf(message, channel),
    ship: shipOf(message),
    service_level: message.service_level ?? 'standard',
    shortage_policy: channel.shortage_policy,
    attributes: message.attributes ?? {},
    placed_at: new Date(message.placed_at),
  }
  return { order, reasons: null }
}

function checkChannel(message: IntakeOrder, channel: Channel | undefined): Reason[] {
  if (channel === undefined) return [reason('unknown_channel', '/channel', message.channel)]
  const reasons: Reason[] = []
  if (message.currency !== channel.currency)
    reasons.push(
      reason('currency_mismatch', '/currency', `the channel sells in ${channel.currency}, given ${message.currency}`),
    )
  if (!channel.payment_methods.includes(message.payment.method))
    reasons.push(reason('payment_method_not_taken', '/payment/method', message.payment.method))
  return reasons
}

function checkSkus(message: IntakeOrder, sold: ReadonlySet<string>): Reason[] {
  const reasons: Reason[] = []
  for (const [index, { sku }] of message.lines.entries())
    if (!sold.has(sku)) reasons.push(reason('unknown_sku', `/lines/${index}/sku`, sku))
  return reasons
}

// Where a parcel goes must be known well enough to choose a location and a rate; whether the street is complete is judged in review.
function checkAddress({ ship_to }: IntakeOrder): Reason[] {
  const placed = ship_to.lat !== undefined && ship_to.lon !== undefined
  if (placed || tidy(ship_to.city) !== undefined || tidy(ship_to.postcode) !== undefined) return []
  return [reason('address_incomplete', '/ship_to')]
}

function paymentOf({ payment }: IntakeOrder, channel: Channel, now: Date): PlacedOrder['payment'] {
  const { method, provider } = payment
  const reference = tidy(payment.reference)
  const waits = method === 'card' || method === 'wallet' || method === 'transfer'
  const deadline_at =
    payment.deadline_at !== undefined
      ? new Date(payment.deadline_at)
      : waits
        ? new Date(now.getTime() + channel.payment_deadline_minutes * MINUTE_MS)
        : undefined
  return {
    method,
    ...(provider === undefined ? {} : { provider }),
    ...(reference === undefined ? {} : { reference }),
    ...(deadline_at === undefined ? {} : { deadline_at }),
  }
}

function personOf({ customer = {}, ship_to, note }: IntakeOrder, channel: Channel): PlacedOrder['person'] {
  const person = {
    name: tidy(customer.name) ?? null,
    email: tidy(customer.email) ?? null,
    phone: tidy(customer.phone) ?? null,
    address_lines: (ship_to.address_lines ?? []).map(tidy).filter((line) => line !== undefined),
    district: tidy(ship_to.district) ?? null,
    note: tidy(note) ?? null,
  }
  const nobody =
    person.name === null &&
    person.email === null &&
    person.phone === null &&
    person.address_lines.length === 0 &&
    person.district === null &&
    person.note === null
  return nobody ? null : { ...person, locale: customer.locale ?? channel.locale }
}

function shipOf({ ship_to }: IntakeOrder): PlacedOrder['ship'] {
  return {
    country: ship_to.country,
    region: tidy(ship_to.region) ?? null,
    city: tidy(ship_to.city) ?? null,
    postcode: tidy(ship_to.postcode) ?? null,
    lat: ship_to.lat ?? null,
    lon: ship_to.lon ?? null,
  }
}
