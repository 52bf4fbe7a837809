// The step that seals: one runner per tenant, because each block follows the one before.
import { inside } from '../../platform/engine/index.ts'
import { SEAL_STEP } from './record-entries.ts'
import { sealBlock } from './seal-block.ts'

export const sealEntries = inside(SEAL_STEP, { batch: 200, serial: true, attempts: 10 }, sealBlock)
