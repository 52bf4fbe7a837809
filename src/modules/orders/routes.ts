// The routes of orders: the list, the page, its history and money, and the commands on it.
import { Type } from 'typebox'
import * as cancellation from '../../contracts/views-cancellation.ts'
import * as money from '../../contracts/views-money.ts'
import * as views from '../../contracts/views-orders.ts'
import { Done, Id, PageQuery } from '../../contracts/views-shared.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import { answer, route } from '../../platform/http/route.ts'
import { maskName } from '../../platform/masking.ts'
import { platformProblem } from '../../platform/problems.ts'
import { cancelOrder, previewCancellation } from './cancel-order.ts'
import { countOrders } from './count-orders.ts'
import { endHolds, placeHolds } from './hold-orders.ts'
import { listOrders } from './list-orders.ts'
import { loadOrders } from './load-orders.ts'
import { orderMachine } from './machine.ts'
import { orderProblem } from './problems.ts'
import { ordersOfHolds } from './store.ts'
import { deleteSavedView, insertSavedView, savedViews } from './store-listing.ts'
import { detailOf, eventsOf, insertDisclosure, insertNote } from './store-reading.ts'
import { moneyOf } from './view-money.ts'
import { personView, viewOrder } from './view-order.ts'

const Params = Type.Object({ id: Id })
const LIST = 'orders'
const PAGE = 50

const mask = (name: string | null) => (name === null ? null : maskName(name))

const reading = [
  route('GET /orders', {
    permit: 'orders.read',
    summary: 'Orders, newest first: searched by number, external id, phone, name, SKU or tracking number, or by tab.',
    query: views.OrderListQuery,
    reply: { 200: views.OrderList },
    run: (context, { query }) =>
      context.transaction(async (tx) => {
        const after = textPosition(context.runtime.secrets, LIST, query.cursor, 1)?.[0] ?? null
        const page = await listOrders(tx, query, after, query.limit ?? PAGE, mask)
        return {
          items: page.items,
          next_cursor: page.next === null ? null : encodeCursor(context.runtime.secrets, LIST, [page.next]),
        }
      }),
  }),
  route('GET /orders/counts', {
    permit: 'orders.read',
    summary: 'How many orders each tab and saved view holds, to 999 and more.',
    reply: { 200: views.OrderCounts },
    run: (context) => context.transaction((tx) => countOrders(tx, mask)),
  }),
  route('GET /orders/:id', {
    permit: 'orders.read',
    summary: 'One order whole, with the actions that are possible now and what blocks the others.',
    params: Params,
    reply: { 200: views.OrderDetail },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        const view = await viewOrder(tx, params.id)
        return answer(200, view, { etag: `"${view.revision}"` })
      }),
  }),
  route('GET /orders/:id/events', {
    permit: 'orders.read',
    summary: 'The history of an order, oldest first.',
    params: Params,
    query: Type.Object(PageQuery),
    reply: { 200: views.OrderEvents },
    run: (context, { params, query }) =>
      context.transaction(async (tx) => {
        const limit = query.limit ?? 200
        const after = Number(textPosition(context.runtime.secrets, params.id, query.cursor, 1)?.[0] ?? 0)
        const [order] = await loadOrders(tx, [params.id], { lock: false })
        if (order === undefined) throw orderProblem('order_unknown', { order_id: params.id })
        const rows = await eventsOf(tx, params.id, after, limit + 1)
        const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString(), actor_name: null }))
        return {
          items,
          next_cursor:
            rows.length > limit
              ? encodeCursor(context.runtime.secrets, params.id, [String(items.at(-1)?.version ?? 0)])
              : null,
        }
      }),
  }),
  route('GET /orders/:id/money', {
    permit: 'payment.read',
    summary: 'What an order is worth, what was paid and given back, and the journal behind every figure.',
    params: Params,
    reply: { 200: money.OrderMoney },
    run: (context, { params }) => context.transaction((tx) => moneyOf(tx, params.id)),
  }),
]

const commands = [
  route('POST /orders/:id/cancellation/preview', {
    permit: 'orders.cancel',
    summary: 'What a cancellation would do to stock, money and warehouse; changes nothing.',
    params: Params,
    body: cancellation.CancelOrder,
    reply: { 200: cancellation.CancellationPreview },
    run: (context, { params, body }) => context.transaction((tx) => previewCancellation(tx, params.id, body)),
  }),
  route('POST /orders/:id/cancellation', {
    permit: 'orders.cancel',
    summary: 'Cancels an order, lines or units of them, as far as they have not left the warehouse.',
    idempotent: 'required',
    params: Params,
    body: cancellation.CancelOrder,
    reply: { 200: views.OrderDetail },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await cancelOrder(tx, params.id, body)
        return viewOrder(tx, params.id)
      }),
  }),
  route('POST /orders/:id/holds', {
    permit: 'orders.hold',
    summary: 'Holds an order: the actions named are blocked until the hold ends.',
    idempotent: 'required',
    params: Params,
    body: views.NewHold,
    reply: { 200: views.OrderDetail },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        const [order] = await loadOrders(tx, [params.id], { lock: true })
        if (order === undefined) throw orderProblem('order_unknown', { order_id: params.id })
        if (orderMachine.isTerminal(order.commercial))
          throw platformProblem('illegal_transition', { commercial: order.commercial })
        const { note, expires_at, line_no, ...hold } = body
        await placeHolds(tx, [
          {
            ...hold,
            order_id: params.id,
            reasons: [{ code: body.kind }],
            note,
            ...(line_no === undefined ? {} : { line_no }),
            ...(expires_at === undefined ? {} : { expires_at: new Date(expires_at) }),
          },
        ])
        return viewOrder(tx, params.id)
      }),
  }),
  route('DELETE /holds/:id', {
    permit: 'orders.hold',
    summary: 'Ends a hold; the last one ended lets the order go on.',
    idempotent: 'required',
    params: Params,
    reply: { 200: views.OrderDetail },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        const [hold] = await ordersOfHolds(tx, [params.id])
        if (hold === undefined) throw orderProblem('hold_unknown', { hold_id: params.id })
        if (hold.kind === 'review') throw orderProblem('hold_under_review', { hold_id: params.id })
        await endHolds(tx, [params.id], 'released')
        return viewOrder(tx, hold.order_id)
      }),
  }),
  route('POST /orders/:id/notes', {
    permit: 'orders.edit',
    summary: 'Adds a note for colleagues.',
    idempotent: 'required',
    params: Params,
    body: views.NewNote,
    reply: { 200: views.OrderNote },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        if ((await detailOf(tx, params.id)) === undefined) throw orderProblem('order_unknown', { order_id: params.id })
        const note = { note_id: tx.newId(), order_id: params.id, text: body.text }
        await insertNote(tx, note)
        return { note_id: note.note_id, text: note.text, by: tx.actor, at: tx.now.toISOString() }
      }),
  }),
  route('POST /orders/:id/disclosure', {
    permit: 'people.reveal',
    summary: 'Shows the personal data of an order unmasked; who looked and why is kept.',
    idempotent: 'natural',
    params: Params,
    body: views.Disclosure,
    reply: { 200: views.PersonView },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        const [order] = await loadOrders(tx, [params.id], { lock: false })
        const detail = await detailOf(tx, params.id)
        const person = order === undefined || detail === undefined ? null : personView(order, detail, true)
        if (person === null) throw orderProblem('order_unknown', { order_id: params.id })
        await insertDisclosure(tx, { disclosure_id: tx.newId(), order_id: params.id, reason: body.reason })
        return person
      }),
  }),
]

const savedViewRoutes = [
  route('GET /saved-views', {
    permit: 'orders.read',
    summary: 'The saved searches of the caller and those shared by colleagues.',
    reply: { 200: views.SavedViews },
    run: (context) =>
      context.transaction(async (tx) => {
        const rows = await savedViews(tx)
        return { items: rows.map(({ owner, ...view }) => ({ ...view, own: owner === tx.actor })) }
      }),
  }),
  route('POST /saved-views', {
    permit: 'orders.read',
    summary: 'Keeps a search under a name.',
    idempotent: 'required',
    body: views.NewSavedView,
    reply: { 201: views.SavedView },
    run: (context, { body }) =>
      context.transaction(async (tx) => {
        const view = { view_id: tx.newId(), name: body.name, shared: body.shared }
        await insertSavedView(tx, { ...view, query: JSON.stringify(body.query) })
        return { ...view, own: true, query: body.query }
      }),
  }),
  route('DELETE /saved-views/:id', {
    permit: 'orders.read',
    summary: 'Forgets a saved search of the caller.',
    idempotent: 'required',
    params: Params,
    reply: { 200: Done },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        if ((await deleteSavedView(tx, params.id)) === 0) throw orderProblem('order_unknown', { view_id: params.id })
        return { ok: true }
      }),
  }),
]

export const orderRoutes = [...reading, ...commands, ...savedViewRoutes]
