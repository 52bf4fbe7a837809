// The face of intake: orders come in, one at a time, by the thousand or from files; nothing that came in is dropped.
export { checkOrder } from './check-order.ts'
export { type Incoming, incoming, type Outcome } from './incoming.ts'
export { placeMessages } from './place-messages.ts'
export { keep, onOrdersKept, ordersUnderWay } from './receive-order.ts'
export { intakeRoutes } from './routes.ts'
export { replayMessages } from './steps.ts'
