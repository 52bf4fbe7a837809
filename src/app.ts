// What Ordo is made of: the steps of the flow, the routes of the modules, and a runtime to give them.
import { flow } from './flow.ts'
import { allocationRoutes, allocationRuleKind, degradationRoutes } from './modules/allocation/index.ts'
import * as audit from './modules/audit/index.ts'
import { capacityRoutes } from './modules/capacity/index.ts'
import { catalogRoutes } from './modules/catalog/index.ts'
import { disruptionRoutes } from './modules/disruptions/index.ts'
import { identityRoutes } from './modules/identity/index.ts'
import { inboxRoutes } from './modules/inbox/index.ts'
import { insightRoutes } from './modules/insights/index.ts'
import { intakeRoutes } from './modules/intake/index.ts'
import { inventoryRoutes } from './modules/inventory/index.ts'
import { labRoutes } from './modules/lab/index.ts'
import { modeRoutes } from './modules/modes/index.ts'
import { notificationRoutes } from './modules/notifications/index.ts'
import { orderRoutes } from './modules/orders/index.ts'
import { paymentRoutes } from './modules/payment/index.ts'
import { policyRoutes } from './modules/policies/index.ts'
import { privacyRoutes } from './modules/privacy/index.ts'
import { returnRoutes } from './modules/returns/index.ts'
import { reviewRoutes, reviewRuleKind } from './modules/review/index.ts'
import { shippingRoutes } from './modules/shipping/index.ts'
import { trackingRoutes } from './modules/tracking/index.ts'
import { warehouseRoutes } from './modules/warehouse/index.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { openDatabase } from './platform/db.ts'
import { stepsOf, subscriptionsOf } from './platform/flow.ts'
import type { RecordAudit } from './platform/http/call.ts'
import type { Route } from './platform/http/route.ts'
import { type Randomness, systemRandomness } from './platform/ids.ts'
import { openLog } from './platform/log.ts'
import { outboxRoutes } from './platform/outbox/index.ts'
import type { Runtime, Settings } from './platform/runtime.ts'
import { openSecrets } from './platform/secrets.ts'

export const subscriptions = subscriptionsOf(flow)
export const steps = stepsOf(flow)

/** Every route of Ordo. */
export const allRoutes: readonly Route[] = [
  ...identityRoutes,
  ...audit.auditRoutes,
  ...catalogRoutes,
  ...intakeRoutes,
  ...inventoryRoutes,
  ...orderRoutes,
  ...paymentRoutes,
  ...outboxRoutes,
  ...notificationRoutes,
  ...reviewRoutes,
  ...allocationRoutes,
  ...degradationRoutes,
  ...capacityRoutes,
  ...disruptionRoutes,
  ...modeRoutes,
  ...policyRoutes([allocationRuleKind, reviewRuleKind]),
  ...labRoutes,
  ...shippingRoutes,
  ...warehouseRoutes,
  ...trackingRoutes,
  ...returnRoutes,
  ...inboxRoutes,
  ...privacyRoutes,
  ...insightRoutes,
]

/** Writes the audit rows of a request in the transaction of its effect. */
export const recordAudit: RecordAudit = audit.record

export interface RuntimeOptions {
  readonly app_url: string
  readonly keys: string
  readonly role?: string
  readonly clock?: Clock
  readonly randomness?: Randomness
  readonly log_level?: string
  readonly connections?: number
  readonly tries?: number
  readonly settings?: Partial<Settings>
}

/** Opens the runtime of a process: database, clock, secrets, log. */
export function openRuntime(options: RuntimeOptions): Runtime {
  const clock = options.clock ?? systemClock
  const randomness = options.randomness ?? systemRandomness
  const log = openLog(options.log_level ?? 'info')
  return {
    db: openDatabase({
      url: options.app_url,
      clock,
      log,
      subscriptions,
      max: options.connections ?? 16,
      ...(options.tries === undefined ? {} : { tries: options.tries }),
      ...(options.role === undefined ? {} : { role: options.role }),
    }),
    clock,
    randomness,
    log,
    secrets: openSecrets(options.keys, randomness),
    settings: {
      public_url: 'http://127.0.0.1:4600',
      smtp_url: null,
      mail_from: 'ordo@localhost',
      allow_private_addresses: false,
      ...options.settings,
    },
  }
}
