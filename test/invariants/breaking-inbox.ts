// How the invariants of the inbox are broken on purpose: things that nobody lists, items of nothing, items without their history.
import type { Breaking } from './breaking.ts'

const ITEM =
  "insert into inbox.item (tenant_id, item_id, kind, source_id, subject, title, reason, mass, due_at, rank, opened_at, noticed_at) values (:tenant, gen_random_uuid(), 'staged', gen_random_uuid(), gen_random_uuid(), 'X-1', 'no_lines', 1, now(), 0, now(), now())"

export const inboxBreakings: readonly Breaking[] = [
  {
    invariant: 'I1-open-things-have-an-item',
    damage: [
      "insert into engine.dead_letter (tenant_id, step, job_id, subject, attempts, error, died_at) values (:tenant, 'orders.capture', gen_random_uuid(), gen_random_uuid(), 5, 'broken', now())",
    ],
  },
  { invariant: 'I2-items-have-their-thing', damage: [ITEM] },
  { invariant: 'I3-items-remember', damage: [ITEM] },
]
