// The audit's face: entries are recorded with their effect, sealed in blocks, and verified.
export { record } from './record-entries.ts'
export { auditRoutes } from './routes.ts'
export { type ChainFault, verifyChain } from './seal-block.ts'
export { sealEntries } from './steps.ts'
