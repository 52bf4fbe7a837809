// The face of disruptions: draft, apply, undo, look; their steps and routes.
export { applyDisruption, takeOutOrders } from './apply-disruption.ts'
export { draftDisruption } from './draft-disruption.ts'
export { planDisruption } from './plan-disruption.ts'
export { rollOrders } from './roll-orders.ts'
export { disruptionRoutes } from './routes.ts'
export { settleOrders } from './settle-orders.ts'
export { bringBackOrders, endInTime, undoDisruption } from './undo-disruption.ts'
export { viewDisruption } from './view-disruptions.ts'
