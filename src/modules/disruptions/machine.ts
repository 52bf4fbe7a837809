// The states of a disruption and what leads from one to the next.
import type { DisruptionState } from '../../contracts/disruptions.ts'
import { machine } from '../../platform/machine.ts'

export const disruptionMachine = machine<DisruptionState>('disruption', {
  draft: { discard: 'discarded' },
  planned: { plan: 'draft', apply: 'applying', discard: 'discarded' },
  applying: {},
  active: { undo: 'undoing', end: 'ended' },
  undoing: {},
  undone: {},
  ended: {},
  discarded: {},
})
