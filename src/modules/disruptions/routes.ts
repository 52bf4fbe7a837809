// Disruptions over HTTP: draft with its plan, apply, undo, end; the orders that each touches.
import { Type } from 'typebox'
import {
  AffectedList,
  AffectedQuery,
  DisruptionList,
  DisruptionQuery,
  DisruptionView,
  NewDisruption,
} from '../../contracts/disruptions.ts'
import { Id } from '../../contracts/views-shared.ts'
import type { Tx } from '../../platform/db.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { answer, type Route, route } from '../../platform/http/route.ts'
import { applyDisruption } from './apply-disruption.ts'
import { discardDisruption, draftDisruption, planAgain } from './draft-disruption.ts'
import { endDisruption, undoDisruption } from './undo-disruption.ts'
import { listAffected, listDisruptions, viewDisruption } from './view-disruptions.ts'

const ById = Type.Object({ disruption_id: Id })
const mayDecide = (principal: Principal | null) => principal?.permissions.has('allocation.decide') ?? false

const reading: Route[] = [
  route('GET /disruptions', {
    permit: 'allocation.read',
    summary: 'Closures and disasters, the newest first: plan, progress, what is possible now.',
    query: DisruptionQuery,
    reply: { 200: DisruptionList },
    run: (context, { query, principal }) =>
      context.transaction((tx) => listDisruptions(tx, context.runtime.secrets, query, mayDecide(principal))),
  }),
  route('GET /disruptions/:disruption_id', {
    permit: 'allocation.read',
    summary: 'One disruption with the sums of its plan and how far it is.',
    params: ById,
    reply: { 200: DisruptionView },
    run: (context, { params, principal }) =>
      context.transaction((tx) => viewDisruption(tx, params.disruption_id, mayDecide(principal))),
  }),
  route('GET /disruptions/:disruption_id/orders', {
    permit: 'allocation.read',
    summary:
      'The orders with something open there: where it goes, cost and arrival before and after, what became of it.',
    params: ById,
    query: AffectedQuery,
    reply: { 200: AffectedList },
    run: (context, { params, query }) =>
      context.transaction((tx) => listAffected(tx, context.runtime.secrets, params.disruption_id, query)),
  }),
]

type Action = (tx: Tx, disruption_id: string) => Promise<void>

function acting(name: string, summary: string, act: Action): Route {
  return route(`POST /disruptions/:disruption_id/${name}`, {
    permit: 'allocation.decide',
    summary,
    idempotent: 'required',
    params: ById,
    reply: { 202: DisruptionView },
    run: (context, { params, principal }) =>
      context.transaction(async (tx) => {
        await viewDisruption(tx, params.disruption_id, false)
        await act(tx, params.disruption_id)
        return answer(202, await viewDisruption(tx, params.disruption_id, mayDecide(principal)))
      }),
  })
}

export const disruptionRoutes: Route[] = [
  ...reading,
  route('POST /disruptions', {
    permit: 'allocation.decide',
    summary:
      'Drafts a disruption of locations, a region or a radius; its plan follows, and nothing moves before it is applied.',
    idempotent: 'required',
    body: NewDisruption,
    reply: { 202: DisruptionView },
    run: (context, { body, principal }) =>
      context.transaction(async (tx) => {
        const { from, until, ...wish } = body
        const id = await draftDisruption(tx, {
          ...wish,
          ...(from === undefined ? {} : { from: new Date(from) }),
          until: until === undefined || until === null ? null : new Date(until),
        })
        return answer(202, await viewDisruption(tx, id, mayDecide(principal)))
      }),
  }),
  acting('plan', 'Makes the plan anew from what is open and free now.', planAgain),
  acting('apply', 'Closes the locations and moves the orders; each is checked again as it is moved.', applyDisruption),
  acting('undo', 'Opens the locations and sets back what has not progressed.', undoDisruption),
  acting('end', 'Opens the locations; orders stay where they went.', endDisruption),
  acting('discard', 'Throws a draft away.', discardDisruption),
]
