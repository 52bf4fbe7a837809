// How the invariants of warehouse, shipping, tracking and returns are broken on purpose: rows that nothing stands behind.
import type { Breaking } from './breaking.ts'

export const ORDER =
  "insert into warehouse.fulfilment_order (tenant_id, fulfilment_id, location_id, state, ship_by, planned_at) values (:tenant, '00000000-0000-7000-8000-000000000001', 'HZ1', 'released', now(), now())"
export const LINE =
  "insert into warehouse.fulfilment_line (tenant_id, fulfilment_id, order_id, line_no, fulfilment_line_no, sku, quantity, to_pick) select :tenant, '00000000-0000-7000-8000-000000000001', order_id, line_no, line_no, sku, 1, 1 from orders.order_line where tenant_id = :tenant limit 1"
const PARCEL =
  "insert into shipping.parcel (tenant_id, parcel_id, fulfilment_id, location_id, carrier, service, state, sscc, tracking_number, weight_grams, packed_at) values (:tenant, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'HZ1', 'x', 'y', 'labelled', '000000000000000017', 'X1', 1, now())"
const INSIDE =
  "insert into shipping.parcel_line (tenant_id, parcel_id, order_id, line_no, sku, quantity) select :tenant, '00000000-0000-7000-8000-000000000002', order_id, line_no, sku, 1 from orders.order_line where tenant_id = :tenant limit 1"
const RETURN =
  "insert into returns.return (tenant_id, return_id, order_id, state, reason, requested_by, currency, refund_due, requested_at) select :tenant, '00000000-0000-7000-8000-000000000003', order_id, 'closed', 'x', 'y', 'CNY', 5, now() from orders.order where tenant_id = :tenant limit 1"
const BACK =
  "insert into returns.return_line (tenant_id, return_id, order_id, line_no, sku, quantity, awaited, restocked) select :tenant, '00000000-0000-7000-8000-000000000003', order_id, line_no, sku, 1, 0, 1 from orders.order_line where tenant_id = :tenant limit 1"
const REJECTION =
  "insert into warehouse.rejection (tenant_id, rejection_id, fulfilment_id, location_id, reason, out_for, actor, at) values (:tenant, '00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000001', 'HZ1', 'damaged', 'lines', 'x', now())"
const REJECTED =
  "insert into warehouse.rejection_line (tenant_id, rejection_id, order_id, line_no, sku, quantity, in_hand, written_down) select :tenant, '00000000-0000-7000-8000-000000000004', order_id, line_no, sku, 1, 0, 1 from orders.order_line where tenant_id = :tenant limit 1"
const state = (to: string) => `update shipping.parcel set state = '${to}' where tenant_id = :tenant`

export const fulfilmentBreakings: readonly Breaking[] = [
  { invariant: 'W2-packed-is-in-parcels', damage: [ORDER, LINE, PARCEL, INSIDE] },
  { invariant: 'W3-lines-agree-with-orders', damage: [ORDER, LINE] },
  {
    invariant: 'W4-shorts-are-scanned',
    damage: [
      ORDER,
      LINE,
      "update warehouse.fulfilment_line set to_pick = 0, short = 1 where tenant_id = :tenant and fulfilment_id = '00000000-0000-7000-8000-000000000001'",
    ],
  },
  {
    invariant: 'W5-states-fit-units',
    damage: [ORDER, LINE, "update warehouse.fulfilment_order set state = 'shipped' where tenant_id = :tenant"],
  },
  {
    invariant: 'W6-put-backs-lie-unsellable',
    damage: [
      "insert into warehouse.put_back (tenant_id, put_back_id, location_id, sku, quantity, fulfilment_id, order_id, line_no, opened_at) values (:tenant, gen_random_uuid(), 'HZ1', 'SKU-1', 1, gen_random_uuid(), gen_random_uuid(), 1, now())",
    ],
  },
  { invariant: 'W7-work-is-allocated', damage: [ORDER, LINE] },
  { invariant: 'W8-rejections-do-what-they-say', damage: [ORDER, LINE, REJECTION, REJECTED] },
  {
    invariant: 'O5-planned-work',
    damage: [
      ORDER,
      LINE,
      "update warehouse.fulfilment_order set state = 'planned' where tenant_id = :tenant",
      'delete from engine.job where tenant_id = :tenant',
    ],
  },
  {
    invariant: 'O5-labels-are-coming',
    damage: [
      ORDER,
      LINE,
      PARCEL,
      state('packed'),
      "update warehouse.fulfilment_order set state = 'packed' where tenant_id = :tenant",
    ],
  },
  { invariant: 'O5-parcels-are-watched', damage: [PARCEL, state('handed_over')] },
  { invariant: 'O5-owed-refunds', damage: [RETURN] },
  {
    invariant: 'H1-labels-used-or-voided',
    damage: [
      PARCEL,
      state('handed_over'),
      "insert into shipping.label (tenant_id, label_id, parcel_id, carrier, key, tracking_number, bought_at) select tenant_id, gen_random_uuid(), parcel_id, carrier, 'k', tracking_number, now() from shipping.parcel where tenant_id = :tenant",
    ],
  },
  { invariant: 'H2-one-number-per-parcel', damage: [PARCEL] },
  {
    invariant: 'H4-tracks-follow-scans',
    damage: [
      "insert into tracking.parcel (tenant_id, parcel_id, carrier, tracking_number, rank, status, watched_since) values (:tenant, gen_random_uuid(), 'x', 'X1', 90, 'delivered', now())",
    ],
  },
  { invariant: 'H6-arrived-is-delivered', damage: [PARCEL, INSIDE, state('delivered')] },
  { invariant: 'R1-returns-agree-with-orders', damage: [RETURN, BACK] },
  { invariant: 'R2-refunds-within-paid', damage: [RETURN] },
  { invariant: 'R3-restocked-once', damage: [RETURN, BACK] },
]
