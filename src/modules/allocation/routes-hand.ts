// Decisions by hand over HTTP: preview, decide, what was decided before.
import { Type } from 'typebox'
import { HandDecided, HandDecision, HandHistory, HandPreview, HandPreviewed } from '../../contracts/hand.ts'
import { WorkBoard, WorkBoardQuery, WorkCardQuery, WorkCards } from '../../contracts/hand-board.ts'
import { Id } from '../../contracts/views-shared.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { decideByHand } from './decide-by-hand.ts'
import { handHistory } from './hand-history.ts'
import { previewByHand } from './preview-by-hand.ts'
import { viewWorkBoard, viewWorkCards } from './view-work-board.ts'

const OfOrder = Type.Object({ id: Id })

export const handRoutes: Route[] = [
  route('GET /allocation/board', {
    permit: 'allocation.read',
    summary:
      'Open work by location: load, cut-off, how much is open, the first cards of each; and what waits for a place. Filters: location, priority, text.',
    query: WorkBoardQuery,
    reply: { 200: WorkBoard },
    run: (context, { query }) => context.transaction((tx) => viewWorkBoard(tx, context.runtime.secrets, query)),
  }),
  route('GET /allocation/board/cards', {
    permit: 'allocation.read',
    summary: 'The next cards of one column of the board; without a location of what waits for a place.',
    query: WorkCardQuery,
    reply: { 200: WorkCards },
    run: (context, { query }) => context.transaction((tx) => viewWorkCards(tx, context.runtime.secrets, query)),
  }),

  route('GET /orders/:id/manual-decisions', {
    permit: 'allocation.read',
    summary: 'What people have decided about the order above the machine, newest first; whether it is locked.',
    params: OfOrder,
    reply: { 200: HandHistory },
    run: (context, { params }) => context.transaction((tx) => handHistory(tx, params.id)),
  }),
  route('POST /orders/:id/manual-decisions/preview', {
    permit: 'allocation.decide',
    summary:
      'The decision as it would be, against the present plan and the machine’s own choice; refused as the decision would be. Writes nothing.',
    params: OfOrder,
    body: HandPreview,
    reply: { 200: HandPreviewed },
    run: (context, { params, body }) => context.transaction((tx) => previewByHand(tx, params.id, body)),
  }),
  route('POST /orders/:id/manual-decisions', {
    permit: 'allocation.decide',
    summary:
      'Decides above the machine: allocate, move, split, merge, lock, unlock, priority; the same checks, the same ledger, with the reason.',
    idempotent: 'required',
    params: OfOrder,
    body: HandDecision,
    reply: { 200: HandDecided },
    run: (context, { params, body, touch }) =>
      context.transaction(async (tx) => {
        touch(params.id)
        return decideByHand(tx, params.id, body)
      }),
  }),
]
