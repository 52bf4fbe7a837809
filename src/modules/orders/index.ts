// The face of orders: place, load, move units, record what happened, hold, cancel.
export { previewCancellation } from './cancel-order.ts'
export { changeAddress } from './change-address.ts'
export { closeOrders, LOST_HOLD, watchMoney } from './close-orders.ts'
export {
  erasePersons,
  lockPeople,
  type PersonOrder,
  personBehind,
  personsByContact,
  personsWithOrders,
} from './erase-persons.ts'
export { expireHolds } from './expire-holds.ts'
export { extendHolds } from './extend-holds.ts'
export { findByNumber } from './find-orders.ts'
export { endHolds, placeHolds } from './hold-orders.ts'
export { addSearchKeys, indexSearch, normalisePhone } from './index-search.ts'
export { customerHistory, earlierOrders } from './know-customers.ts'
export { listOrders } from './list-orders.ts'
export { type FormerOrder, loadFormer } from './load-former.ts'
export { isBlocked, loadOrders, unitsIn } from './load-orders.ts'
export type { Bucket, Commercial } from './machine.ts'
export { moveUnits } from './move-units.ts'
export { type Placing, placeOrders } from './place-orders.ts'
export { orderProblem } from './problems.ts'
export { setPriority } from './raise-order.ts'
export { type PersonRow, personOf, personsOf } from './read-person.ts'
export { recordEvents, type Together, type Transition, transition } from './record-events.ts'
export { type RefundLine, refundDue } from './refund-due.ts'
export { cancelUnits, rejectOrders } from './reject-orders.ts'
export { reserveOrders } from './reserve-orders.ts'
export { orderRoutes } from './routes.ts'
export { serveBackorders } from './serve-backorders.ts'
export {
  breakLines,
  captureMoney,
  resumeOrders,
  reviewBackorders,
  verifyPayment,
} from './steps.ts'
export { discountsOf, ordersByNumber } from './store-numbers.ts'
export { knownOrders } from './store-placing.ts'
export { newestOrders, screenedOf } from './store-reading.ts'
export type * from './types.ts'
