// The routes of inventory: what there is, reservations for carts, and the ways people change stock.
import { Type } from 'typebox'
import { Id, Instant } from '../../contracts/views-shared.ts'
import * as views from '../../contracts/views-stock.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import { gatheredRoute, route } from '../../platform/http/route.ts'
import { adjustStock, countStock, receiveStock, transferStock } from './change-stock.ts'
import { endReservation, makeReservations } from './reserve-cart.ts'
import { availability } from './store.ts'
import { changedView, listStock, viewSku } from './view-stock.ts'

const LIST = 'stock'
const PAGE = 50
const Code = Type.String({ minLength: 1, maxLength: 64 })

const NewReservation = Type.Object({
  network: Code,
  lines: Type.Array(Type.Object({ sku: Code, quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }), {
    minItems: 1,
    maxItems: 200,
  }),
  /** How long it holds, in seconds; fifteen minutes where absent. */
  ttl_seconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 86_400 })),
})

const ReservationView = Type.Object({
  reservation_id: Id,
  expires_at: Instant,
  lines: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer(), open: Type.Integer() }), {
    maxItems: 400,
  }),
})

const Availability = Type.Object({
  network: Type.String(),
  items: Type.Array(
    Type.Object({
      sku: Type.String(),
      supply: Type.Integer(),
      reserved: Type.Integer(),
      presale: Type.Integer(),
      free: Type.Integer(),
    }),
    { maxItems: 200 },
  ),
})

const cartRoutes = [
  gatheredRoute('POST /reservations', {
    permit: 'stock.reserve',
    summary: 'Reserves network stock for a cart, all lines or none, until its time is over.',
    body: NewReservation,
    reply: { 201: ReservationView },
    together: (tx, inputs) =>
      makeReservations(
        tx,
        inputs.map(({ body }) => body),
      ),
  }),
  route('DELETE /reservations/:id', {
    permit: 'stock.reserve',
    summary: 'Frees a cart reservation before its time is over.',
    idempotent: 'required',
    params: Type.Object({ id: Id }),
    reply: { 200: Type.Object({ freed: Type.Integer() }) },
    run: (context, { params }) => context.transaction((tx) => endReservation(tx, params.id)),
  }),
  route('GET /availability', {
    permit: 'stock.read',
    summary: 'What a network can still promise of the SKUs named (comma separated, at most 200).',
    query: Type.Object({ network: Code, skus: Type.String({ minLength: 1, maxLength: 13_000 }) }),
    reply: { 200: Availability },
    run: (context, { query }) =>
      context.transaction(async (tx) => ({
        network: query.network,
        items: await availability(tx, query.network, query.skus.split(',').slice(0, 200)),
      })),
  }),
]

const readRoutes = [
  route('GET /stock', {
    permit: 'stock.read',
    summary: 'Stock by SKU over its network, in the order of codes.',
    query: views.StockQuery,
    reply: { 200: views.StockList },
    run: (context, { query }) =>
      context.transaction(async (tx) => {
        const position = textPosition(context.runtime.secrets, LIST, query.cursor, 2)
        const page = await listStock(
          tx,
          query,
          { sku: position?.[0] ?? '', network_id: position?.[1] ?? '' },
          query.limit ?? PAGE,
        )
        return {
          items: page.items,
          next_cursor:
            page.next === null
              ? null
              : encodeCursor(context.runtime.secrets, LIST, [page.next.sku, page.next.network_id]),
        }
      }),
  }),
  route('GET /stock/:sku', {
    permit: 'stock.read',
    summary: 'One SKU: networks, locations, newest movements.',
    params: Type.Object({ sku: Code }),
    reply: { 200: views.StockView },
    run: (context, { params }) => context.transaction((tx) => viewSku(tx, params.sku)),
  }),
]

const changeRoutes = [
  route('POST /stock/receipts', {
    permit: 'stock.receive',
    summary: 'Receives goods from a supplier.',
    idempotent: 'required',
    body: views.StockReceipt,
    reply: { 200: views.StockChanged },
    run: (context, { body }) =>
      context.transaction(async (tx) => {
        await receiveStock(tx, [body], { reason: body.reason ?? 'receipt' })
        return changedView(tx, body)
      }),
  }),
  route('POST /stock/adjustments', {
    permit: 'stock.adjust',
    summary: 'Corrects stock up or down; a fall below what is promised breaks the newest promises.',
    idempotent: 'required',
    body: views.StockAdjustment,
    reply: { 200: views.StockChanged },
    run: (context, { body }) =>
      context.transaction(async (tx) => {
        await adjustStock(tx, [body], { reason: body.reason })
        return changedView(tx, body)
      }),
  }),
  route('POST /stock/counts', {
    permit: 'stock.adjust',
    summary: 'Books what was counted: all sellable units of a SKU (and lot) at a location.',
    idempotent: 'required',
    body: views.StockCount,
    reply: { 200: views.StockChanged },
    run: (context, { body }) =>
      context.transaction(async (tx) => {
        await countStock(tx, [{ ...body, quantity: body.counted }], { reason: body.reason ?? 'count' })
        return changedView(tx, body)
      }),
  }),
  route('POST /stock/transfers', {
    permit: 'stock.adjust',
    summary: 'Moves units from one location to another.',
    idempotent: 'required',
    body: views.StockTransfer,
    reply: { 200: views.StockChanged },
    run: (context, { body }) =>
      context.transaction(async (tx) => {
        const line = {
          sku: body.sku,
          location_id: body.from_location_id,
          to_location_id: body.to_location_id,
          quantity: body.quantity,
        }
        await transferStock(tx, [line], { reason: body.reason ?? 'transfer' })
        return changedView(tx, { sku: body.sku, location_id: body.to_location_id })
      }),
  }),
]

export const inventoryRoutes = [...cartRoutes, ...readRoutes, ...changeRoutes]
