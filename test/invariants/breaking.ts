// How each invariant is broken on purpose: statements that a superuser runs in a transaction that is rolled back.

import { capacityBreakings } from './breaking-capacity.ts'
import { decisionBreakings } from './breaking-decisions.ts'
import { degradedBreakings } from './breaking-degraded.ts'
import { disruptionBreakings } from './breaking-disruptions.ts'
import { fulfilmentBreakings } from './breaking-fulfilment.ts'
import { inboxBreakings } from './breaking-inbox.ts'
import { labBreakings } from './breaking-lab.ts'
import { modeBreakings } from './breaking-modes.ts'

export interface Breaking {
  /** The invariant, by the name of its file. */
  readonly invariant: string
  /** Statements; :tenant stands for the tenant's id. Constraints that forbid the damage are dropped first. */
  readonly damage: readonly string[]
}

export const breakings: readonly Breaking[] = [
  {
    invariant: 'S1-never-oversold',
    damage: [
      'alter table inventory.stock drop constraint stock_check',
      'update inventory.stock set allocated = on_hand + 1 where tenant_id = :tenant',
    ],
  },
  {
    invariant: 'S2-network-reserved',
    damage: [
      'update inventory.network_stock set reserved = reserved + 1 where tenant_id = :tenant and reserved < supply',
    ],
  },
  {
    invariant: 'S2-stock-allocated',
    damage: ['update inventory.stock set allocated = allocated + 1 where tenant_id = :tenant and allocated < on_hand'],
  },
  {
    invariant: 'S3-stock-ledger',
    damage: ['update inventory.stock set on_hand = on_hand + 1 where tenant_id = :tenant'],
  },
  {
    invariant: 'S3-network-supply',
    damage: ['update inventory.network_stock set supply = supply + 1 where tenant_id = :tenant'],
  },
  {
    invariant: 'S4-movements-balance',
    damage: [
      'alter table inventory.movement drop constraint movement_check',
      "update inventory.movement set to_place = '' where tenant_id = :tenant",
    ],
  },
  {
    invariant: 'S5-reservations-end-once',
    damage: [
      'alter table inventory.reservation drop constraint reservation_check, drop constraint reservation_check1',
      'update inventory.reservation set consumed = consumed + 1 where tenant_id = :tenant',
    ],
  },
  {
    invariant: 'S5-reservations-have-demand',
    damage: [
      'update inventory.reservation set demand_id = gen_random_uuid() where tenant_id = :tenant and ended_at is null',
    ],
  },
  {
    invariant: 'O1-commercial-states',
    damage: ["update orders.order set commercial = 'cancelled', closed_at = null where tenant_id = :tenant"],
  },
  {
    invariant: 'O2-history-replays',
    damage: ["update orders.order set commercial = 'rejected' where tenant_id = :tenant"],
  },
  {
    invariant: 'O3-versions-gapless',
    damage: ['update orders.order set version = version + 1 where tenant_id = :tenant'],
  },
  {
    invariant: 'O4-accepted-has-event',
    damage: ["delete from outbox.event where tenant_id = :tenant and type = 'order.placed'"],
  },
  {
    invariant: 'O6-buckets-sum',
    damage: [
      'alter table orders.order_line drop constraint line_buckets_sum',
      'update orders.order_line set shipped = shipped + 1 where tenant_id = :tenant',
    ],
  },
  {
    invariant: 'O7-one-order-per-key',
    damage: [
      'alter table orders.order drop constraint order_tenant_id_channel_external_id_key',
      "update orders.order set external_id = 'same' where tenant_id = :tenant",
    ],
  },
  {
    invariant: 'O10-ended-orders-are-empty',
    damage: ["update orders.order set commercial = 'cancelled', closed_at = now() where tenant_id = :tenant"],
  },
  { invariant: 'M4-order-totals', damage: ['update orders.order set total = total + 1 where tenant_id = :tenant'] },
  { invariant: 'D1-demand-refers', damage: ['delete from catalog.sku where tenant_id = :tenant'] },
  {
    invariant: 'M1-journal-balanced',
    damage: [
      "insert into payment.booking (tenant_id, booking_id, kind, at, actor) values (:tenant, gen_random_uuid(), 'receive', now(), 'system')",
    ],
  },
  {
    invariant: 'M3-captured-within-authorised',
    damage: [
      'alter table payment.intent drop constraint intent_captured_within_authorised',
      "update payment.intent set method = 'card', captured = 1 where tenant_id = :tenant",
    ],
  },
  {
    invariant: 'M7-captured-for-shipped',
    damage: [
      'alter table payment.intent drop constraint intent_captured_within_authorised',
      "update payment.intent set method = 'card' where tenant_id = :tenant",
      'alter table orders.order_line drop constraint line_buckets_sum',
      'update orders.order_line set shipped = 0, delivered = 0, reserved = ordered where tenant_id = :tenant',
    ],
  },
  {
    invariant: 'M3-balances-from-journal',
    damage: ['update payment.intent set captured = captured + 1 where tenant_id = :tenant'],
  },
  {
    invariant: 'M3-asked-from-requests',
    damage: ['update payment.intent set captured = captured + 1, refunding = 1 where tenant_id = :tenant'],
  },
  {
    invariant: 'M5-unmatched-money',
    damage: [
      "insert into payment.callback (tenant_id, callback_id, provider, provider_event_id, outcome, state, received_at) values (:tenant, gen_random_uuid(), 'sandbox', 'lost', '{}', 'unmatched', now() - interval '25 hours')",
    ],
  },
  { invariant: 'O5-awaited-money', damage: ["update payment.intent set state = 'pending' where tenant_id = :tenant"] },
  { invariant: 'E1-events-are-fed', damage: ['delete from outbox.feed where tenant_id = :tenant'] },
  {
    invariant: 'E1-feed-gap-free',
    damage: [
      'delete from outbox.feed where tenant_id = :tenant and position = (select min(position) from outbox.feed where tenant_id = :tenant)',
    ],
  },
  ...decisionBreakings,
  ...fulfilmentBreakings,
  ...capacityBreakings,
  ...disruptionBreakings,
  ...labBreakings,
  ...modeBreakings,
  ...degradedBreakings,
  ...inboxBreakings,
  {
    invariant: 'T9-audit-seals',
    damage: [
      "insert into audit.entry (tenant_id, entry_id, at, actor, route, subjects, count) values (:tenant, gen_random_uuid(), now(), 'user:x', 'POST /x', '{}', 1)",
    ],
  },
]
