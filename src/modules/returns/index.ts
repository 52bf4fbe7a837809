// The face of returns: ask, receive, inspect, end; in bulk for imports.

export type { Inspected, UnitsOfLine } from './receive-return.ts'
export { endRequest, inspectUnits, receiveUnits } from './receive-return.ts'
export type { ReturnWish } from './request-return.ts'
export { requestReturn } from './request-return.ts'
export { type BulkReturns, type ReturnedUnits, returnUnits } from './return-units.ts'
export { returnRoutes } from './routes.ts'
export { previewLost, settleLost } from './settle-lost.ts'
export { refundReturns } from './steps.ts'
export { eraseReturnNotes, openReturns } from './store.ts'
