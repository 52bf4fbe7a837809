// The states of a comparison and what leads from one to the next.
import type { ComparisonState } from '../../contracts/lab.ts'
import { machine } from '../../platform/machine.ts'

export const comparisonMachine = machine<ComparisonState>('comparison', {
  waiting: { start: 'running', fail: 'failed', cancel: 'cancelled' },
  running: { finish: 'done', fail: 'failed', cancel: 'cancelled' },
  done: {},
  cancelled: {},
  failed: {},
})
