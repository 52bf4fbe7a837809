// Which facts a customer is told of: the kinds of messages, and the events that are told by each.

export const kinds = ['confirmed', 'shipped', 'delivered', 'cancelled', 'refunded', 'backordered', 'delayed'] as const
export type Kind = (typeof kinds)[number]

/** The events of each kind. A refund is a fact of payment; everything else is one of the order. */
export const eventsOf: Readonly<Record<Kind, readonly string[]>> = {
  confirmed: ['order.confirmed'],
  shipped: ['order.shipped'],
  delivered: ['order.delivered'],
  cancelled: ['order.cancelled', 'order.rejected', 'order.units_cancelled'],
  refunded: ['payment.refunded'],
  backordered: ['order.backordered'],
  delayed: ['order.delayed'],
}

export type MessageState = 'waiting' | 'sent' | 'skipped' | 'failed'
