// The engine's face: steps, jobs, the worker.

export { revive } from './dead-letters.ts'
export type { DeadLetter, NewJob } from './jobs.ts'
export { deadLetters, deadLettersOf, payloadsOf, schedule, scheduleOnce, unschedule } from './jobs.ts'
export { runBatch } from './run.ts'
export type { InsideStep, Job, OutsideCall, OutsideStep, Record, Step } from './step.ts'
export { inside, NotYet, outside } from './step.ts'
export { type StepLoad, stepLoad } from './step-load.ts'
export type { Worker } from './worker.ts'
export { drain, startWorker } from './worker.ts'
