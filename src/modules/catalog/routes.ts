// The catalogue over HTTP: SKUs, networks, locations and channels are read by everybody and written by the office.
import { Type } from 'typebox'
import {
  ChannelFact,
  ChannelView,
  Key,
  LocationFact,
  LocationRead,
  LocationView,
  LocationWritten,
  NetworkFact,
  NetworkView,
  SkuBody,
  SkuCode,
  SkuItem,
  SkuView,
  Written,
} from '../../contracts/catalog.ts'
import { versionsOf } from '../../platform/facts.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { putSkus, skusOf } from './keep-skus.ts'
import { catalogProblem } from './problems.ts'
import { editLocation, putChannels, putNetworks } from './put-facts.ts'
import { channels, locations, networks } from './read-facts.ts'
import { listSkus } from './store.ts'

const Limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 })
const Change = Type.Object({
  valid_from: Type.Optional(Type.String({ format: 'date-time' })),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
})
const SKUS = 'skus'
const LIST_AT_MOST = 500

function note(query: { valid_from?: string; reason?: string }) {
  return {
    ...(query.valid_from === undefined ? {} : { valid_from: new Date(query.valid_from) }),
    ...(query.reason === undefined ? {} : { reason: query.reason }),
  }
}

const shown = <Item extends { name_zh?: string }>(items: readonly Item[]) =>
  items.slice(0, LIST_AT_MOST).map((item) => ({ ...item, name_zh: item.name_zh ?? null }))
const sited = <Item extends { name_zh?: string; network: string }>(items: readonly Item[]) =>
  shown(items).map((item) => ({ ...item, network_id: item.network }))

const skuRoutes: Route[] = [
  route('GET /skus', {
    permit: 'catalog.read',
    summary: 'SKUs in order of their code.',
    query: Type.Object({
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
      prefix: Type.Optional(SkuCode),
      state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('retired')])),
      limit: Type.Optional(Limit),
    }),
    reply: {
      200: Type.Object({
        items: Type.Array(SkuView, { maxItems: 200 }),
        next_cursor: Type.Union([Type.String(), Type.Null()]),
      }),
    },
    run: (context, { query: { cursor, prefix = '', state = '', limit = 50 } }) =>
      context.transaction(async (tx) => {
        const after = textPosition(context.runtime.secrets, SKUS, cursor, 1)?.[0] ?? ''
        const items = await listSkus(tx, { after, prefix, state, limit: limit + 1 })
        const page = items.slice(0, limit)
        const last = items.length > limit ? page.at(-1) : undefined
        return {
          items: page,
          next_cursor: last === undefined ? null : encodeCursor(context.runtime.secrets, SKUS, [last.sku]),
        }
      }),
  }),
  route('GET /skus/:sku', {
    permit: 'catalog.read',
    summary: 'One SKU.',
    params: Type.Object({ sku: SkuCode }),
    reply: { 200: SkuView },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        const found = (await skusOf(tx, [params.sku])).get(params.sku)
        if (found === undefined) throw catalogProblem('unknown_sku', { sku: params.sku })
        return found
      }),
  }),
  route('PUT /skus/:sku', {
    permit: 'catalog.write',
    summary: 'Creates a SKU or replaces it whole.',
    idempotent: 'natural',
    params: Type.Object({ sku: SkuCode }),
    body: SkuBody,
    reply: { 200: Type.Object({ sku: Type.String() }) },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await putSkus(tx, [{ ...body, sku: params.sku }])
        return { sku: params.sku }
      }),
  }),
  route('PUT /skus', {
    permit: 'catalog.write',
    summary: 'Creates or replaces up to 1,000 SKUs, all or none.',
    idempotent: 'natural',
    body: Type.Object({ items: Type.Array(SkuItem, { minItems: 1, maxItems: 1000 }) }),
    body_limit: 2 * 1024 * 1024,
    reply: { 200: Type.Object({ written: Type.Integer() }) },
    run: (context, { body }) =>
      context.transaction(async (tx) => {
        await putSkus(tx, body.items)
        return { written: body.items.length }
      }),
  }),
]

const siteRoutes: Route[] = [
  route('GET /networks', {
    permit: 'catalog.read',
    summary: 'The networks, each with the version that is valid now.',
    reply: { 200: Type.Object({ items: Type.Array(NetworkView, { maxItems: LIST_AT_MOST }) }) },
    run: (context) => context.transaction(async (tx) => ({ items: shown([...(await networks(tx)).values()]) })),
  }),
  route('PUT /networks/:id', {
    permit: 'catalog.write',
    summary: 'Sets a network from now or from valid_from on.',
    idempotent: 'natural',
    params: Type.Object({ id: Key }),
    query: Change,
    body: NetworkFact,
    reply: { 200: Written },
    run: (context, { params, query, body }) =>
      context.transaction(async (tx) => ({
        version_id: (await putNetworks(tx, new Map([[params.id, body]]), note(query)))[0],
      })),
  }),
  route('GET /locations', {
    permit: 'catalog.read',
    summary: 'The locations, open and closed, each with the version that is valid now.',
    reply: { 200: Type.Object({ items: Type.Array(LocationView, { maxItems: LIST_AT_MOST }) }) },
    run: (context) => context.transaction(async (tx) => ({ items: sited([...(await locations(tx)).values()]) })),
  }),
  route('GET /locations/:id', {
    permit: 'catalog.read',
    summary: 'One location with the version that is valid now; its revision is the ETag.',
    params: Type.Object({ id: Key }),
    reply: { 200: LocationRead },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        // the number first: what is read after it is at most newer
        const revision = await versionsOf(tx, 'location', params.id, 'known')
        const found = (await locations(tx)).get(params.id)
        if (found === undefined) throw catalogProblem('unknown_location', { location_id: params.id })
        return { ...sited([found])[0], revision }
      }),
  }),
  route('PUT /locations/:id', {
    permit: 'catalog.write',
    summary: 'Sets a location from now or from valid_from on; one that is there already only as it was read.',
    idempotent: 'natural',
    edits: 'where_known',
    params: Type.Object({ id: Key }),
    query: Change,
    body: LocationFact,
    reply: { 200: LocationWritten },
    run: (context, { params, query, body, revision }) =>
      context.transaction((tx) => editLocation(tx, params.id, revision, body, note(query))),
  }),
  route('GET /channels', {
    permit: 'catalog.read',
    summary: 'The channels, each with the version that is valid now.',
    reply: { 200: Type.Object({ items: Type.Array(ChannelView, { maxItems: LIST_AT_MOST }) }) },
    run: (context) => context.transaction(async (tx) => ({ items: sited([...(await channels(tx)).values()]) })),
  }),
  route('PUT /channels/:id', {
    permit: 'catalog.write',
    summary: 'Sets a channel from now or from valid_from on.',
    idempotent: 'natural',
    params: Type.Object({ id: Key }),
    query: Change,
    body: ChannelFact,
    reply: { 200: Written },
    run: (context, { params, query, body }) =>
      context.transaction(async (tx) => ({
        version_id: (await putChannels(tx, new Map([[params.id, body]]), note(query)))[0],
      })),
  }),
]

export const catalogRoutes: Route[] = [...skuRoutes, ...siteRoutes]
