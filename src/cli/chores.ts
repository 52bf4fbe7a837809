// The chores of Ordo: room ahead for what is appended, and the end of what is kept for a time.
import { learnAreas } from '../modules/allocation/index.ts'
import { LEARN_EVERY_MS, learnPaces, purgeBookings, purgeSlots } from '../modules/capacity/index.ts'
import { purgeSessions } from '../modules/identity/index.ts'
import { purgeItems, RECONCILE_EVERY_MS, reconcileInbox, tendInbox } from '../modules/inbox/index.ts'
import { purgeBuckets } from '../modules/intake/index.ts'
import { purgeComparisons } from '../modules/lab/index.ts'
import { purgeSightings } from '../modules/modes/index.ts'
import { foldRuleHits, purgeExperimentOrders, purgeRuleHours } from '../modules/policies/index.ts'
import type { Chore } from '../platform/chores.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../platform/clock.ts'
import { purgeFiles } from '../platform/files.ts'
import { forgetReplies } from '../platform/idempotency.ts'
import { purgeFeed } from '../platform/outbox/index.ts'
import { ensurePartitions } from '../platform/partitions.ts'
import { purgeAll } from '../platform/purge-expired.ts'

export const allChores: readonly Chore[] = [
  {
    name: 'learn-areas',
    every_ms: 10 * MINUTE_MS,
    run: (runtime, stopped) => purgeAll(runtime, [learnAreas], stopped),
  },
  {
    name: 'learn-paces',
    every_ms: LEARN_EVERY_MS,
    run: (runtime, stopped) => purgeAll(runtime, [learnPaces], stopped),
  },
  {
    name: 'fold-rule-hits',
    every_ms: 10 * MINUTE_MS,
    run: (runtime, stopped) => purgeAll(runtime, [foldRuleHits], stopped),
  },
  {
    name: 'inbox-tend',
    every_ms: MINUTE_MS,
    run: (runtime, stopped) => purgeAll(runtime, [tendInbox], stopped),
  },
  {
    name: 'inbox-reconcile',
    every_ms: RECONCILE_EVERY_MS,
    run: (runtime, stopped) => purgeAll(runtime, [reconcileInbox], stopped),
  },
  {
    name: 'partitions',
    every_ms: DAY_MS,
    run: ({ db, clock }) => ensurePartitions(db.sql, clock.now()),
  },
  {
    name: 'purge-feed',
    every_ms: DAY_MS,
    run: ({ db, clock }, stopped) => purgeFeed(db, clock.now(), stopped),
  },
  {
    name: 'purge-expired',
    every_ms: HOUR_MS,
    run: (runtime, stopped) =>
      purgeAll(
        runtime,
        [
          forgetReplies,
          purgeFiles,
          purgeBuckets,
          purgeItems,
          purgeRuleHours,
          purgeExperimentOrders,
          purgeComparisons,
          purgeSessions,
          purgeSightings,
          purgeBookings,
          purgeSlots,
        ],
        stopped,
      ),
  },
]
