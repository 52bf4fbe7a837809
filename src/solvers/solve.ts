// The solvers by JSON: an instance is checked against its schema before it is solved, and every fault is named with its place.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Assigned, assign } from './assign.ts'
import { type Sourcing, sourceOrder } from './sourcing.ts'

const Numbers = Type.Array(Type.Number(), { maxItems: 1_000_000 })
const Matrix = Type.Array(Numbers, { minItems: 1, maxItems: 10_000 })

/** Orders → locations with capacity, one location each; cost and weight are `[location][order]`, `seconds` bounds the search. */
export const AssignInstance = Type.Object({
  cost: Matrix,
  weight: Matrix,
  capacity: Numbers,
  sense: Type.Enum(['min', 'max']),
  seconds: Type.Optional(Type.Number({ minimum: 0.01, maximum: 600 })),
})

const Lane = Type.Union([
  Type.Object({
    rates: Type.Object({ upto_grams: Numbers, price: Numbers, mm3_per_gram: Type.Number() }),
    carbon_part: Type.Number(),
    carbon_gram: Type.Number(),
  }),
  Type.Null(),
])

/** One order over a network, in the words of sourcing-model.ts. */
export const SourcingInstance = Type.Object({
  network: Type.Object({
    locations: Type.Array(
      Type.Object({
        capabilities: Type.Integer(),
        handling_part: Type.Number(),
        handling_line: Type.Number(),
        load_part: Type.Number(),
        load_line: Type.Number(),
      }),
      { minItems: 1, maxItems: 1_000 },
    ),
    skus: Type.Integer({ minimum: 1 }),
    stock: Numbers,
    depletion: Type.Union([Numbers, Type.Null()]),
    keep_apart: Type.Array(Type.Integer(), { maxItems: 32 }),
  }),
  order: Type.Object({
    lines: Type.Array(
      Type.Object({
        sku: Type.Integer({ minimum: 0 }),
        quantity: Type.Integer({ minimum: 1 }),
        weight_grams: Type.Number(),
        volume_mm3: Type.Number(),
        value: Type.Number(),
        needs: Type.Integer(),
        kit: Type.Integer({ minimum: -1 }),
        hazard: Type.Integer({ minimum: 0 }),
      }),
      { minItems: 1, maxItems: 2_000 },
    ),
    kits: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 2_000 }),
    lanes: Type.Array(Lane, { minItems: 1, maxItems: 1_000 }),
    lateness: Type.Union([Numbers, Type.Null()]),
    split: Type.Object({
      penalty: Type.Number(),
      max_parts: Type.Integer({ minimum: 1 }),
      min_part_value: Type.Number(),
      min_rest_value: Type.Number(),
      lines: Type.Boolean(),
    }),
    unmet: Type.Union([Numbers, Type.Null()]),
  }),
})

const assignCheck = Compile(AssignInstance)
const sourcingCheck = Compile(SourcingInstance)

/** Solves an assignment given as JSON; `now` tells milliseconds for the limit in seconds. Throws RangeError naming what does not fit. */
export function solveAssign(instance: unknown, now: () => number): Pick<Assigned, 'location_of' | 'cost' | 'bound'> {
  if (!assignCheck.Check(instance)) throw misfit(assignCheck.Errors(instance))
  const answer = assign(instance, { seconds: instance.seconds ?? 5, now, max_rounds: 1_000_000, seed: 1 })
  return { location_of: answer.location_of, cost: answer.cost, bound: answer.bound }
}

/** Sources one order given as JSON. Throws RangeError naming what does not fit. */
export function solveSourcing(instance: unknown): Sourcing {
  if (!sourcingCheck.Check(instance)) throw misfit(sourcingCheck.Errors(instance))
  return sourceOrder(instance.network, instance.order)
}

function misfit(faults: readonly { readonly instancePath: string; readonly message: string }[]): RangeError {
  const told = faults.slice(0, 10).map((fault) => `${fault.instancePath || '/'} ${fault.message}`)
  return new RangeError(`the instance does not fit its schema: ${told.join('; ')}`)
}
