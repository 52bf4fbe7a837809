// The face of privacy: whom personal data belongs to, and how it is erased for good.
export { type ErasureLine, exportErasures, Reason as ErasureReasons, replayErasures } from './replay-erasures.ts'
export { privacyRoutes } from './routes.ts'
