// Payment's face: money of demands, whatever a demand is.
export type { Intent as Balance, Method } from './intent.ts'
export type { Capture, Refund, Release } from './move-money.ts'
export { captureFor, refund, releaseMoney } from './move-money.ts'
export { conditionOf, openIntents } from './open-intents.ts'
export { type BookingView, balances, journalOf } from './read-balances.ts'
export type { Condition } from './rules.ts'
export type { NewIntent } from './store.ts'
