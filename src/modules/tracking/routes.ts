// Tracking over HTTP: what carriers send, what a person must look at, and the customer's page.
import { Type } from 'typebox'
import { Id, Instant } from '../../contracts/views-shared.ts'
import { ParcelExceptionList, ShopView, TrackForm, TrackingLink, TrackingView } from '../../contracts/views-tracking.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Runtime } from '../../platform/runtime.ts'
import { openTenant, type Tenant } from '../../platform/tenants.ts'
import { loadOrders } from '../orders/index.ts'
import { parcelsById } from '../shipping/index.ts'
import { closeException } from './close-exception.ts'
import { trackingProblem } from './problems.ts'
import { scanCodes } from './rank-scans.ts'
import { recordScans } from './record-scans.ts'
import { readToken, trackingLink } from './sign-link.ts'
import { openExceptionPage } from './store.ts'
import { tryNumber } from './try-number.ts'
import { viewShop, viewTracking } from './view-tracking.ts'

const CarrierEvent = Type.Object({
  carrier: Type.String({ minLength: 1, maxLength: 64 }),
  event_id: Type.String({ minLength: 1, maxLength: 200 }),
  tracking_number: Type.String({ minLength: 1, maxLength: 64 }),
  at: Instant,
  code: Type.Enum([...scanCodes]),
  /** City or site, never an address. */
  place: Type.Optional(Type.String({ maxLength: 80 })),
})

const Count = Type.Integer({ minimum: 0 })

const carrierRoutes: Route[] = [
  route('POST /tracking/events', {
    permit: 'tracking.write',
    summary:
      'Scans of carriers, in any order; each counts once by number, event id and time. Unknown numbers are kept.',
    idempotent: 'natural',
    body: Type.Object({ events: Type.Array(CarrierEvent, { minItems: 1, maxItems: 500 }) }),
    reply: { 200: Type.Object({ accepted: Count, repeated: Count, unknown: Count }) },
    run: (context, { body }) =>
      context.transaction((tx) =>
        recordScans(
          tx,
          body.events.map((event) => ({ ...event, at: new Date(event.at), place: event.place ?? null })),
        ),
      ),
  }),
]

const Page = {
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
}

const exceptionRoutes: Route[] = [
  route('GET /tracking/exceptions', {
    permit: 'shipping.read',
    summary: 'Parcels that are stuck, in trouble, lost or sent back, longest waiting first.',
    query: Type.Object(Page),
    reply: { 200: ParcelExceptionList },
    run: (context, { query: { cursor, limit = 50 } }) =>
      context.transaction(async (tx) => {
        const { secrets } = context.runtime
        const after = cursor === undefined ? null : decodeCursor(secrets, 'exceptions', cursor)[0]
        const rows = await openExceptionPage(tx, typeof after === 'string' ? after : null, limit + 1)
        const page = rows.slice(0, limit)
        const parcels = new Map(
          (
            await parcelsById(
              tx,
              page.map((row) => row.parcel_id),
            )
          ).map((parcel) => [parcel.parcel_id, parcel]),
        )
        const items = page.flatMap((row) => {
          const parcel = parcels.get(row.parcel_id)
          if (parcel === undefined) return []
          const { fulfilment_id, carrier, tracking_number } = parcel
          return [
            {
              ...row,
              opened_at: row.opened_at.toISOString(),
              fulfilment_id,
              carrier,
              tracking_number,
              promised_at: parcel.promised_at?.toISOString() ?? null,
            },
          ]
        })
        return {
          items,
          next_cursor:
            rows.length > limit ? encodeCursor(secrets, 'exceptions', [page.at(-1)?.exception_id ?? '']) : null,
        }
      }),
  }),
  route('POST /tracking/exceptions/:id/closing', {
    permit: 'tracking.write',
    summary: 'A person has looked: the parcel goes on, is lost, or has arrived after all.',
    idempotent: 'required',
    params: Type.Object({ id: Id }),
    body: Type.Object({
      outcome: Type.Enum(['solved', 'lost', 'delivered']),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    reply: { 200: Type.Object({ exception_id: Id }) },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await closeException(tx, params.id, body.outcome, body.note ?? null)
        return { exception_id: params.id }
      }),
  }),
]

const linkRoutes: Route[] = [
  route('GET /orders/:id/tracking-link', {
    permit: 'orders.read',
    summary: 'The address of the customer’s own page of this order.',
    params: Type.Object({ id: Id }),
    reply: { 200: TrackingLink },
    run: async (context, { params }) => {
      const known = await context.transaction((tx) => loadOrders(tx, [params.id], { lock: false }))
      if (known.length === 0) throw platformProblem('not_found')
      return { url: await trackingLink(context.runtime, context.tenant, params.id) }
    },
  }),
]

async function tenantNamed(runtime: Runtime, code: string): Promise<Tenant> {
  const tenant = await openTenant(runtime.db.sql, code)
  if (tenant === null) throw platformProblem('not_found')
  return tenant
}

const Shop = Type.Object({ tenant: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,30}$' }) })

const publicRoutes: Route[] = [
  route('GET /public/shops/:tenant', {
    permit: 'public',
    because: 'A name and a colour that every mail of the merchant shows.',
    summary: 'The merchant as its customers know it.',
    params: Shop,
    reply: { 200: ShopView },
    run: async (context, { params, enter }) => {
      const tenant = await tenantNamed(context.runtime, params.tenant)
      return enter(tenant.tenant_id, 'public').transaction((tx) => viewShop(tx, tenant))
    },
  }),
  route('POST /public/track/:tenant', {
    permit: 'public',
    because: 'Number and phone tail are asked for; five wrong tries an hour, then locked; shows state and city only.',
    summary: 'Where an order is, by its number and the last four digits of the phone.',
    per_minute: 30,
    params: Shop,
    body: TrackForm,
    reply: { 200: TrackingView },
    run: async (context, { params, body, address, enter }) => {
      const tenant = await tenantNamed(context.runtime, params.tenant)
      const entered = enter(tenant.tenant_id, 'public')
      const order_id = await tryNumber(entered, body.number, body.phone_tail, address)
      return entered.transaction((tx) =>
        viewTracking(tx, tenant, order_id, { level: 'brief', language: context.language }),
      )
    },
  }),
  route('GET /public/track/:tenant/:token', {
    permit: 'public',
    because: 'The token is signed with 128 bits and belongs to one order.',
    summary: 'Where an order is, by the link in its mail.',
    per_minute: 120,
    params: Type.Object({
      ...Shop.properties,
      token: Type.String({ minLength: 40, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }),
    }),
    reply: { 200: TrackingView },
    run: async (context, { params, enter }) => {
      const tenant = await tenantNamed(context.runtime, params.tenant)
      const order_id = readToken(context.runtime.secrets, tenant.tenant_id, params.token)
      if (order_id === null) throw trackingProblem('track_link_invalid')
      return enter(tenant.tenant_id, 'public').transaction((tx) =>
        viewTracking(tx, tenant, order_id, { level: 'full', language: context.language }),
      )
    },
  }),
]

export const trackingRoutes: Route[] = [...carrierRoutes, ...exceptionRoutes, ...publicRoutes, ...linkRoutes]
