// Decisions by hand over HTTP: preview, decide, what was decided before.
import { Type } from 'typebox'
import { HandDecided, HandDecision, HandHistory, HandPreview, HandPreviewed } from '../../contracts/hand.ts'
import { Id } from '../../contracts/views-shared.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { decideByHand } from './decide-by-hand.ts'
import { handHistory } from './hand-history.ts'
import { previewByHand } from './preview-by-hand.ts'

const OfOrder = Type.Object({ order_id: Id })

export const handRoutes: Route[] = [
  route('GET /orders/:order_id/manual-decisions', {
    permit: 'allocation.read',
    summary: 'What people have decided about the order above the machine, newest first; whether it is locked.',
    params: OfOrder,
    reply: { 200: HandHistory },
    run: (context, { params }) => context.transaction((tx) => handHistory(tx, params.order_id)),
  }),
  route('POST /orders/:order_id/manual-decisions/preview', {
    permit: 'allocation.decide',
    summary:
      'The decision as it would be, against the present plan and the machine’s own choice; refused as the decision would be. Writes nothing.',
    params: OfOrder,
    body: HandPreview,
    reply: { 200: HandPreviewed },
    run: (context, { params, body }) => context.transaction((tx) => previewByHand(tx, params.order_id, body)),
  }),
  route('POST /orders/:order_id/manual-decisions', {
    permit: 'allocation.decide',
    summary:
      'Decides above the machine: allocate, move, split, merge, lock, unlock, priority; the same checks, the same ledger, with the reason.',
    idempotent: 'required',
    params: OfOrder,
    body: HandDecision,
    reply: { 200: HandDecided },
    run: (context, { params, body, touch }) =>
      context.transaction(async (tx) => {
        touch(params.order_id)
        return decideByHand(tx, params.order_id, body)
      }),
  }),
]
