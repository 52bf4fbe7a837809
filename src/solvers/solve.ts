// The solvers by JSON: an instance is checked against its schema before it is solved, and every fault is named with its place.
import { Compile } from 'typebox/compile'
import { type Assigned, assign } from './assign.ts'
import { AssignInstance, BatchInstance, SourcingInstance } from './solve-schema.ts'
import { type Sourcing, sourceOrder } from './sourcing.ts'
import { type BatchSourcing, defaultBatchEffort, sourceBatch } from './sourcing-batch.ts'
import { misfits } from './sourcing-input.ts'

const assignCheck = Compile(AssignInstance)
const sourcingCheck = Compile(SourcingInstance)
const batchCheck = Compile(BatchInstance)
const most_rounds = 10_000_000

/** Solves an assignment given as JSON; `now` tells milliseconds for the limit in seconds. Throws RangeError naming what does not fit. */
export function solveAssign(instance: unknown, now: () => number): Pick<Assigned, 'location_of' | 'cost' | 'bound'> {
  if (!assignCheck.Check(instance)) throw misfit(told(assignCheck.Errors(instance)))
  const answer = assign(instance, { seconds: instance.seconds ?? 5, now, max_rounds: most_rounds, seed: 1 })
  return { location_of: answer.location_of, cost: answer.cost, bound: answer.bound }
}

/** Sources one order (`order`), or many together (`orders`), given as JSON. Throws RangeError naming what does not fit. */
export function solveSourcing(instance: unknown): Sourcing | BatchSourcing {
  if (typeof instance === 'object' && instance !== null && 'orders' in instance) return solveBatch(instance)
  if (!sourcingCheck.Check(instance)) throw misfit(told(sourcingCheck.Errors(instance)))
  refuse(misfits(instance.network, instance.order, '/order'))
  return sourceOrder(instance.network, instance.order)
}

function solveBatch(instance: object): BatchSourcing {
  if (!batchCheck.Check(instance)) throw misfit(told(batchCheck.Errors(instance)))
  const { network, orders, capacities, wait, seed } = instance
  refuse(orders.flatMap((order, o) => misfits(network, order, `/orders/${o}`)))
  if (wait.length !== orders.length) refuse([`/wait must have ${orders.length} prices, one per order`])
  refuse(
    capacities.flatMap(({ location }, k) =>
      location < network.locations.length ? [] : [`/capacities/${k}/location there is no location ${location}`],
    ),
  )
  return sourceBatch({ network, orders, capacities, wait }, { ...defaultBatchEffort, seed: seed ?? 1 })
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw misfit(faults)
}

function told(faults: readonly { readonly instancePath: string; readonly message: string }[]): string[] {
  return faults.map((fault) => `${fault.instancePath || '/'} ${fault.message}`)
}

function misfit(faults: readonly string[]): RangeError {
  return new RangeError(`the instance does not fit its schema: ${faults.slice(0, 10).join('; ')}`)
}
