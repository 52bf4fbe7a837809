// The face of allocation: its steps, its routes, and how another part makes an order look for other places.
export { allocateOrders, currencyOf, reallocateRejected, reallocateShort } from './allocate-orders.ts'
export { checkWay, type SeenWay } from './check-way.ts'
export { degradationRoutes } from './degradation-routes.ts'
export { endWaiting, giveUpWaiting } from './follow-failures.ts'
export { type Haste, hasten, lookQuicker } from './hasten-order.ts'
export { letInAgain } from './lift-refusals.ts'
export { converter } from './prepare-ground.ts'
export type { Quicker, QuickerWay } from './quicker-ways.ts'
export { learnAreas, reconcileOrders } from './reconcile-orders.ts'
export { type HeldPlace, type Replanned, replan } from './replan-orders.ts'
export * from './replay-face.ts'
export {
  allocationJobs,
  followCancelled,
  followDisruptions,
  followLocations,
  followPromotions,
  followRates,
  followRules,
  forgetEnded,
  goOnRoom,
  reallocate,
  retryOrder,
  retryRoom,
  retrySupplied,
  retryWaiting,
  takeRoom,
  tryAgain,
} from './retry-exceptions.ts'
export { allocationRoutes } from './routes.ts'
export { allocationRuleKind } from './rule-kind.ts'
export { sayNextTry } from './say-next-try.ts'
export { sendFrom } from './send-from.ts'
export { staysOf } from './store-exceptions.ts'
export { eraseHandReasons } from './store-hand.ts'
export { watchCircuits } from './watch-circuits.ts'
export { type OwnWaysOut, ownWaysOut, type WaysOut, waysOutOf } from './ways-out.ts'
