// The face of the policy lab: its routes, the step of its replays, and the end of what is kept for a time.
export { purgeComparisons } from './ask-comparison.ts'
export { labRoutes } from './routes.ts'
export { failGivenUp, replayOrders } from './run-replay.ts'
