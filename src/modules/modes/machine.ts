// The states of a promotion and what leads from one to the next.
import type { PromotionState } from '../../contracts/modes.ts'
import { machine } from '../../platform/machine.ts'

export const promotionMachine = machine<PromotionState>('promotion', {
  planned: { begin: 'active', cancel: 'cancelled', extend: 'planned' },
  active: { end: 'ended', extend: 'active' },
  ended: {},
  cancelled: {},
})
