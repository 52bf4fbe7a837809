// The face of notifications: what customers are told, and when.
export type { Kind } from './kinds.ts'
export { notificationRoutes } from './routes.ts'
export {
  sendMessages,
  tellBackordered,
  tellCancelled,
  tellConfirmed,
  tellDelayed,
  tellDelivered,
  tellRefunded,
  tellShipped,
} from './steps.ts'
