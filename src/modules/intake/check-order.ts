// Whether a value is an order by the contract, for messages that do not come through a route with that schema.
import { Compile } from 'typebox/compile'
import { IntakeOrder } from '../../contracts/order-intake.ts'
import { readJson } from '../../platform/http/read-json.ts'
import { Problem, type ProblemItem } from '../../platform/problem.ts'
import { platformProblem } from '../../platform/problems.ts'

const ERRORS_AT_MOST = 20

export const orderValidator = Compile(IntakeOrder)

/** The order that bytes hold, or the refusal of them: not JSON, not storable, not the form of an order. */
export function readOrder(bytes: Buffer): IntakeOrder | Problem {
  try {
    return checkOrder(readJson(bytes))
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** The value as an order, or the refusal that names what does not fit. */
export function checkOrder(value: unknown): IntakeOrder | Problem {
  if (orderValidator.Check(value)) return value
  const errors = orderValidator.Errors(value).slice(0, ERRORS_AT_MOST)
  return platformProblem(
    'invalid_request',
    {},
    errors.map((error): ProblemItem => ({ code: error.keyword, pointer: error.instancePath, detail: error.message })),
  )
}
