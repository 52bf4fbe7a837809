// The states of a return and what leads from one to the next.
import { machine } from '../../platform/machine.ts'

export type ReturnState = 'requested' | 'received' | 'closed' | 'refused' | 'cancelled'

export const returnMachine = machine<ReturnState>('return', {
  requested: { receive: 'received', refuse: 'refused', cancel: 'cancelled' },
  received: { receive: 'received', inspect: 'closed' },
  closed: {},
  refused: {},
  cancelled: {},
})
