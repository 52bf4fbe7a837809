// The states of a payment intent and what leads from one to the next; amounts tell the rest.
import { machine } from '../../platform/machine.ts'

export type IntentState = 'new' | 'pending' | 'authorised' | 'captured' | 'failed' | 'expired' | 'cancelled'

/** Money that comes after `failed`, `expired` or `cancelled` is booked and goes back: the state says what the demand was told. */
export const intentMachine = machine<IntentState>('intent', {
  new: { ask: 'pending', capture: 'captured', expire: 'expired', cancel: 'cancelled' },
  pending: {
    authorise: 'authorised',
    capture: 'captured',
    fail: 'failed',
    expire: 'expired',
    cancel: 'cancelled',
  },
  authorised: { capture_part: 'authorised', capture: 'captured', cancel: 'cancelled' },
  captured: {},
  failed: {},
  expired: {},
  cancelled: {},
})
