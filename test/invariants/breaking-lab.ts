// How the invariants of the policy lab are broken on purpose: orders left waiting after the end, figures that nothing adds up to.
import type { Breaking } from './breaking.ts'

const COMPARED = (changed: number) =>
  `insert into lab.comparison (tenant_id, comparison_id, name, state, side_a, side_b, clock, stock, facts, currency, created_at, created_by, ended_at, result)
   values (:tenant, '019a0000-0000-7000-8000-000000000035', 'Test', 'done', '{}', '{}', 'decided', 'of_that_time', 'now', 'CNY', now(), 'system', now(),
           '{"changed": {"all": ${changed}}, "a": {"units": 0}, "b": {"units": 0}}')`

const QUEUED =
  "insert into lab.queue (tenant_id, comparison_id, rank, batch, order_id, at) values (:tenant, '019a0000-0000-7000-8000-000000000035', 1, 1, gen_random_uuid(), now())"

const RUNNING =
  "insert into policies.experiment (tenant_id, experiment_id, kind, name, draft_id, draft_name, share_percent, orders_wanted, reason, started_at, started_by) values (:tenant, gen_random_uuid(), 'allocation', 'Test', gen_random_uuid(), 'Draft', 10, 100, 'test', now(), 'system')"

export const labBreakings: readonly Breaking[] = [
  { invariant: 'Y1-comparisons-end-clean', damage: [COMPARED(0), QUEUED] },
  { invariant: 'Y2-comparisons-add-up', damage: [COMPARED(1)] },
  { invariant: 'Y3-experiments-decide', damage: [RUNNING] },
]
