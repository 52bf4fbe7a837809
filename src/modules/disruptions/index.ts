// The face of disruptions: their steps and routes.
export { takeOutOrders } from './apply-disruption.ts'
export { planDisruption } from './plan-disruption.ts'
export { rollOrders } from './roll-orders.ts'
export { disruptionRoutes } from './routes.ts'
export { settleOrders } from './settle-orders.ts'
export { bringBackOrders, endInTime } from './undo-disruption.ts'
