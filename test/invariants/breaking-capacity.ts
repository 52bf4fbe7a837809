// How the invariants of capacity are broken on purpose: slots that forget a booking, bookings of work that is not there, or of more than there is.
import type { Breaking } from './breaking.ts'
import { LINE, ORDER } from './breaking-fulfilment.ts'

const SLOT =
  "insert into capacity.slot (tenant_id, location_id, starts_at, ends_at, orders, lines, seconds) values (:tenant, 'X1', '2030-01-01', '2030-01-02', 1, 1, 60)"

export const capacityBreakings: readonly Breaking[] = [
  { invariant: 'L1-slots-hold-their-bookings', damage: [SLOT] },
  {
    invariant: 'L2-bookings-follow-work',
    damage: [
      SLOT,
      "insert into capacity.booking (tenant_id, fulfilment_id, location_id, starts_at, lines, seconds, booked_at) values (:tenant, gen_random_uuid(), 'X1', '2030-01-01', 1, 60, now())",
    ],
  },
  {
    invariant: 'L3-bookings-fit-their-work',
    damage: [
      SLOT,
      ORDER,
      LINE,
      "insert into capacity.booking (tenant_id, fulfilment_id, location_id, starts_at, lines, seconds, booked_at) values (:tenant, '00000000-0000-7000-8000-000000000001', 'X1', '2030-01-01', 2, 60, now())",
    ],
  },
]
