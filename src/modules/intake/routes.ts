// Intake over HTTP: orders come in one by one or by the thousand, what could not become one is listed, replayed or dismissed.
import { Type } from 'typebox'
import {
  AcceptedOrder,
  BulkOrders,
  BulkReply,
  Dismissal,
  IntakeOrder,
  ReplayMany,
  ReplayStarted,
  StagedFilter,
  StagedOrder,
  StagedView,
} from '../../contracts/order-intake.ts'
import { ImportList, Replayed } from '../../contracts/views-intake.ts'
import { Count, Id, pageOf } from '../../contracts/views-shared.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { platformProblem } from '../../platform/problems.ts'
import { incoming } from './incoming.ts'
import { receiveBulk } from './receive-bulk.ts'
import { answerTo, keep } from './receive-order.ts'
import { replayMany, replayOne } from './replay-staged.ts'
import { recentImports } from './store-imports.ts'
import { dismiss, stagedMessage, stagedOf, stagedPage, stagedView } from './view-staged.ts'

const MIB = 1_048_576
const ById = Type.Object({ id: Id })

const orderRoutes: Route[] = [
  route('POST /orders', {
    permit: 'orders.place',
    summary:
      'Keeps an order: 201 with its number, or 202 with the reasons why it waits. The same order again gets the first answer with Idempotent-Replayed.',
    idempotent: 'natural',
    audit: 'self',
    body: IntakeOrder,
    body_limit: 2 * MIB,
    reply: { 201: AcceptedOrder, 202: StagedOrder },
    run: async (context, { body, request_id }) => {
      const item = incoming(body, 'api')
      const request_digest = context.runtime.secrets.digest(item.canonical)
      const request = { route: 'POST /orders', request_id, count: 1, request_digest }
      return answerTo(await keep(context, { ...item, request }))
    },
  }),
  route('POST /orders/bulk', {
    permit: 'orders.place',
    summary: 'Keeps up to 5,000 orders, each by itself: accepted, staged or refused, by its place in the list.',
    idempotent: 'natural',
    audit: 'self',
    raw: true,
    body: BulkOrders,
    body_limit: 24 * MIB,
    reply: { 200: BulkReply },
    run: async (context, { raw, headers, request_id }) => {
      if (!/^application\/json\b/.test(String(headers['content-type'] ?? '')))
        throw platformProblem('unsupported_media_type')
      return receiveBulk(context, Buffer.from(raw ?? []), request_id)
    },
  }),
]

const stagedRoutes: Route[] = [
  route('GET /intake/staged', {
    permit: 'intake.read',
    summary: 'Messages that could not become orders, newest first; those that wait unless another state is asked for.',
    query: StagedFilter,
    reply: { 200: Type.Object({ ...pageOf(StagedView).properties, total: Count }) },
    run: (context, { query }) => stagedPage(context, query),
  }),
  route('GET /intake/staged/:id', {
    permit: 'intake.read',
    summary: 'One staged message with its reasons.',
    params: ById,
    reply: { 200: StagedView },
    run: (context, { params }) => context.transaction((tx) => stagedOf(tx, params.id)),
  }),
  route('POST /intake/staged/:id/disclosure', {
    permit: 'people.reveal',
    summary: 'The message itself, personal data included; that it was shown is audited.',
    idempotent: 'natural',
    params: ById,
    reply: { 200: Type.Object({ staged_id: Id, message: Type.String() }) },
    run: (context, { params }) =>
      context.transaction(async (tx) => ({ staged_id: params.id, message: await stagedMessage(tx, params.id) })),
  }),
  route('POST /intake/staged/:id/replay', {
    permit: 'intake.replay',
    summary: 'Tries a staged message once more, after its cause was mended.',
    idempotent: 'required',
    params: ById,
    reply: { 200: Replayed },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        const { state, order_id, reasons } = stagedView(await replayOne(tx, params.id))
        return { state, order_id, reasons: state === 'waiting' ? reasons : [] }
      }),
  }),
  route('POST /intake/staged/replay', {
    permit: 'intake.replay',
    summary:
      'Tries all that wait with this code, SKU or channel once more, the newest 5,000 at a time, in the background.',
    idempotent: 'required',
    body: ReplayMany,
    reply: { 202: ReplayStarted },
    run: (context, { body }) => context.transaction(async (tx) => ({ scheduled: await replayMany(tx, body) })),
  }),
  route('POST /intake/staged/:id/dismissal', {
    permit: 'intake.replay',
    summary: 'Ends the waiting of a message that shall become no order; the reason stays with it.',
    idempotent: 'required',
    params: ById,
    body: Dismissal,
    reply: { 200: StagedView },
    run: (context, { params, body }) => context.transaction((tx) => dismiss(tx, params.id, body.reason)),
  }),
  route('GET /imports', {
    permit: 'intake.read',
    summary: 'The newest imports of files, with how far they have come.',
    reply: { 200: ImportList },
    run: (context) => context.transaction(async (tx) => ({ items: await recentImports(tx) })),
  }),
]

export const intakeRoutes: Route[] = [...orderRoutes, ...stagedRoutes]
