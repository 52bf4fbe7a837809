// Which test walks which crash point: those around calls to others need others to call.
import { type CrashPoint, crashPoints } from '../../src/platform/fault.ts'

const isAroundCall = (point: CrashPoint) => point.startsWith('outside:')

/** Passed by card payments, webhooks and mail: outside-calls.db.test.ts. */
export const aroundCalls = crashPoints.filter(isAroundCall)

/** Passed by every order that comes over HTTP: crash-points.db.test.ts. */
export const onTheWay = crashPoints.filter((point) => !isAroundCall(point))
