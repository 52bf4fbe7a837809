// Modes over HTTP: what is out of the ordinary now; promotions planned, ended, taken back.
import { Type } from 'typebox'
import {
  ExtendPromotion,
  ModesNow,
  NewPromotion,
  PromotionList,
  PromotionQuery,
  PromotionView,
} from '../../contracts/modes.ts'
import { Id } from '../../contracts/views-shared.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { answer, type Route, route } from '../../platform/http/route.ts'
import { extendPromotion, planPromotion, stopPromotion } from './keep-promotions.ts'
import { listPromotions, modesNow, viewPromotion } from './view-modes.ts'

const ById = Type.Object({ promotion_id: Id })
const mayWrite = (principal: Principal | null) => principal?.permissions.has('modes.write') ?? false

function stopping(action: 'end' | 'cancel', summary: string): Route {
  return route(`POST /promotions/:promotion_id/${action}`, {
    permit: 'modes.write',
    summary,
    idempotent: 'required',
    params: ById,
    reply: { 200: PromotionView },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        await stopPromotion(tx, params.promotion_id, action)
        return viewPromotion(tx, params.promotion_id, true)
      }),
  })
}

export const modeRoutes: Route[] = [
  route('GET /modes', {
    permit: 'allocation.read',
    summary: 'What is out of the ordinary now: the promotion that is on, and what it changes.',
    reply: { 200: ModesNow },
    run: (context) => context.transaction((tx) => modesNow(tx)),
  }),
  route('GET /promotions', {
    permit: 'allocation.read',
    summary: 'Promotions, the newest first, with what was changed although rules were frozen.',
    query: PromotionQuery,
    reply: { 200: PromotionList },
    run: (context, { query, principal }) =>
      context.transaction((tx) => listPromotions(tx, context.runtime.secrets, query, mayWrite(principal))),
  }),
  route('POST /promotions', {
    permit: 'modes.write',
    summary: 'Plans a promotion, or begins it at once: frozen rules, raised limits, orders decided in batches.',
    idempotent: 'required',
    body: NewPromotion,
    reply: { 201: PromotionView },
    run: (context, { body }) =>
      context.transaction(async (tx) => answer(201, await viewPromotion(tx, await planPromotion(tx, body), true))),
  }),
  route('GET /promotions/:promotion_id', {
    permit: 'allocation.read',
    summary: 'One promotion.',
    params: ById,
    reply: { 200: PromotionView },
    run: (context, { params, principal }) =>
      context.transaction((tx) => viewPromotion(tx, params.promotion_id, mayWrite(principal))),
  }),
  route('POST /promotions/:promotion_id/extend', {
    permit: 'modes.write',
    summary: 'Gives a promotion that is planned or on a later end, at most 31 days after its beginning.',
    idempotent: 'required',
    params: ById,
    body: ExtendPromotion,
    reply: { 200: PromotionView },
    run: (context, { params: { promotion_id }, body }) =>
      context.transaction(async (tx) => {
        await extendPromotion(tx, promotion_id, body)
        return viewPromotion(tx, promotion_id, true)
      }),
  }),
  stopping('end', 'Ends a promotion that is on.'),
  stopping('cancel', 'Takes back a promotion that is planned.'),
]
