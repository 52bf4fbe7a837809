// Payment's routes: callbacks of providers, and the money that waits for a person.
import { Type } from 'typebox'
import { Amount, Done, Id, Instant, orNull } from '../../contracts/views-shared.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { platformProblem } from '../../platform/problems.ts'
import { openTenant } from '../../platform/tenants.ts'
import { adapters } from './adapters.ts'
import { configureProvider } from './connect-provider.ts'
import { receiveCallback } from './receive-callback.ts'
import {
  askAgain,
  matchReceipt,
  receiveTransfer,
  refusedRequests,
  returnReceipt,
  unmatchedReceipts,
} from './settle-receipts.ts'
import { providersOf } from './store-providers.ts'

const ById = Type.Object({ id: Id })
const Name = Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' })

const Receipt = Type.Object({
  callback_id: Id,
  intent_id: orNull(Id),
  provider: orNull(Type.String()),
  reference: orNull(Type.String()),
  currency: Type.String(),
  amount: Amount,
  at: Instant,
  state: Type.Enum(['waiting', 'matched', 'returned']),
})

const Refused = Type.Object({
  request_id: Id,
  demand_id: Id,
  kind: Type.Enum(['authorise', 'capture', 'void', 'refund']),
  amount: Amount,
  currency: Type.String(),
  failure: orNull(Type.String()),
  asked_at: Instant,
})

const Provider = Type.Object({
  provider: Type.String(),
  adapter: Type.String(),
  api_url: Type.String(),
  state: Type.Enum(['active', 'paused']),
})

const callback = route('POST /in/:tenant/:provider', {
  permit: 'public',
  because: 'the callback is signed by the provider over its bytes',
  summary: 'Takes a callback of a payment provider; a repeat changes nothing.',
  idempotent: 'natural',
  raw: true,
  body_limit: 65_536,
  params: Type.Object({ tenant: Type.String({ maxLength: 31 }), provider: Name }),
  reply: { 200: Done },
  async run(context, { params, headers, raw, enter }) {
    const tenant = await openTenant(context.runtime.db.sql, params.tenant)
    if (tenant === null || raw === null) throw platformProblem('not_found')
    await receiveCallback(enter(tenant.tenant_id, `provider:${params.provider}`), {
      provider: params.provider,
      headers,
      raw,
    })
    return { ok: true }
  },
})

const unmatched = route('GET /payments/unmatched', {
  permit: 'payment.read',
  summary: 'Money that came and belongs to nothing yet, oldest first.',
  reply: { 200: Type.Object({ items: Type.Array(Receipt, { maxItems: 200 }) }) },
  run: (context) => context.transaction(async (tx) => ({ items: await unmatchedReceipts(tx) })),
})

const settle = route('POST /payments/unmatched/:id/settlement', {
  permit: 'payment.refund',
  summary: 'Says whose money a receipt is, or that it was sent back.',
  idempotent: 'required',
  params: ById,
  body: Type.Object({ intent_id: orNull(Id) }),
  reply: { 200: Done },
  run: (context, { params, body }) =>
    context.transaction(async (tx) => {
      if (body.intent_id === null) await returnReceipt(tx, params.id)
      else await matchReceipt(tx, params.id, body.intent_id)
      return { ok: true }
    }),
})

const receipts = route('POST /payments/:id/receipts', {
  permit: 'payment.refund',
  summary: 'Books a bank transfer that was found on the statement; the same reference once.',
  idempotent: 'required',
  params: ById,
  body: Type.Object({
    amount: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    reference: Type.String({ minLength: 1, maxLength: 100 }),
  }),
  reply: { 200: Type.Object({ intent_id: Id, state: Type.String(), captured: Amount }) },
  run: (context, { params, body }) =>
    context.transaction(async (tx) => {
      const received = { intent_id: params.id, amount: BigInt(body.amount), reference: body.reference }
      const { intent_id, state, captured } = await receiveTransfer(tx, received)
      return { intent_id, state, captured }
    }),
})

const refused = route('GET /payments/refused', {
  permit: 'payment.read',
  summary: 'Captures, refunds and voids that a provider refused, oldest first.',
  reply: { 200: Type.Object({ items: Type.Array(Refused, { maxItems: 200 }) }) },
  run: (context) => context.transaction(async (tx) => ({ items: await refusedRequests(tx) })),
})

const again = route('POST /payments/refused/:id/retry', {
  permit: 'payment.refund',
  summary: 'Asks a provider once more for what it refused.',
  idempotent: 'required',
  params: ById,
  reply: { 200: Done },
  run: (context, { params }) =>
    context.transaction(async (tx) => {
      await askAgain(tx, params.id)
      return { ok: true }
    }),
})

const listProviders = route('GET /payment-providers', {
  permit: 'payment.read',
  summary: 'The payment providers of this merchant, without their secrets.',
  reply: {
    200: Type.Object({
      items: Type.Array(Provider, { maxItems: 50 }),
      adapters: Type.Array(Type.String(), { maxItems: 50 }),
    }),
  },
  run: (context) =>
    context.transaction(async (tx) => ({
      items: (await providersOf(tx)).map(({ provider, adapter, base_url, state }) => ({
        provider,
        adapter,
        api_url: base_url,
        state,
      })),
      adapters: [...adapters.keys()],
    })),
})

const putProvider = route('PUT /payment-providers/:provider', {
  permit: 'payment.configure',
  summary: 'Configures a payment provider: its adapter, where its API begins, its secret.',
  params: Type.Object({ provider: Name }),
  body: Type.Object({
    adapter: Type.String({ maxLength: 30 }),
    api_url: Type.String({ maxLength: 2000 }),
    secret: Type.String({ minLength: 16, maxLength: 500 }),
    state: Type.Optional(Type.Enum(['active', 'paused'])),
  }),
  reply: { 200: Done },
  run: (context, { params, body }) =>
    context.transaction(async (tx) => {
      const { secrets, settings } = context.runtime
      await configureProvider(tx, secrets, settings, { ...body, provider: params.provider })
      return { ok: true }
    }),
})

export const paymentRoutes: readonly Route[] = [
  callback,
  unmatched,
  settle,
  receipts,
  refused,
  again,
  listProviders,
  putProvider,
]
