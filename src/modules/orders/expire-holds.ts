// Holds whose time is over: a review hold rejects its order unless the hold's own policy says to let it go.
import { inside } from '../../platform/engine/index.ts'
import { EXPIRE_HOLD, endHolds } from './hold-orders.ts'
import { loadOrders } from './load-orders.ts'
import { rejectOrders } from './reject-orders.ts'
import { ordersOfHolds } from './store.ts'
import { lockHolds } from './store-holds.ts'

/** Kinds of hold that nobody decided in time and that therefore end the order; the others are released. */
const REJECTED_WHEN_EXPIRED: readonly string[] = ['review', 'fraud_check']

/** A timer, its subject the hold. */
export const expireHolds = inside(EXPIRE_HOLD, { batch: 100 }, async (tx, jobs) => {
  const ids = jobs.map((job) => job.subject)
  // Locked before they are judged: a hold that a person ends or prolongs at this moment ends no order.
  const open = await ordersOfHolds(tx, ids)
  await loadOrders(
    tx,
    open.map((hold) => hold.order_id),
    { lock: true },
  )
  const due = (await lockHolds(tx, ids)).filter((hold) => hold.expires_at !== null && hold.expires_at <= tx.now)
  const rejecting = due.filter((hold) => REJECTED_WHEN_EXPIRED.includes(hold.kind))
  await endHolds(
    tx,
    due.map((hold) => hold.hold_id),
    'expired',
  )
  const orders = await loadOrders(
    tx,
    rejecting.map((hold) => hold.order_id),
    { lock: true },
  )
  await rejectOrders(
    tx,
    orders.filter((order) => order.commercial === 'placed' || order.commercial === 'confirmed'),
    'hold_expired',
  )
})
