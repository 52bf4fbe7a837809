// The warehouse's face: plan, release, pick, pack, hand over, take out what is cancelled.
export { fulfilmentMachine } from './machine.ts'
export type { FulfilmentState } from './machine.ts'
export { plan } from './plan-fulfilments.ts'
export type { PlannedFulfilment } from './plan-fulfilments.ts'
export { releaseFulfilments } from './release-fulfilments.ts'
