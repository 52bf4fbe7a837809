// The face of the inbox: its steps, what is swept now and then, its routes.
export {
  checkPromises,
  followSources,
  RECONCILE_EVERY_MS,
  reconcileInbox,
  tendInbox,
  wakeSnoozed,
} from './follow-sources.ts'
export { inboxRoutes } from './routes.ts'
export { eraseItemNotes, purgeItems } from './store-work.ts'
