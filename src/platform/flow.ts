// How a flow is written down: on which event which step runs, and which steps are timers or started by another step.
import type { Subscriptions } from './db.ts'
import type { Step } from './engine/index.ts'

export interface FlowRow {
  /** The event that starts the step; null for timers and steps that others schedule. */
  readonly event: string | null
  readonly step: Step
  readonly why: string
}

/** On `event`, `step` runs for what the event is about. */
export function on(event: string, step: Step, why: string): FlowRow {
  return { event, step, why }
}

/** A step that runs when its time has come, or because another step scheduled it. */
export function whenDue(step: Step, why: string): FlowRow {
  return { event: null, step, why }
}

/** The steps that each event starts, by event type. */
export function subscriptionsOf(rows: readonly FlowRow[]): Subscriptions {
  const subscriptions = new Map<string, string[]>()
  for (const row of rows) {
    if (row.event === null) continue
    const steps = subscriptions.get(row.event) ?? []
    if (!steps.includes(row.step.name)) steps.push(row.step.name)
    subscriptions.set(row.event, steps)
  }
  return subscriptions
}

/** All steps of a flow by name; two different steps of one name are refused. */
export function stepsOf(rows: readonly FlowRow[]): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>()
  for (const { step } of rows) {
    const known = steps.get(step.name)
    if (known !== undefined && known !== step) throw new Error(`two steps are called ${step.name}`)
    steps.set(step.name, step)
  }
  return steps
}
