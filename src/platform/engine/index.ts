// The engine's face: steps, jobs, the worker.

export type { DeadLetter, NewJob, StepBacklog } from './jobs.ts'
export { backlog, deadLetters, resurrect, schedule, unschedule } from './jobs.ts'
export { recover } from './recovery.ts'
export { runBatch } from './run.ts'
export type { InsideStep, Job, OutsideCall, OutsideStep, Record, Step } from './step.ts'
export { exponential, Hopeless, inside, NotYet, outside } from './step.ts'
export { type StepLoad, stepLoad } from './step-load.ts'
export type { Worker } from './worker.ts'
export { drain, startWorker } from './worker.ts'
