// Degradations over HTTP: what failed, and what came of the orders that were decided under it.
import { Type } from 'typebox'
import { DegradationList, DegradationQuery, ReconciledList } from '../../contracts/degradations.ts'
import { Id } from '../../contracts/views-shared.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { listDegradations, listDegradedOrders } from './view-degradations.ts'

export const degradationRoutes: Route[] = [
  route('GET /degradations', {
    permit: 'allocation.read',
    summary:
      'When rates, coordinates or rules failed, how many orders were decided with the last good values, and what came of them.',
    query: DegradationQuery,
    reply: { 200: DegradationList },
    run: (context, { query }) => context.transaction((tx) => listDegradations(tx, context.runtime.secrets, query)),
  }),
  route('GET /degradations/:degradation_id/orders', {
    permit: 'allocation.read',
    summary: 'The orders decided under one, those that cost most more than now first.',
    params: Type.Object({ degradation_id: Id }),
    query: DegradationQuery,
    reply: { 200: ReconciledList },
    run: (context, { params, query }) =>
      context.transaction((tx) => listDegradedOrders(tx, context.runtime.secrets, params.degradation_id, query)),
  }),
]
