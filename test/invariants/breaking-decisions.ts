// How the invariants of review and allocation are broken on purpose: decisions without reasons, units that nothing moves.
import type { Breaking } from './breaking.ts'

const RESERVE =
  'update orders.order_line set reserved = ordered, released = 0, allocated = 0, picked = 0, packed = 0 where tenant_id = :tenant and line_no = 1'

export const decisionBreakings: readonly Breaking[] = [
  {
    invariant: 'A1-allocations-are-explained',
    damage: ['delete from allocation.explanation where tenant_id = :tenant'],
  },
  {
    invariant: 'A2-exceptions-wait-for-units',
    damage: [
      "insert into allocation.exception (tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, opened_at) select :tenant, gen_random_uuid(), order_id, 'CN', 'no_stock', '{}', 1, 1, 'CNY', gen_random_uuid(), now() from orders.order where tenant_id = :tenant limit 1",
    ],
  },
  {
    invariant: 'A3-locked-orders-stay',
    damage: [
      "insert into allocation.lock (tenant_id, order_id, location_id, decision_id) select distinct on (order_id) tenant_id, order_id, 'elsewhere', gen_random_uuid() from warehouse.v_open_place where tenant_id = :tenant",
    ],
  },
  {
    invariant: 'A4-hand-decisions-are-told',
    damage: [
      "insert into allocation.manual_decision (tenant_id, decision_id, order_id, kind, reason, decided_by, decided_at, detail) select tenant_id, gen_random_uuid(), order_id, 'move', 'Flood', 'user:1', now(), '{}' from orders.order where tenant_id = :tenant",
    ],
  },
  {
    invariant: 'A5-next-tries-have-a-clock',
    damage: [
      "insert into allocation.exception (tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, opened_at, try_again_at) select :tenant, gen_random_uuid(), order_id, 'CN', 'no_room', '{}', 1, 1, 'CNY', gen_random_uuid(), now(), now() from orders.order where tenant_id = :tenant limit 1",
    ],
  },
  {
    invariant: 'A6-rules-count-once',
    damage: [
      "insert into policies.hit (tenant_id, hit_id, kind, rule_id, at, orders, sent) values (:tenant, gen_random_uuid(), 'allocation', 'cheapest', now(), 1, 0)",
    ],
  },
  {
    invariant: 'O5-reserved-units-find-a-place',
    damage: ['alter table orders.order_line drop constraint line_buckets_sum', RESERVE],
  },
  {
    invariant: 'P1-erased-leaves-nothing',
    damage: ['update orders.person set erased_at = now() where tenant_id = :tenant'],
  },
  {
    invariant: 'V1-screened-once',
    damage: ["delete from outbox.event where tenant_id = :tenant and type = 'order.screened'"],
  },
  {
    invariant: 'V2-decisions-take-effect',
    damage: [
      "insert into review.decision (tenant_id, decision_id, hold_id, order_id, decision, state, decided_by, decided_at, effective_at) values (:tenant, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'approve', 'pending', 'user:x', now(), now())",
    ],
  },
  {
    invariant: 'V3-placed-orders-are-screened',
    damage: [
      "update orders.order set commercial = 'placed' where tenant_id = :tenant",
      "delete from outbox.event where tenant_id = :tenant and type = 'order.screened'",
    ],
  },
]
