// The policy lab over HTTP: what may be picked, comparisons, what changed, load over time.
import { Type } from 'typebox'
import {
  ChangedOrders,
  ChangedQuery,
  ComparisonList,
  ComparisonQuery,
  ComparisonView,
  LabChoices,
  LabLoad,
  LabLoadQuery,
  NewComparison,
} from '../../contracts/lab.ts'
import { Done, Id } from '../../contracts/views-shared.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { answer, type Route, route } from '../../platform/http/route.ts'
import { askComparison, cancelComparison, forgetComparison } from './ask-comparison.ts'
import { experimentRoutes } from './routes-experiments.ts'
import { listChanged, viewLoad } from './view-changes.ts'
import { labChoices, listComparisons, viewComparison } from './view-comparisons.ts'

const ById = Type.Object({ comparison_id: Id })
const mayWrite = (principal: Principal | null) => principal?.permissions.has('policies.write') ?? false

const looking: Route[] = [
  route('GET /lab/choices', {
    permit: 'policies.read',
    summary: 'What may be picked for a comparison: drafts, versions, imports, channels, the span of orders, limits.',
    reply: { 200: LabChoices },
    run: (context) => context.transaction(labChoices),
  }),
  route('GET /lab/comparisons', {
    permit: 'policies.read',
    summary: 'Saved comparisons, the newest first.',
    query: ComparisonQuery,
    reply: { 200: ComparisonList },
    run: (context, { query, principal }) =>
      context.transaction((tx) => listComparisons(tx, context.runtime.secrets, query, mayWrite(principal))),
  }),
  route('GET /lab/comparisons/:comparison_id', {
    permit: 'policies.read',
    summary: 'One comparison with its figures so far; while it runs, how far it is.',
    params: ById,
    reply: { 200: ComparisonView },
    run: (context, { params, principal }) =>
      context.transaction((tx) => viewComparison(tx, params.comparison_id, mayWrite(principal))),
  }),
  route('GET /lab/comparisons/:comparison_id/orders', {
    permit: 'policies.read',
    summary: 'The orders that the sides decide otherwise, the largest difference of cost first.',
    params: ById,
    query: ChangedQuery,
    reply: { 200: ChangedOrders },
    run: (context, { params, query }) =>
      context.transaction((tx) => listChanged(tx, context.runtime.secrets, params.comparison_id, query)),
  }),
  route('GET /lab/comparisons/:comparison_id/load', {
    permit: 'policies.read',
    summary: 'The work that each side gives one location, or all, by hour or by day.',
    params: ById,
    query: LabLoadQuery,
    reply: { 200: LabLoad },
    run: (context, { params, query }) =>
      context.transaction((tx) => viewLoad(tx, params.comparison_id, query.location_id ?? null)),
  }),
]

export const labRoutes: Route[] = [
  ...looking,
  ...experimentRoutes,
  route('POST /lab/comparisons', {
    permit: 'policies.write',
    summary: 'Keeps a comparison and replays its orders in the background; nothing of the orders changes.',
    idempotent: 'required',
    body: NewComparison,
    reply: { 202: ComparisonView },
    run: (context, { body }) =>
      context.transaction(async (tx) => answer(202, await viewComparison(tx, await askComparison(tx, body), true))),
  }),
  route('POST /lab/comparisons/:comparison_id/cancel', {
    permit: 'policies.write',
    summary: 'Stops a comparison; what it has counted so far stays.',
    idempotent: 'required',
    params: ById,
    reply: { 200: ComparisonView },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        await cancelComparison(tx, params.comparison_id)
        return viewComparison(tx, params.comparison_id, true)
      }),
  }),
  route('DELETE /lab/comparisons/:comparison_id', {
    permit: 'policies.write',
    summary: 'Deletes a comparison that is over.',
    idempotent: 'natural',
    params: ById,
    reply: { 200: Done },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        await forgetComparison(tx, params.comparison_id)
        return { ok: true }
      }),
  }),
]
