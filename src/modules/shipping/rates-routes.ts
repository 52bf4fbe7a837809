// Carriers and rate cards over HTTP, and what a parcel would cost.
import { Type } from 'typebox'
import { Key } from '../../contracts/catalog.ts'
import {
  CarrierFact,
  CarrierView,
  QuoteList,
  QuoteQuery,
  RateCardFact,
  RateCardView,
} from '../../contracts/shipping-rates.ts'
import { currentFacts } from '../../platform/facts.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { catalogProblem, locations } from '../catalog/index.ts'
import { carriers, putCarriers, putRateCards, rateCards, ratesKinds, suspension } from './carriers.ts'
import { quote } from './rates.ts'

const Change = Type.Object({
  valid_from: Type.Optional(Type.String({ format: 'date-time' })),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
})
const Written = Type.Object({ version_id: Type.String() })
const QUOTES_AT_MOST = 200

function note(query: { valid_from?: string; reason?: string }) {
  return {
    ...(query.valid_from === undefined ? {} : { valid_from: new Date(query.valid_from) }),
    ...(query.reason === undefined ? {} : { reason: query.reason }),
  }
}

const quotes = route('GET /shipping/quotes', {
  permit: 'shipping.read',
  summary: 'What each service would charge from a location to an address, cheapest first.',
  query: QuoteQuery,
  reply: { 200: QuoteList },
  run: (context, { query }) =>
    context.transaction(async (tx) => {
      const from = (await locations(tx)).get(query.location_id)
      if (from === undefined) throw catalogProblem('unknown_location', { location_id: query.location_id })
      const { country, region = null, postcode = null, lat = null, lon = null, weight_grams, volume_mm3 = 0 } = query
      const to = { country, region, postcode, lat, lon }
      const open = await carriers(tx)
      const items = [...(await rateCards(tx)).values()].flatMap((card) => {
        const carrier = open.get(card.carrier)
        if (carrier === undefined || suspension(carrier, to, tx.now) !== null) return []
        return quote(card, { from, to, weight_grams, volume_mm3 }) ?? []
      })
      return { items: items.sort((a, b) => (a.amount < b.amount ? -1 : 1)).slice(0, QUOTES_AT_MOST) }
    }),
})

export const ratesRoutes: Route[] = [
  quotes,
  route('GET /carriers', {
    permit: 'shipping.read',
    summary: 'The carriers, each with the version that is valid now.',
    reply: { 200: Type.Object({ items: Type.Array(CarrierView, { maxItems: 500 }) }) },
    run: (context) => context.transaction(async (tx) => ({ items: [...(await carriers(tx)).values()] })),
  }),
  route('PUT /carriers/:carrier', {
    permit: 'shipping.write',
    summary: 'Sets a carrier from now or from valid_from on.',
    idempotent: 'natural',
    params: Type.Object({ carrier: Key }),
    query: Change,
    body: CarrierFact,
    reply: { 200: Written },
    run: (context, { params, query, body }) =>
      context.transaction(async (tx) => ({
        version_id: (await putCarriers(tx, new Map([[params.carrier, body]]), note(query)))[0],
      })),
  }),
  route('GET /rate-cards', {
    permit: 'shipping.read',
    summary: 'The rate cards, each with the version that is valid now.',
    reply: { 200: Type.Object({ items: Type.Array(RateCardView, { maxItems: 500 }) }) },
    run: (context) =>
      context.transaction(async (tx) => {
        const facts = (await currentFacts(tx, ratesKinds)).get('rate_card') ?? []
        return {
          items: facts.map(({ key, version_id, valid_from, value }) => {
            const [carrier = '', service = ''] = key.split('/')
            return { ...(typeof value === 'object' ? value : {}), carrier, service, version_id, valid_from }
          }),
        }
      }),
  }),
  route('PUT /rate-cards/:carrier/:service', {
    permit: 'shipping.write',
    summary: 'Sets the rate card of a service from now or from valid_from on.',
    idempotent: 'natural',
    params: Type.Object({ carrier: Key, service: Key }),
    query: Change,
    body: RateCardFact,
    reply: { 200: Written },
    run: (context, { params, query, body }) =>
      context.transaction(async (tx) => {
        const entries = new Map([[`${params.carrier}/${params.service}`, body]])
        return { version_id: (await putRateCards(tx, entries, note(query)))[0] }
      }),
  }),
]
