// Degradations over HTTP: what failed, what came of the orders that were decided under it, and their end by hand.
import { Type } from 'typebox'
import {
  DegradationList,
  DegradationQuery,
  DegradationView,
  EndDegradation,
  ReconciledList,
} from '../../contracts/degradations.ts'
import { Id } from '../../contracts/views-shared.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { closeCircuit } from '../modes/index.ts'
import { listDegradations, listDegradedOrders, viewDegradation } from './view-degradations.ts'

const ById = Type.Object({ degradation_id: Id })
const mayWrite = (principal: Principal | null) => principal?.permissions.has('modes.write') ?? false

export const degradationRoutes: Route[] = [
  route('GET /degradations', {
    permit: 'allocation.read',
    summary:
      'When rates, coordinates or rules failed, how many orders were decided with the last good values, and what came of them.',
    query: DegradationQuery,
    reply: { 200: DegradationList },
    run: (context, { query, principal }) =>
      context.transaction((tx) => listDegradations(tx, context.runtime.secrets, query, mayWrite(principal))),
  }),
  route('POST /degradations/:degradation_id/end', {
    permit: 'modes.write',
    summary:
      'Ends one by hand: what was decided under it is priced again at once. Values that go on failing begin another.',
    idempotent: 'required',
    params: ById,
    body: EndDegradation,
    reply: { 200: DegradationView },
    run: (context, { params: { degradation_id }, body }) =>
      context.transaction(async (tx) => {
        await closeCircuit(tx, degradation_id, body.reason)
        return viewDegradation(tx, degradation_id, true)
      }),
  }),
  route('GET /degradations/:degradation_id/orders', {
    permit: 'allocation.read',
    summary: 'The orders decided under one, those that cost most more than now first.',
    params: ById,
    query: DegradationQuery,
    reply: { 200: ReconciledList },
    run: (context, { params, query }) =>
      context.transaction((tx) => listDegradedOrders(tx, context.runtime.secrets, params.degradation_id, query)),
  }),
]
