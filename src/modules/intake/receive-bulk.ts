// Thousands of orders in one request: each is checked, kept, staged or refused by itself, and the answer names each by its place.
import { hash } from 'node:crypto'
import type { Static } from 'typebox'
import { type BulkReply, type BulkResult, ORDERS_AT_MOST } from '../../contracts/order-intake.ts'
import { Problem, problemBody } from '../../platform/problem.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Context } from '../../platform/runtime.ts'
import { readOrder } from './check-order.ts'
import { incoming, type Outcome, type Request } from './incoming.ts'
import { intakeProblem } from './problems.ts'
import { inWords } from './reasons.ts'
import { conflict, keep } from './receive-order.ts'
import { splitList } from './split-list.ts'

type Result = Static<typeof BulkResult>

/** As many as one group takes: read, kept and answered before the next are read, so that other callers get their turn. */
const CHUNK = 200

/** Keeps what can be kept of a body of at most 5,000 orders; a bad order never costs a good one. */
export async function receiveBulk(
  context: Context,
  bytes: Buffer,
  request_id: string,
): Promise<Static<typeof BulkReply>> {
  const slices = await splitList(bytes, 'orders', ORDERS_AT_MOST)
  if (slices === null || slices.length === 0) throw intakeProblem('malformed_bulk')
  if (slices.length > ORDERS_AT_MOST) throw intakeProblem('too_many_orders')
  let request: Request | null = {
    route: 'POST /orders/bulk',
    request_id,
    count: slices.length,
    request_digest: context.runtime.secrets.digest(hash('sha256', bytes)),
  }
  const results: Result[] = []
  for (let from = 0; from < slices.length; from += CHUNK) {
    const chunk = slices.slice(from, from + CHUNK)
    const settled = chunk.map((slice, place) => {
      const read = readOrder(slice)
      if (read instanceof Problem) return refused(context, from + place, read)
      const item = incoming(read, 'bulk', request)
      request = null // the first order that is kept carries the audit row of the whole
      return keep(context, item).then(
        (outcome) => resultOf(context, from + place, outcome),
        (error: unknown) => refused(context, from + place, error),
      )
    })
    results.push(...(await Promise.all(settled))) // at most CHUNK
  }
  return tally(results)
}

function resultOf(context: Context, index: number, outcome: Outcome): Result {
  if (outcome.kind === 'conflict') return refused(context, index, conflict(outcome), outcome.order)
  const replayed = outcome.repeated ? { replayed: true } : {}
  if (outcome.kind === 'accepted') return { index, status: 201, ...replayed, ...outcome.order }
  const { staged_id, channel, external_id, reasons } = outcome
  return { index, status: 202, ...replayed, staged_id, channel, external_id, reasons: inWords(reasons) }
}

function refused(
  context: Context,
  index: number,
  error: unknown,
  key?: { channel: string; external_id: string },
): Result {
  if (!(error instanceof Problem)) {
    context.runtime.log.error({ error: String(error) }, 'an order of a bulk failed')
    return refused(context, index, platformProblem('internal'), key)
  }
  const named = key === undefined ? {} : { channel: key.channel, external_id: key.external_id }
  return { index, status: error.status, ...named, problem: problemBody(error, context.language) }
}

function tally(results: readonly Result[]): Static<typeof BulkReply> {
  const count = (fits: (result: Result) => boolean) => results.filter(fits).length
  return {
    received: results.length,
    accepted: count((result) => result.status === 201 && result.replayed !== true),
    repeated: count((result) => result.replayed === true),
    staged: count((result) => result.status === 202 && result.replayed !== true),
    refused: count((result) => result.status >= 400),
    results: [...results],
  }
}
