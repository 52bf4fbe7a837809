// The face of tracking: take in scans, watch what has left, links for customers.

export type { ExceptionOutcome } from './close-exception.ts'
export { closeException } from './close-exception.ts'
export type { ScanCode } from './rank-scans.ts'
export { scanCodes } from './rank-scans.ts'
export type { Recorded } from './record-scans.ts'
export { recordScans } from './record-scans.ts'
export { trackingRoutes } from './routes.ts'
export { readToken, signOrder, trackingLink } from './sign-link.ts'
export { checkParcels, followParcels, watchParcels } from './steps.ts'
export type { CarrierScan } from './store.ts'
export { eraseExceptionNotes } from './store.ts'
export { viewTracking } from './view-tracking.ts'
