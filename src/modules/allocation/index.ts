// The face of allocation: its steps, its routes, and how another part makes an order look for other places.
export { allocateOrders, reallocateShort } from './allocate-orders.ts'
export { giveUpWaiting } from './follow-failures.ts'
export { converter } from './prepare-ground.ts'
export {
  followLocations,
  followRates,
  followRules,
  forgetEnded,
  reallocate,
  retryOrder,
  retrySupplied,
} from './retry-exceptions.ts'
export { allocationRoutes } from './routes.ts'
export { allocationRuleKind } from './rule-kind.ts'
