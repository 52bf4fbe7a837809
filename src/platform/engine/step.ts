// What a step is: a name, how many jobs at a time, and the work. Inside steps are one transaction; outside steps lease, call, record.
import type { Tx } from '../db.ts'
import type { Runtime } from '../runtime.ts'

/** A job as a step sees it: `subject` is the aggregate it is about. */
export interface Job {
  readonly job_id: string
  readonly subject: string
  readonly attempts: number
  readonly payload: unknown
}

export interface StepOptions {
  /** Jobs at most in one batch. */
  batch: number
  /** Failures of one job before it is dead-lettered. */
  attempts?: number
  /** One runner per tenant at a time: for steps that own a counter or a chain. */
  serial?: boolean
  /**
   * Events on which it runs at once: for the whole batch, in the transaction of the inside step that told them, so that no job is written,
   * claimed and deleted. Only where it takes no lock that comes earlier in the lock order than what that step holds.
   */
  at_once?: readonly string[]
}

export interface InsideStep {
  readonly kind: 'inside'
  readonly name: string
  readonly batch: number
  readonly attempts: number
  readonly serial: boolean
  readonly at_once: readonly string[]
  readonly run: (tx: Tx, jobs: readonly Job[]) => Promise<void>
}

/** What an outside step answers once the call is made: how its outcome is recorded, in the transaction that ends the job. */
export type Record = (tx: Tx) => Promise<void>

export interface OutsideStep {
  readonly kind: 'outside'
  readonly name: string
  readonly batch: number
  readonly attempts: number
  readonly lease_ms: number
  /** Waiting time before attempt n + 1, in milliseconds. */
  readonly backoff: (attempts: number) => number
  readonly run: (call: OutsideCall, job: Job) => Promise<Record>
}

/** What an outside step may use: transactions to read what it needs, and the process' runtime. Its idempotency key is the job id. */
export interface OutsideCall {
  readonly tenant: string
  readonly runtime: Runtime
  readonly signal: AbortSignal
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
}

export type Step = InsideStep | OutsideStep

/** Throw it in a step to come back later without counting a failure: the other side is not ready. */
export class NotYet extends Error {
  readonly wait_ms: number
  constructor(wait_ms: number, reason: string) {
    super(reason)
    this.wait_ms = wait_ms
  }
}

/** Throw it in a step to dead-letter a job at once: trying again cannot help. */
export class Hopeless extends Error {}

/** A set-based step: claim, `run` and delete are ONE transaction, so a crash loses and repeats nothing. */
export function inside(name: string, options: StepOptions, run: InsideStep['run']): InsideStep {
  return {
    kind: 'inside',
    name,
    batch: options.batch,
    attempts: options.attempts ?? 5,
    serial: options.serial ?? false,
    at_once: options.at_once ?? [],
    run,
  }
}

/** A step that calls another system: leased, called with the job id as idempotency key, recorded. At least once. */
export function outside(
  name: string,
  options: { batch: number; attempts?: number; lease_ms?: number; backoff?: (attempts: number) => number },
  run: OutsideStep['run'],
): OutsideStep {
  const { batch, attempts = 10, lease_ms = 60_000, backoff = exponential } = options
  return { kind: 'outside', name, batch, attempts, lease_ms, backoff, run }
}

/** 1 s, 2 s, 4 s … at most ten minutes, in milliseconds. */
export function exponential(attempts: number): number {
  return Math.min(1000 * 2 ** Math.min(attempts, 20), 600_000)
}
