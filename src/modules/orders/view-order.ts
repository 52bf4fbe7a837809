// One order on one page: everything that an agent needs, with the actions that are possible now and what blocks the others.
import type { OrderDetail, OrderLineView, PersonView } from '../../contracts/views-orders.ts'
import type { ActionView, Blocker } from '../../contracts/views-shared.ts'
import type { Tx } from '../../platform/db.ts'
import { maskAddress, maskEmail, maskName, maskPhone } from '../../platform/masking.ts'
import * as payment from '../payment/index.ts'
import { axesOf } from './axes.ts'
import { unitsHere } from './change-address.ts'
import { loadOrders } from './load-orders.ts'
import { orderProblem } from './problems.ts'
import { planCancellation } from './rules.ts'
import { unitSums } from './store-listing.ts'
import { chargesOf, type DetailRow, detailOf, notesOf, openHoldsOf, shortagesOf } from './store-reading.ts'
import type { LineFacts, OrderFacts } from './types.ts'

/** The page of an order; personal data is masked unless `disclosed`. Throws order_unknown. */
export async function viewOrder(tx: Tx, order_id: string, disclosed = false): Promise<OrderDetail> {
  const [order] = await loadOrders(tx, [order_id], { lock: false })
  const detail = await detailOf(tx, order_id)
  if (order === undefined || detail === undefined) throw orderProblem('order_unknown', { order_id })
  const [charges, holds, notes, shortages, sums, balances] = await Promise.all([
    chargesOf(tx, order_id),
    openHoldsOf(tx, order_id),
    notesOf(tx, order_id),
    shortagesOf(tx, order_id),
    unitSums(tx, [order_id]),
    payment.balances(tx, [order_id]),
  ])
  const reasons = new Map(shortages.map((row) => [row.line_no, row.shortage_reason]))
  return {
    ...headerView(order),
    axes: axesOf(order, sums[0], balances.get(order_id) ?? [], holds.length > 0),
    received_at: detail.received_at.toISOString(),
    confirmed_at: detail.confirmed_at?.toISOString() ?? null,
    closed_at: detail.closed_at?.toISOString() ?? null,
    cancel_reason: detail.cancel_reason,
    promise: null,
    lines: order.lines.map((line) => lineView(line, reasons.get(line.line_no) ?? null)),
    charges: charges.map((charge) => ({ ...charge, amount: Number(charge.amount), tax: Number(charge.tax) })),
    holds: holds.map((hold) => ({
      ...hold,
      reasons: reasonList(hold.reasons),
      blocks: hold.blocks.flatMap(blockedAction),
      placed_at: hold.placed_at.toISOString(),
      expires_at: hold.expires_at?.toISOString() ?? null,
    })),
    person: personView(order, detail, disclosed),
    ship_to: {
      country: order.ship_country,
      region: order.ship_region,
      city: order.ship_city,
      postcode: order.ship_postcode,
    },
    notes: notes.map((note) => ({ ...note, at: note.at.toISOString() })),
    tracking_url: null,
    available_actions: actionsOf(order),
  }
}

function headerView(order: OrderFacts) {
  const {
    order_id,
    number,
    channel,
    external_id,
    network_id,
    revision,
    version,
    priority,
    service_level,
    shortage_policy,
    currency,
    prices_include_tax,
    payment_method,
  } = order
  return {
    ...{
      order_id,
      number,
      channel,
      external_id,
      network_id,
      revision,
      version,
      priority,
      service_level,
      shortage_policy,
      currency,
      prices_include_tax,
      payment_method,
    },
    placed_at: order.placed_at.toISOString(),
    lines_total: Number(order.lines_total),
    charges_total: Number(order.charges_total),
    tax_total: Number(order.tax_total),
    total: Number(order.total),
  }
}

function lineView(line: LineFacts, shortage_reason: string | null): OrderLineView {
  const { order_id: _order, units, gross, discount, tax, net, ...rest } = line
  return {
    ...rest,
    gross: Number(gross),
    discount: Number(discount),
    tax: Number(tax),
    net: Number(net),
    buckets: units,
    shortage_reason,
  }
}

/** The person as the page shows it, masked unless disclosed; null for an anonymous order. */
export function personView(order: OrderFacts, detail: DetailRow, disclosed: boolean): PersonView | null {
  if (order.person_id === null) return null
  const { name, email, phone, address_lines, district, person_note: note, erased_at } = detail
  if (disclosed)
    return {
      masked: false,
      name,
      email,
      phone,
      address_lines: [...(address_lines ?? [])],
      district,
      note,
      erased: erased_at !== null,
    }
  return {
    masked: true,
    name: name === null ? null : maskName(name),
    email: email === null ? null : maskEmail(email),
    phone: phone === null ? null : maskPhone(phone),
    address_lines: (address_lines ?? []).map(maskAddress),
    district,
    note: note === null ? null : '•••',
    erased: erased_at !== null,
  }
}

function reasonList(reasons: unknown): OrderDetail['holds'][number]['reasons'] {
  if (!Array.isArray(reasons)) return []
  return reasons.slice(0, 50).map((reason: unknown) => {
    if (typeof reason === 'string') return { code: reason }
    if (typeof reason !== 'object' || reason === null || !('code' in reason)) return { code: 'unknown' }
    return { code: String(reason.code), ...('text' in reason && isBothTexts(reason.text) ? { text: reason.text } : {}) }
  })
}

function isBothTexts(value: unknown): value is { en: string; zh: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'en' in value &&
    'zh' in value &&
    typeof value.en === 'string' &&
    typeof value.zh === 'string'
  )
}

function blockedAction(action: string): ('confirm' | 'allocate' | 'release' | 'ship')[] {
  return action === 'confirm' || action === 'allocate' || action === 'release' || action === 'ship' ? [action] : []
}

/** Every action of an order, possible now or not, with what blocks it. */
export function actionsOf(order: OrderFacts): ActionView[] {
  const ended = order.commercial === 'cancelled' || order.commercial === 'rejected' || order.commercial === 'closed'
  const state: Blocker[] = ended ? [{ code: 'state', detail: order.commercial }] : []
  const left = planCancellation(order, null)
  const nothing: Blocker[] =
    left.parts.length === 0
      ? [{ code: order.lines.some((line) => line.units.shipped > 0) ? 'already_shipped' : 'nothing_left' }]
      : []
  const delivered = order.lines.some((line) => line.units.delivered > 0)
  const action = (name: string, blocked_by: readonly Blocker[]): ActionView => ({
    action: name,
    allowed: blocked_by.length === 0,
    blocked_by: [...blocked_by],
  })
  return [
    action('cancel', state.length > 0 ? state : nothing),
    action('change_address', state.length > 0 ? state : order.lines.some((line) => unitsHere(line) > 0) ? [] : nothing),
    action('hold', state),
    action('resume', order.holds.length > 0 ? [] : [{ code: 'state', detail: 'no_hold' }]),
    action('request_return', delivered ? [] : [{ code: 'state', detail: 'not_delivered' }]),
  ]
}
