// The outbox's face: publishing, the feed, webhooks.
export { countEvents, type EventCount } from './count-events.ts'
export { feedEvents } from './feed.ts'
export { FEED_STEP, type NewEvent, publish } from './publish.ts'
export { purgeFeed } from './purge-feed.ts'
export { outboxRoutes } from './routes.ts'
export { retryWebhook, sendWebhooks } from './send-webhooks.ts'
