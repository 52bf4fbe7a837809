// The engine's face: steps, jobs, the worker.
export { backlog, deadLetters, resurrect, schedule, unschedule } from './jobs.ts'
export type { DeadLetter, NewJob, StepBacklog } from './jobs.ts'
export { recover } from './recovery.ts'
export { runBatch } from './run.ts'
export { exponential, Hopeless, inside, NotYet, outside } from './step.ts'
export type { InsideStep, Job, OutsideCall, OutsideStep, Record, Step } from './step.ts'
export { drain, startWorker } from './worker.ts'
export type { Worker } from './worker.ts'
