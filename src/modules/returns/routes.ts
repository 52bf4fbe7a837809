// Returns over HTTP: ask, receive, inspect, refuse, take back.
import { type Static, Type } from 'typebox'
import { Amount, Id, Instant, orNull, pageOf } from '../../contracts/views-shared.ts'
import type { Tx } from '../../platform/db.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { returnMachine } from './machine.ts'
import { returnProblem } from './problems.ts'
import { endRequest, inspectUnits, receiveUnits } from './receive-return.ts'
import { requestReturn } from './request-return.ts'
import { settleLost } from './settle-lost.ts'
import { type LineRow, type ReturnRow, returnLines, returnPage, returnsById, returnsOfOrders } from './store.ts'

const State = Type.Enum(['requested', 'received', 'closed', 'refused', 'cancelled'])
const Units = Type.Integer({ minimum: 1, maximum: 1_000_000 })
const Named = Type.Array(Type.Object({ line_no: Type.Integer({ minimum: 1 }), quantity: Units }), {
  minItems: 1,
  maxItems: 2000,
})
const Text = Type.String({ minLength: 1, maxLength: 500 })
const Reason = Type.Enum([
  'unwanted',
  'wrong_item',
  'damaged',
  'defective',
  'not_as_described',
  'late',
  'refused',
  'undelivered',
  'other',
])
const ById = Type.Object({ id: Id })

const ReturnView = Type.Object({
  return_id: Id,
  order_id: Id,
  state: State,
  reason: Type.String(),
  note: orNull(Type.String()),
  location_id: orNull(Type.String()),
  currency: Type.String(),
  refund_due: Amount,
  /** Asked of payment; less than due while the money is not captured yet. */
  refund_asked: Amount,
  refusal: orNull(Type.String()),
  requested_at: Instant,
  received_at: orNull(Instant),
  ended_at: orNull(Instant),
  lines: Type.Array(
    Type.Object({
      line_no: Type.Integer(),
      sku: Type.String(),
      quantity: Type.Integer(),
      awaited: Type.Integer(),
      arrived: Type.Integer(),
      restocked: Type.Integer(),
      written_off: Type.Integer(),
      withdrawn: Type.Integer(),
    }),
    { maxItems: 2000 },
  ),
  available_actions: Type.Array(Type.String(), { maxItems: 10 }),
})

async function view(tx: Tx, rows: readonly ReturnRow[]): Promise<Static<typeof ReturnView>[]> {
  if (rows.length === 0) return []
  const lines = Map.groupBy(
    await returnLines(
      tx,
      rows.map((row) => row.return_id),
    ),
    (line: LineRow) => line.return_id,
  )
  return rows.map((row) => ({
    return_id: row.return_id,
    order_id: row.order_id,
    state: row.state,
    reason: row.reason,
    note: row.note,
    location_id: row.location_id,
    currency: row.currency,
    refund_due: Number(row.refund_due),
    refund_asked: Number(row.refund_asked),
    refusal: row.refusal,
    requested_at: row.requested_at.toISOString(),
    received_at: row.received_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
    lines: (lines.get(row.return_id) ?? [])
      .slice(0, 2000)
      .map(({ return_id: _return, order_id: _order, ...line }) => line),
    available_actions: [...returnMachine.actions(row.state)],
  }))
}

async function viewOne(tx: Tx, return_id: string): Promise<Static<typeof ReturnView>> {
  const [one] = await view(tx, await returnsById(tx, [return_id]))
  if (one === undefined) throw returnProblem('return_unknown')
  return one
}

const readRoutes: Route[] = [
  route('GET /returns', {
    permit: 'returns.read',
    summary: 'Returns, newest first; of one state where it is named.',
    query: Type.Object({
      state: Type.Optional(State),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    reply: { 200: pageOf(ReturnView, 100) },
    run: (context, { query: { state, cursor, limit = 50 } }) =>
      context.transaction(async (tx) => {
        const { secrets } = context.runtime
        const before = cursor === undefined ? null : decodeCursor(secrets, 'returns', cursor)[0]
        const rows = await returnPage(tx, state ?? null, typeof before === 'string' ? before : null, limit + 1)
        const page = rows.slice(0, limit)
        return {
          items: await view(tx, page),
          next_cursor: rows.length > limit ? encodeCursor(secrets, 'returns', [page.at(-1)?.return_id ?? '']) : null,
        }
      }),
  }),
  route('GET /returns/:id', {
    permit: 'returns.read',
    summary: 'One return.',
    params: ById,
    reply: { 200: ReturnView },
    run: (context, { params }) => context.transaction((tx) => viewOne(tx, params.id)),
  }),
  route('GET /orders/:id/returns', {
    permit: 'returns.read',
    summary: 'The returns of an order, oldest first.',
    params: ById,
    reply: { 200: Type.Object({ items: Type.Array(ReturnView, { maxItems: 1000 }) }) },
    run: (context, { params }) =>
      context.transaction(async (tx) => ({
        items: await view(tx, (await returnsOfOrders(tx, [params.id])).slice(0, 1000)),
      })),
  }),
]

const changeRoutes: Route[] = [
  route('POST /orders/:id/returns', {
    permit: 'returns.decide',
    summary: 'Opens a return of delivered units, or takes in what a carrier could not deliver.',
    idempotent: 'required',
    params: ById,
    body: Type.Object({
      lines: Named,
      reason: Reason,
      note: Type.Optional(Text),
      undelivered: Type.Optional(Type.Boolean()),
    }),
    reply: { 201: ReturnView },
    run: (context, { params, body }) =>
      context.transaction(async (tx) =>
        viewOne(
          tx,
          await requestReturn(tx, {
            order_id: params.id,
            lines: body.lines,
            reason: body.reason,
            note: body.note ?? null,
            undelivered: body.undelivered ?? false,
          }),
        ),
      ),
  }),
  route('POST /orders/:id/lost-units', {
    permit: 'returns.decide',
    summary: 'Refunds the units of an order that a carrier lost, or notes that they were sent again.',
    idempotent: 'required',
    params: ById,
    body: Type.Object({ outcome: Type.Enum(['refund', 'reshipped']), note: Type.Optional(Text) }),
    reply: { 201: ReturnView },
    run: (context, { params, body }) =>
      context.transaction(async (tx) =>
        viewOne(tx, await settleLost(tx, { order_id: params.id, outcome: body.outcome, note: body.note ?? null })),
      ),
  }),
  route('POST /returns/:id/receive', {
    permit: 'returns.receive',
    summary: 'Units have arrived: those named, or all that are awaited.',
    idempotent: 'required',
    params: ById,
    body: Type.Object({ lines: Type.Optional(Named) }),
    reply: { 200: ReturnView },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await receiveUnits(tx, params.id, body.lines ?? null)
        return viewOne(tx, params.id)
      }),
  }),
  route('POST /returns/:id/inspect', {
    permit: 'returns.receive',
    summary: 'Units that arrived go back on the shelf or are written off; what they are worth is refunded.',
    idempotent: 'required',
    params: ById,
    body: Type.Object({
      location_id: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      lines: Type.Optional(
        Type.Array(
          Type.Object({
            line_no: Type.Integer({ minimum: 1 }),
            restocked: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
            written_off: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
          }),
          { minItems: 1, maxItems: 2000 },
        ),
      ),
    }),
    reply: { 200: ReturnView },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await inspectUnits(tx, params.id, body.location_id ?? null, body.lines ?? null)
        return viewOne(tx, params.id)
      }),
  }),
  route('POST /returns/:id/refuse', {
    permit: 'returns.decide',
    summary: 'Refuses a request with its reason; the units stay with the customer.',
    idempotent: 'required',
    params: ById,
    body: Type.Object({ reason: Text }),
    reply: { 200: ReturnView },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await endRequest(tx, params.id, 'refuse', body.reason)
        return viewOne(tx, params.id)
      }),
  }),
  route('POST /returns/:id/cancel', {
    permit: 'returns.decide',
    summary: 'Takes a request back, or what has not come of it.',
    idempotent: 'required',
    params: ById,
    reply: { 200: ReturnView },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        await endRequest(tx, params.id, 'cancel', null)
        return viewOne(tx, params.id)
      }),
  }),
]

export const returnRoutes: Route[] = [...readRoutes, ...changeRoutes]
