// How the invariants of disruptions are broken on purpose: work where everything is closed, orders without an outcome, sums that are wrong.
import type { Breaking } from './breaking.ts'

const CLOSED = (state: string) =>
  `insert into disruptions.disruption (tenant_id, disruption_id, name, reason, scope, location_ids, from_at, state, currency, created_at, created_by, applied_at)
   values (:tenant, '019a0000-0000-7000-8000-000000000001', 'Flood', 'flood', '{}', '{HZ1}', '2020-01-01', '${state}', 'CNY', now(), 'system', '2020-01-01')`

const AFFECTED =
  "insert into disruptions.affected (tenant_id, disruption_id, order_id, rank, plan, units, unmet, places, targets) values (:tenant, '019a0000-0000-7000-8000-000000000001', gen_random_uuid(), 1, 'move', 1, 0, '[]', '[]')"

export const disruptionBreakings: readonly Breaking[] = [
  { invariant: 'X1-nothing-planned-where-closed', damage: [CLOSED('active')] },
  { invariant: 'X2-affected-orders-are-settled', damage: [CLOSED('active'), AFFECTED] },
  { invariant: 'X3-disruptions-count-their-orders', damage: [CLOSED('undone'), AFFECTED] },
]
