// The states of a fulfilment order and what leads from one to the next.
import { machine } from '../../platform/machine.ts'

export type FulfilmentState = 'planned' | 'released' | 'picking' | 'packed' | 'shipped' | 'cancelled'

export const fulfilmentMachine = machine<FulfilmentState>('fulfilment', {
  planned: { release: 'released', cancel: 'cancelled' },
  released: { pick: 'picking', short: 'released', cancel: 'cancelled' },
  picking: { pick: 'picking', short: 'picking', pack: 'packed', cancel: 'cancelled' },
  packed: { unpack: 'picking', hand_over: 'shipped', cancel: 'cancelled' },
  shipped: {},
  cancelled: {},
})
