// The sandbox provider's API for merchants: pages, captures, voids, refunds, and what became of a key.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Ledger, Operation, Payment } from './ledger.ts'
import { type Move, move, openPage } from './move-payments.ts'
import { readText } from './read-text.ts'

/** How the next call goes wrong: before or after its effect the caller learns nothing. */
export type Mishap = 'lost_before' | 'lost_after' | 'refuse_500'

const Amount = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

export const PageBody = Type.Object({
  reference: Type.String({ maxLength: 200 }),
  method: Type.String({ maxLength: 30 }),
  capture: Type.Enum(['later', 'now']),
  amount: Amount,
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  locale: Type.String({ maxLength: 20 }),
  deadline_at: Type.Union([Type.String(), Type.Null()]),
  notify_url: Type.String({ maxLength: 2000 }),
  return_url: Type.Union([Type.String({ maxLength: 2000 }), Type.Null()]),
})
export type PageBody = Static<typeof PageBody>

const MoveBody = Type.Object({ amount: Amount })

export interface ApiOptions {
  readonly ledger: Ledger
  readonly newId: () => string
  readonly secret: string
  readonly url: () => string
  readonly callback_url: string
  readonly mishap: () => Mishap | undefined
  /** Tells of an operation by callback. */
  readonly tell: (payment: Payment, operation: Operation) => void
}

type Answer = readonly [status: number, body: unknown]

const KINDS = { captures: 'capture', voids: 'void', refunds: 'refund' } as const satisfies Record<string, Move['kind']>

/** Answers one request of a merchant, or loses it as the next mishap says. */
export function answerApi(options: ApiOptions) {
  return async (path: string, request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    if (request.headers.authorization !== `Bearer ${options.secret}`)
      return send(reply, [401, { error: 'unauthorised' }])
    const text = await readText(request)
    if (request.method === 'GET') return send(reply, lookUp(options.ledger, path))
    const mishap = options.mishap()
    if (mishap === 'lost_before') return void reply.destroy()
    if (mishap === 'refuse_500') return send(reply, [500, { error: 'try again' }])
    const answer = perform(options, path, keyOf(request), parse(text))
    if (mishap === 'lost_after') return void reply.destroy()
    send(reply, answer)
  }
}

function send(reply: ServerResponse, [status, body]: Answer): void {
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function keyOf(request: IncomingMessage): string {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' ? key : ''
}

function lookUp(ledger: Ledger, path: string): Answer {
  const key = /^\/v1\/operations\/([\w-]{1,100})$/.exec(path)?.[1]
  const operation = key === undefined ? undefined : ledger.operation(key)
  return operation === undefined ? [404, { error: 'unknown key' }] : [200, operation]
}

function perform(options: ApiOptions, path: string, key: string, body: unknown): Answer {
  const { ledger, newId } = options
  if (!/^[\w-]{1,100}$/.test(key)) return [400, { error: 'idempotency-key is missing' }]
  if (path === '/v1/pages') {
    if (!Value.Check(PageBody, body)) return [422, { error: 'not a page' }]
    return [
      201,
      openPage(ledger, key, { ...body, notify_url: options.callback_url || body.notify_url }, options.url(), newId),
    ]
  }
  const match = /^\/v1\/payments\/([\w-]{1,100})\/(captures|voids|refunds)$/.exec(path)
  const [, payment_id = '', plural = ''] = match ?? []
  const kind = plural === 'captures' || plural === 'voids' || plural === 'refunds' ? KINDS[plural] : undefined
  if (kind === undefined) return [404, { error: 'no such address' }]
  if (!Value.Check(MoveBody, body)) return [422, { error: 'amount is missing' }]
  const first = ledger.operation(key) === undefined
  const operation = move(ledger, { kind, key, payment_id, amount: body.amount }, newId)
  const payment = ledger.payment(payment_id)
  if (first && payment !== undefined && operation.amount > 0) options.tell(payment, operation)
  return [201, operation]
}
