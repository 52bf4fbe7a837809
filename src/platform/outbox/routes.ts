// Routes of the outbox: the event feed, and webhook endpoints.
import { Type } from 'typebox'
import { NewWebhook, WebhookList, WebhookMade, WebhookView } from '../../contracts/views-session.ts'
import { Done, Id, orNull } from '../../contracts/views-shared.ts'
import { type Route, route } from '../http/route.ts'
import { platformProblem } from '../problems.ts'
import { deliveriesOf } from './deliveries.ts'
import { deleteEndpoint, type Endpoint, endpointsOf, readEndpoint } from './endpoints.ts'
import { addEndpoint, changeEndpoint, presentSecret, replay, rotateSecret } from './manage-endpoints.ts'
import { cloudEvent, eventsAfter, feedBounds } from './read-feed.ts'

const ById = Type.Object({ id: Id })
const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const EventType = Type.String({ pattern: '^[a-z_]{1,40}\\.([a-z_]{1,60}|\\*)$' })
const Types = Type.Array(EventType, { maxItems: 100 })

const CloudEvent = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Id,
  source: Type.String(),
  type: Type.String(),
  subject: Id,
  time: Type.String({ format: 'date-time' }),
  datacontenttype: Type.Literal('application/json'),
  sequence: Type.String(),
  subjectversion: Type.Integer(),
  data: Type.Unknown(),
})

const events = route('GET /events', {
  permit: 'events.read',
  summary:
    'The event feed after a position, as CloudEvents 1.0; every event is there exactly once, in an order without gaps.',
  query: Type.Object({
    after: Type.Optional(Position),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: {
    200: Type.Object({
      events: Type.Array(CloudEvent, { maxItems: 1000 }),
      /** Ask with this as `after` next time. */
      next_after: Position,
      /** The newest position at the time of reading. */
      last: Position,
    }),
  },
  run: (context, { query }) =>
    context.transaction(async (tx) => {
      const { purged, last } = await feedBounds(tx)
      const after = query.after === undefined ? purged : BigInt(query.after)
      const page = await eventsAfter(tx, after, query.limit ?? 100)
      const next = page.at(-1)?.position ?? after
      return { events: page.map((event) => cloudEvent(tx.tenant, event)), next_after: next, last }
    }),
})

const list = route('GET /webhooks', {
  permit: 'webhooks.write',
  summary: 'The webhook endpoints of this merchant.',
  reply: { 200: WebhookList },
  run: (context) => context.transaction(async (tx) => ({ items: (await endpointsOf(tx)).map(viewOf) })),
})

const add = route('POST /webhooks', {
  permit: 'webhooks.write',
  summary: 'Adds a webhook endpoint; it is told of everything from now on.',
  idempotent: 'required',
  body: Type.Object({ url: NewWebhook.properties.url, types: Types }),
  reply: { 201: WebhookMade },
  run: (context, { body }) => context.transaction((tx) => addEndpoint(tx, context.runtime, body)),
})

const change = route('PATCH /webhooks/:id', {
  permit: 'webhooks.write',
  summary: 'Changes address, types or state of an endpoint.',
  params: ById,
  body: Type.Object({
    url: Type.Optional(NewWebhook.properties.url),
    types: Type.Optional(Types),
    state: Type.Optional(Type.Enum(['active', 'paused'])),
  }),
  idempotent: 'natural',
  reply: { 200: WebhookView },
  run: (context, { params, body }) =>
    context.transaction(async (tx) => viewOf(await changeEndpoint(tx, context.runtime, params.id, body))),
})

const remove = route('DELETE /webhooks/:id', {
  permit: 'webhooks.write',
  summary: 'Removes an endpoint; nothing more is sent to it.',
  params: ById,
  reply: { 200: Done },
  run: (context, { params }) =>
    context.transaction(async (tx) => {
      if (!(await deleteEndpoint(tx, params.id))) throw platformProblem('not_found')
      return { ok: true }
    }),
})

const disclose = route('POST /webhooks/:id/disclosure', {
  permit: 'webhooks.write',
  summary: 'The secret that the endpoint verifies signatures with; that it was shown is audited.',
  idempotent: 'natural',
  params: ById,
  reply: { 200: WebhookMade },
  run: (context, { params }) =>
    context.transaction(async (tx) => ({
      endpoint_id: params.id,
      secret: await presentSecret(tx, context.runtime, params.id),
    })),
})

const rotate = route('POST /webhooks/:id/secret-rotation', {
  permit: 'webhooks.write',
  summary: 'Makes a new secret; messages carry signatures of both for a day.',
  idempotent: 'required',
  params: ById,
  reply: { 200: WebhookMade },
  run: (context, { params }) => context.transaction((tx) => rotateSecret(tx, context.runtime, params.id)),
})

const sendAgain = route('POST /webhooks/:id/replay', {
  permit: 'webhooks.write',
  summary: 'Sends again: everything after a position, one event, or everything that was given up.',
  idempotent: 'required',
  params: ById,
  body: Type.Union([
    Type.Object({ after: Position }),
    Type.Object({ event_id: Id }),
    Type.Object({ failed: Type.Literal(true) }),
  ]),
  reply: { 200: Type.Object({ revived: Type.Integer() }) },
  run: (context, { params, body }) =>
    context.transaction(async (tx) => ({ revived: await replay(tx, params.id, body) })),
})

const Delivery = Type.Object({
  event_id: Id,
  position: Position,
  state: Type.Enum(['pending', 'delivered', 'failed']),
  attempts: Type.Integer(),
  last_status: orNull(Type.Integer()),
  last_outcome: orNull(Type.String()),
})

const deliveries = route('GET /webhooks/:id/deliveries', {
  permit: 'webhooks.write',
  summary: 'Deliveries to an endpoint in a state, newest first.',
  params: ById,
  query: Type.Object({
    state: Type.Enum(['pending', 'delivered', 'failed']),
    before: Type.Optional(Position),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: { 200: Type.Object({ items: Type.Array(Delivery, { maxItems: 200 }) }) },
  run: (context, { params, query }) =>
    context.transaction(async (tx) => {
      if ((await readEndpoint(tx, params.id)) === null) throw platformProblem('not_found')
      const before = query.before === undefined ? null : BigInt(query.before)
      return { items: await deliveriesOf(tx, params.id, query.state, before, query.limit ?? 50) }
    }),
})

function viewOf({ endpoint_id, url, types, state, state_reason, created_at }: Endpoint) {
  return { endpoint_id, url, types, state, state_reason, created_at }
}

export const outboxRoutes: readonly Route[] = [
  events,
  list,
  add,
  change,
  remove,
  disclose,
  rotate,
  sendAgain,
  deliveries,
]
