// The adapter of the sandbox provider: its API and callbacks in Ordo's words.
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { checkWebhook } from '../../platform/webhook-signature.ts'
import { methods } from './intent.ts'
import type { Outcome } from './outcome.ts'
import type { Connection, Movement, ProviderAdapter, ProviderEvent } from './provider.ts'

const Operation = Type.Object({
  operation_id: Type.String({ minLength: 1, maxLength: 100 }),
  key: Type.String({ maxLength: 100 }),
  kind: Type.Enum(['page', 'capture', 'void', 'refund']),
  payment_id: Type.String({ minLength: 1, maxLength: 100 }),
  status: Type.Enum(['waiting', 'authorised', 'captured', 'refunded', 'voided', 'closed', 'declined']),
  amount: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  currency: Type.String({ maxLength: 3 }),
  url: Type.Union([Type.String({ maxLength: 2000 }), Type.Null()]),
  reason: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
})
type Operation = Type.Static<typeof Operation>

const Callback = Type.Object({ event_id: Type.String({ minLength: 1, maxLength: 100 }), operation: Operation })

export const sandboxProvider: ProviderAdapter = {
  methods: ['card', 'wallet'],
  open: (connection, { key, intent, amount, notify_url, return_url, locale }) =>
    ask(connection, key, '/v1/pages', {
      reference: intent.intent_id,
      method: intent.method,
      capture: methods[intent.method].authorises ? 'later' : 'now',
      amount: Number(amount),
      currency: intent.currency,
      locale,
      deadline_at: intent.deadline_at?.toISOString() ?? null,
      notify_url,
      return_url,
    }),
  capture: (connection, movement) => move(connection, movement, 'captures'),
  void: (connection, movement) => move(connection, movement, 'voids'),
  refund: (connection, movement) => move(connection, movement, 'refunds'),
  close: (connection, key, provider_ref) => ask(connection, key, `/v1/payments/${provider_ref}/voids`, { amount: 0 }),
  async query(connection, key) {
    const reply = await connection.call({
      method: 'GET',
      url: `${connection.api_url}/v1/operations/${key}`,
      headers: { authorization: `Bearer ${connection.secret}` },
    })
    return reply.status === 404 ? null : outcomeOf(readReply(reply.status, reply.body))
  },
  isGenuine: (secret, headers, raw, now) => checkWebhook({ headers, body: raw, secrets: [secret], now }) === 'genuine',
  read(raw) {
    const told = parse(raw)
    if (!Value.Check(Callback, told)) return null
    const { operation } = told
    const event: ProviderEvent = {
      event_id: told.event_id,
      key: operation.key,
      provider_ref: operation.payment_id,
      currency: operation.currency,
      outcome: outcomeOf(operation),
    }
    return event
  },
}

function move(connection: Connection, { key, provider_ref, amount }: Movement, what: string): Promise<Outcome> {
  return ask(connection, key, `/v1/payments/${provider_ref}/${what}`, { amount: Number(amount) })
}

async function ask(connection: Connection, key: string, path: string, body: unknown): Promise<Outcome> {
  const reply = await connection.call({
    method: 'POST',
    url: connection.api_url + path,
    headers: {
      authorization: `Bearer ${connection.secret}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  })
  return outcomeOf(readReply(reply.status, reply.body))
}

function readReply(status: number, body: Uint8Array): Operation {
  const operation = parse(body)
  if (status >= 300 || !Value.Check(Operation, operation)) throw new Error(`the provider answered ${status}`)
  return operation
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

function outcomeOf(operation: Operation): Outcome {
  const { status, payment_id, operation_id, amount, currency } = operation
  if (status === 'waiting') return { status, provider_ref: payment_id, redirect_url: operation.url }
  if (status === 'declined') return { status, reason: operation.reason ?? 'declined' }
  if (status === 'closed') return { status }
  return { status, provider_ref: payment_id, payment_ref: operation_id, amount: BigInt(amount), currency }
}
