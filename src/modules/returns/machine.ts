// The states of a return and what leads from one to the next.
import { machine } from '../../platform/machine.ts'

export type ReturnState = 'requested' | 'received' | 'closed' | 'refused' | 'cancelled'

export const returnMachine = machine<ReturnState>('return', {
  requested: { receive: 'received', refuse: 'refused', cancel: 'cancelled' },
  // taken back is what has not come yet; what lies here is still looked at
  received: { receive: 'received', inspect: 'closed', cancel: 'closed' },
  closed: {},
  refused: {},
  cancelled: {},
})
