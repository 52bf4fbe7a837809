// The parts of an order's page that the mock answers: money, events, allocation, what a cancellation would do.
import type { Candidate, OrderAllocation } from '../../src/contracts/views-allocation.ts'
import type { CancellationPreview } from '../../src/contracts/views-cancellation.ts'
import type { OrderMoney } from '../../src/contracts/views-money.ts'
import type { OrderDetail } from '../../src/contracts/views-orders.ts'
import { ago, started, uuid } from './mock-orders.ts'
import { locations } from './mock-work.ts'

export function moneyOf(order: OrderDetail): OrderMoney {
  const captured = ['captured', 'refunded'].includes(order.axes.money) ? order.total : 0
  const refunded = order.axes.money === 'refunded' ? order.total : 0
  return {
    order_id: order.order_id,
    currency: order.currency,
    goods: order.lines_total + 1000,
    discounts: 1000,
    charges: order.charges_total,
    tax: order.tax_total,
    prices_include_tax: true,
    total: order.total,
    cancelled: refunded,
    authorised: order.axes.money === 'pending' ? 0 : order.total,
    captured,
    refunded,
    due: order.total - refunded - captured + refunded,
    tenders: [
      {
        intent_id: uuid(8, 1),
        method: 'wallet',
        provider: 'sandbox',
        state: captured > 0 ? 'captured' : order.axes.money === 'pending' ? 'pending' : 'authorised',
        currency: order.currency,
        amount: order.total,
        authorised: order.total,
        captured,
        refunded,
        voided: 0,
        reference: 'SBX-20261122-000173',
        failure: null,
        deadline_at: new Date(started + 1.1e6).toISOString(),
        redirect_url: null,
      },
    ],
    journal: [
      {
        booking_id: uuid(8, 2),
        kind: 'authorise',
        at: order.placed_at,
        actor: 'step:orders.verify-payment',
        entries: [
          { account: 'memo_authorised', currency: 'CNY', amount: order.total },
          { account: 'provider_clearing', currency: 'CNY', amount: -order.total },
        ],
      },
    ],
  }
}

export function eventsOf(order: OrderDetail) {
  const types = [
    'placed',
    'reserved',
    'screened',
    ...(order.axes.service === 'held'
      ? ['held']
      : ['confirmed', 'allocated', 'released', 'picked', 'packed', 'shipped', 'delivered'].slice(
          0,
          ['allocated', 'released', 'picking', 'packed', 'shipped', 'delivered'].indexOf(order.axes.fulfilment) + 2,
        )),
  ]
  return {
    items: types.map((type, index) => ({
      event_id: uuid(2, index),
      type: `order.${type}`,
      version: index + 1,
      at: new Date(Date.parse(order.placed_at) + index * 90_000).toISOString(),
      actor: type === 'picked' ? 'user:1' : 'step:orders.reserve',
      actor_name: type === 'picked' ? '赵磊' : null,
      data: type === 'reserved' ? { lines: [{ line_no: 1, reserved: 2, backordered: 0 }] } : {},
    })),
    next_cursor: null,
  }
}

export function allocationOf(order: OrderDetail): OrderAllocation {
  if (['open', 'backordered', 'reserved'].includes(order.axes.fulfilment))
    return { items: [], destination: null, waiting: null }
  return {
    destination: { lat: 30.3, lon: 120.2 },
    waiting: null,
    items: [
      {
        decision_id: uuid(10, 1),
        at: order.placed_at,
        cause: 'first',
        outcome: 'placed',
        currency: 'CNY',
        margin: 230,
        rule: {
          version_id: 'shipped-1',
          rule_id: 'cheapest',
          name: { en: 'Cheapest location that has all', zh: '整单成本最低优先' },
        },
        tried: [],
        optimal: true,
        gap: null,
        flip: null,
        scarce: null,
        in_turn: false,
        by_hand: null,
        degraded: [],
        arm: null,
        read: [{ kind: 'rate_card', version: uuid(11, 1) }],
        candidates: candidatesOf(),
      },
    ],
  }
}

function candidatesOf(): Candidate[] {
  const place = (index: number, km: number) => ({
    location_id: locations[index]?.[0] ?? '',
    name: locations[index]?.[1] ?? '',
    name_zh: locations[index]?.[2] ?? null,
    distance_km: km,
    units: 2,
  })
  const terms = (shipping: number) => [
    { term: 'shipping', amount: shipping },
    { term: 'handling', amount: 150 },
  ]
  return [
    {
      locations: [place(0, 38)],
      verdict: 'chosen',
      removed_by: null,
      removed_detail: null,
      cost: 750,
      terms: terms(600),
      carbon_grams: 2,
      carrier: 'SF',
      service: 'standard',
      arrives_at: ago(-2000),
    },
    {
      locations: [place(1, 1240)],
      verdict: 'runner_up',
      removed_by: null,
      removed_detail: null,
      cost: 980,
      terms: terms(830),
      carbon_grams: 68,
      carrier: 'SF',
      service: 'standard',
      arrives_at: ago(-3400),
    },
    {
      locations: [place(2, 1690)],
      verdict: 'removed',
      removed_by: 'no_stock',
      removed_detail: null,
      cost: null,
      terms: [],
      carbon_grams: null,
      carrier: null,
      service: null,
      arrives_at: null,
    },
    {
      locations: [place(3, 1130)],
      verdict: 'removed',
      removed_by: 'cut_off',
      removed_detail: null,
      cost: null,
      terms: [],
      carbon_grams: null,
      carrier: null,
      service: null,
      arrives_at: null,
    },
  ]
}

export function cancellationOf(order: OrderDetail): CancellationPreview {
  return {
    order_id: order.order_id,
    whole: true,
    lines: order.lines.map((line) => ({
      line_no: line.line_no,
      sku: line.sku,
      title: line.title,
      cancelled: line.ordered,
      kept: 0,
      freed: line.ordered,
      put_back: 0,
    })),
    money: { currency: 'CNY', total_before: order.total, total_after: 0, to_void: order.total, to_refund: 0 },
    warehouse: [{ fulfilment_id: uuid(3, 1), location_id: 'HZ1', effect: 'cancelled' }],
  }
}
