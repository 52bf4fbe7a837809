// How the invariants of degraded mode are broken on purpose: degradations that no decision reads, decisions that do not say so, orders that nobody prices again.
import type { Breaking } from './breaking.ts'

const ID = '019a0000-0000-7000-8000-000000000003'
const FAILING = (ended: string) =>
  `insert into modes.degradation (tenant_id, degradation_id, kind, cause, keys, since, opened_at, ended_at) values (:tenant, '${ID}', 'rates', 'broken', '{}', '2020-01-01', '2020-01-01', ${ended})`
const DECIDED = `insert into allocation.degraded_decision (tenant_id, degradation_id, decision_id, order_id, decided_at) values (:tenant, '${ID}', gen_random_uuid(), gen_random_uuid(), now())`

export const degradedBreakings: readonly Breaking[] = [
  { invariant: 'N4-degradations-hold-their-facts', damage: [FAILING('null')] },
  { invariant: 'N5-degraded-decisions-say-so', damage: [FAILING("'2020-01-02'"), DECIDED] },
  { invariant: 'N6-degraded-decisions-are-settled', damage: [FAILING("'2020-01-02'"), DECIDED] },
  { invariant: 'N7-degradations-are-watched', damage: [FAILING('null')] },
]
