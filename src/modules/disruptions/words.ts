// What the steps of disruptions say to each other: the payload of their jobs, counts that begin at nothing.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Job } from '../../platform/engine/index.ts'
import type { Counted } from './store.ts'

export const TAKE_OUT = 'disruptions.take-out'
export const BRING_BACK = 'disruptions.bring-back'
export const SETTLE = 'disruptions.settle'
export const ROLL = 'disruptions.roll'
export const END = 'disruptions.end'

const OfDisruption = Compile(Type.Object({ disruption_id: Type.String() }))

/** An order of a disruption, from a job whose subject is the order. */
export function jobOf({ subject, payload }: Job): { disruption_id: string; order_id: string }[] {
  return OfDisruption.Check(payload) ? [{ disruption_id: payload.disruption_id, order_id: subject }] : []
}

export const nothing: Counted = {
  waiting: 0,
  moved: 0,
  part: 0,
  inbox: 0,
  kept: 0,
  waits: 0,
  gone: 0,
  returned: 0,
  elsewhere: 0,
  stays: 0,
}
