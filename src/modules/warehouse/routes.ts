// The floor over HTTP: queues, picking, short picks, packing, hand-over, put-backs.
import { Type } from 'typebox'
import { Rejection, RejectionQuery, RejectionReport } from '../../contracts/rejections.ts'
import { Id, orNull } from '../../contracts/views-shared.ts'
import {
  FulfilmentList,
  FulfilmentQuery,
  FulfilmentView,
  HandOver,
  OrderFulfilments,
  Pack,
  Pick,
  ShortPick,
  WarehouseQueues,
} from '../../contracts/views-warehouse.ts'
import type { Tx } from '../../platform/db.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { locations } from '../catalog/index.ts'
import { parcelsOfFulfilments, shippingProblem } from '../shipping/index.ts'
import { handOver } from './hand-over.ts'
import { listFulfilments } from './list-fulfilments.ts'
import { packParcels, unpackParcels } from './pack-parcels.ts'
import { pickLines } from './pick-lines.ts'
import { warehouseProblem } from './problems.ts'
import { putBack } from './put-back.ts'
import { rejectFulfilment } from './reject-fulfilment.ts'
import { reportShort } from './report-short.ts'
import { openPutBacks } from './store-scans.ts'
import { fulfilmentsOfOrders, headersById, queueCounts } from './store-views.ts'
import { viewFulfilments } from './view-fulfilments.ts'
import { rejectionReport } from './view-rejections.ts'

const ById = Type.Object({ id: Id })

function mayOf(principal: Principal | null): (permission: string) => boolean {
  return (permission) => principal?.permissions.has(permission) ?? false
}

async function viewOne(tx: Tx, fulfilment_id: string, principal: Principal | null): Promise<FulfilmentView> {
  const [view] = await viewFulfilments(tx, await headersById(tx, [fulfilment_id]), mayOf(principal))
  if (view === undefined) throw warehouseProblem('fulfilment_unknown')
  return view
}

const readRoutes: Route[] = [
  route('GET /warehouse/queues', {
    permit: 'warehouse.read',
    summary: 'How much lies in the queues of each location.',
    reply: { 200: WarehouseQueues },
    run: (context) =>
      context.transaction(async (tx) => {
        const places = [...(await locations(tx)).values()].slice(0, 500)
        const counts = new Map(
          (
            await queueCounts(
              tx,
              places.map((place) => place.location_id),
            )
          ).map((row) => [row.location_id, row]),
        )
        return {
          items: places.flatMap((place) => {
            const row = counts.get(place.location_id)
            return row === undefined
              ? []
              : [
                  {
                    ...row,
                    name: place.name,
                    name_zh: place.name_zh ?? null,
                    oldest_released_at: row.oldest_released_at?.toISOString() ?? null,
                  },
                ]
          }),
        }
      }),
  }),
  route('GET /fulfilments', {
    permit: 'warehouse.read',
    summary: 'Fulfilment orders: open ones by ship_by, ended ones newest first.',
    query: FulfilmentQuery,
    reply: { 200: FulfilmentList },
    run: (context, { query, principal }) =>
      context.transaction((tx) => listFulfilments(tx, context.runtime.secrets, query, mayOf(principal))),
  }),
  route('GET /fulfilments/rejections', {
    permit: 'warehouse.read',
    summary:
      'Which locations rejected how much of what they were given, and why; of the last 28 days where none are named.',
    query: RejectionQuery,
    reply: { 200: RejectionReport },
    run: (context, { query }) => context.transaction((tx) => rejectionReport(tx, query)),
  }),
  route('GET /fulfilments/:id', {
    permit: 'warehouse.read',
    summary: 'One fulfilment order with its parcels.',
    params: ById,
    reply: { 200: FulfilmentView },
    run: (context, { params, principal }) => context.transaction((tx) => viewOne(tx, params.id, principal)),
  }),
  route('GET /orders/:id/fulfilments', {
    permit: 'orders.read',
    summary: 'All fulfilment orders and parcels that carry lines of an order.',
    params: ById,
    reply: { 200: OrderFulfilments },
    run: (context, { params, principal }) =>
      context.transaction(async (tx) => ({
        items: await viewFulfilments(
          tx,
          await headersById(tx, await fulfilmentsOfOrders(tx, [params.id], 100)),
          mayOf(principal),
        ),
      })),
  }),
]

const Unpack = Type.Object({ parcel_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200 })) })

const workRoutes: Route[] = [
  route('POST /fulfilments/:id/picks', {
    permit: 'warehouse.work',
    summary: 'Picks units: those named, or all that is left. A scan id counts once.',
    idempotent: 'required',
    params: ById,
    body: Pick,
    reply: { 200: FulfilmentView },
    run: (context, { params, body, principal }) =>
      context.transaction(async (tx) => {
        await pickLines(tx, params.id, body.lines ?? null)
        return viewOne(tx, params.id, principal)
      }),
  }),
  route('POST /fulfilments/:id/short-picks', {
    permit: 'warehouse.work',
    summary: 'Reports units that are not there or not fit: stock is corrected, the order looks for another place.',
    idempotent: 'required',
    params: ById,
    body: ShortPick,
    reply: { 200: FulfilmentView },
    run: (context, { params, body, principal }) =>
      context.transaction(async (tx) => {
        await reportShort(tx, params.id, body.lines, body.reason)
        return viewOne(tx, params.id, principal)
      }),
  }),
  route('POST /fulfilments/:id/reject', {
    permit: 'warehouse.work',
    summary:
      'Cannot send: all that has not left, or the units named, looks for another place; the reason says what becomes of the stock here.',
    idempotent: 'required',
    params: ById,
    body: Rejection,
    reply: { 200: FulfilmentView },
    run: (context, { params, body, principal }) =>
      context.transaction(async (tx) => {
        await rejectFulfilment(tx, params.id, body)
        return viewOne(tx, params.id, principal)
      }),
  }),
  route('POST /fulfilments/:id/packing', {
    permit: 'warehouse.work',
    summary: 'Packs parcels: those named, or all that was picked into one.',
    idempotent: 'required',
    params: ById,
    body: Pack,
    reply: { 200: FulfilmentView },
    run: (context, { params, body, principal }) =>
      context.transaction(async (tx) => {
        await packParcels(tx, params.id, body.parcels ?? null)
        return viewOne(tx, params.id, principal)
      }),
  }),
  route('POST /fulfilments/:id/unpacking', {
    permit: 'warehouse.work',
    summary: 'Opens parcels again that have not left; their labels are voided.',
    idempotent: 'required',
    params: ById,
    body: Unpack,
    reply: { 200: FulfilmentView },
    run: (context, { params, body, principal }) =>
      context.transaction(async (tx) => {
        await unpackParcels(tx, params.id, body.parcel_ids ?? null)
        return viewOne(tx, params.id, principal)
      }),
  }),
  route('POST /fulfilments/:id/hand-over', {
    permit: 'shipping.work',
    summary: 'Gives all parcels of a fulfilment order to the carrier.',
    idempotent: 'required',
    params: ById,
    body: HandOver,
    reply: { 200: FulfilmentView },
    run: (context, { params, principal }) =>
      context.transaction(async (tx) => {
        const parcels = (await parcelsOfFulfilments(tx, [params.id])).filter((parcel) => parcel.state !== 'voided')
        if (parcels.length === 0) throw shippingProblem('label_missing')
        await handOver(
          tx,
          parcels.map(({ parcel_id }) => ({ parcel_id, at: tx.now })),
          'refuse',
        )
        return viewOne(tx, params.id, principal)
      }),
  }),
]

const HandedOver = Type.Object({ handed_over: Type.Array(Id, { maxItems: 500 }) })

const dockRoutes: Route[] = [
  route('POST /parcels/:id/hand-over', {
    permit: 'shipping.work',
    summary: 'Gives one parcel to the carrier.',
    idempotent: 'required',
    params: ById,
    reply: { 200: HandedOver },
    run: (context, { params }) =>
      context.transaction(async (tx) => ({
        handed_over: await handOver(tx, [{ parcel_id: params.id, at: tx.now }], 'refuse'),
      })),
  }),
  route('POST /hand-overs', {
    permit: 'shipping.work',
    summary:
      'Gives the parcels of a manifest to the carrier; those that must not leave stay behind and are not in the answer.',
    idempotent: 'required',
    body: Type.Object({ parcel_ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }) }),
    reply: { 200: HandedOver },
    run: (context, { body }) =>
      context.transaction(async (tx) => ({
        handed_over: await handOver(
          tx,
          body.parcel_ids.map((parcel_id) => ({ parcel_id, at: tx.now })),
          'leave',
        ),
      })),
  }),
]

const PutBackView = Type.Object({
  put_back_id: Id,
  location_id: Type.String(),
  sku: Type.String(),
  quantity: Type.Integer(),
  fulfilment_id: Id,
  order_id: Id,
  line_no: Type.Integer(),
  opened_at: Type.String({ format: 'date-time' }),
})

const putBackRoutes: Route[] = [
  route('GET /put-backs', {
    permit: 'warehouse.read',
    summary: 'Goods of cancelled lines that somebody must put back, oldest first.',
    query: Type.Object({
      location: Type.Optional(Type.String({ maxLength: 64 })),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    reply: {
      200: Type.Object({ items: Type.Array(PutBackView, { maxItems: 200 }), next_cursor: orNull(Type.String()) }),
    },
    run: (context, { query: { location = null, cursor, limit = 50 } }) =>
      context.transaction(async (tx) => {
        const { secrets } = context.runtime
        const after = cursor === undefined ? null : decodeCursor(secrets, 'put-backs', cursor)[0]
        const rows = await openPutBacks(tx, location, typeof after === 'string' ? after : null, limit + 1)
        const page = rows.slice(0, limit)
        const last = page.at(-1)
        const items = page.map(({ lot: _lot, opened_at, ...task }) => ({ ...task, opened_at: opened_at.toISOString() }))
        return {
          items,
          next_cursor:
            rows.length > limit && last !== undefined ? encodeCursor(secrets, 'put-backs', [last.put_back_id]) : null,
        }
      }),
  }),
  route('POST /put-backs/:id/scan', {
    permit: 'warehouse.work',
    summary: 'The goods lie on their shelf again: sellable from now on, or damaged and not.',
    idempotent: 'natural',
    params: ById,
    body: Type.Object({ scan_id: Id, condition: Type.Enum(['sellable', 'unsellable']) }),
    reply: { 200: Type.Object({ put_back_id: Id }) },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await putBack(tx, params.id, body.scan_id, body.condition)
        return { put_back_id: params.id }
      }),
  }),
]

export const warehouseRoutes: Route[] = [...readRoutes, ...workRoutes, ...dockRoutes, ...putBackRoutes]
