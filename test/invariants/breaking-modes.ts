// How the invariants of modes are broken on purpose: promotions that no decision sees, that never end, overrides of nothing.
import type { Breaking } from './breaking.ts'

const PROMOTION =
  "insert into modes.promotion (tenant_id, promotion_id, name, reason, from_at, until_at, state, frozen, created_at, created_by) values (:tenant, '019a0000-0000-7000-8000-000000000002', 'Sale', 'sale', '2030-01-01', '2030-01-02', 'planned', true, now(), 'system')"

export const modeBreakings: readonly Breaking[] = [
  { invariant: 'N1-promotions-hold-their-facts', damage: [PROMOTION] },
  { invariant: 'N2-promotions-will-end', damage: [PROMOTION] },
  {
    invariant: 'N3-overrides-were-within-a-freeze',
    damage: [
      "insert into modes.freeze_override (tenant_id, override_id, promotion_id, what, reason, at, actor) values (:tenant, gen_random_uuid(), gen_random_uuid(), 'allocation', 'fire', now(), 'system')",
    ],
  },
]
