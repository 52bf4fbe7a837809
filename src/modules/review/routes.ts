// Review over HTTP: the queue, decisions with their undo, the rules and the policy.
import { Type } from 'typebox'
import { ManyDecisions, ManyTaken, ReviewPolicy, ReviewRules } from '../../contracts/review.ts'
import { DecisionTaken, ReviewDecision, ReviewQuery, ReviewQueue } from '../../contracts/views-review.ts'
import { Done, Id } from '../../contracts/views-shared.ts'
import { currentFacts } from '../../platform/facts.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { decideHold, decideHolds, undoDecision } from './decide-holds.ts'
import { SHIPPED } from './default-rules.ts'
import { documentIn, putReviewPolicy, reviewKinds, reviewPolicy } from './read-rules.ts'
import { putReviewRules } from './rule-kind.ts'
import { viewQueue } from './view-queue.ts'

const LIST = 'review'
const PAGE = 20
const PAGE_AT_MOST = 50
const FIRST = { placed_at: new Date(0), hold_id: '00000000-0000-0000-0000-000000000000' }
const HoldId = Type.Object({ hold_id: Id })
const Written = Type.Object({ version_id: Type.String() })
const Reason = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) })

const queue: Route[] = [
  route('GET /review', {
    permit: 'review.read',
    summary: 'Open holds with their evidence, the longest waiting first.',
    query: ReviewQuery,
    reply: { 200: ReviewQueue },
    run: (context, { query }) =>
      context.transaction(async (tx) => {
        const [placed_at, hold_id] = textPosition(context.runtime.secrets, LIST, query.cursor, 2) ?? []
        const after =
          placed_at === undefined || hold_id === undefined ? FIRST : { placed_at: new Date(placed_at), hold_id }
        const limit = Math.min(query.limit ?? PAGE, PAGE_AT_MOST)
        const { items, total, next } = await viewQueue(tx, {
          kind: query.kind ?? null,
          order_id: query.order_id ?? null,
          after,
          limit,
        })
        const next_cursor =
          next === null
            ? null
            : encodeCursor(context.runtime.secrets, LIST, [next.placed_at.toISOString(), next.hold_id])
        return { items, total, next_cursor }
      }),
  }),
  route('POST /review/:hold_id/decision', {
    permit: 'review.decide',
    summary:
      'Approves, rejects or keeps a hold; it takes effect after the undo, large sums when a second person agrees.',
    idempotent: 'required',
    params: HoldId,
    body: ReviewDecision,
    reply: { 200: DecisionTaken },
    run: (context, { params, body }) => context.transaction((tx) => decideHold(tx, params.hold_id, body)),
  }),
  route('DELETE /review/:hold_id/decision', {
    permit: 'review.decide',
    summary: 'Takes a decision back while it waits.',
    idempotent: 'required',
    params: HoldId,
    reply: { 200: Done },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        await undoDecision(tx, params.hold_id)
        return { ok: true }
      }),
  }),
  route('POST /review/decisions', {
    permit: 'review.decide',
    summary: 'Decides up to 200 holds alike, each by itself.',
    idempotent: 'required',
    body: ManyDecisions,
    reply: { 200: ManyTaken },
    run: (context, { body: { hold_ids, ...wish } }) => context.transaction((tx) => decideHolds(tx, hold_ids, wish)),
  }),
]

const rules: Route[] = [
  route('GET /review/rules', {
    permit: 'review.read',
    summary: 'The rules in force: a JDM document and its version.',
    reply: { 200: ReviewRules },
    run: (context) =>
      context.transaction(async (tx) => {
        const { version_id, document } = documentIn(await currentFacts(tx, reviewKinds))
        return { version_id, shipped: version_id === SHIPPED, document }
      }),
  }),
  route('PUT /review/rules', {
    permit: 'review.policy',
    summary: 'Sets the rules from now on; every cell is read before they are taken.',
    idempotent: 'natural',
    query: Reason,
    body: Type.Object({ document: Type.Unknown() }),
    reply: { 200: Written },
    run: (context, { query, body }) =>
      context.transaction(async (tx) => ({ version_id: await putReviewRules(tx, body.document, query.reason) })),
  }),
  route('GET /review/policy', {
    permit: 'review.read',
    summary: 'The policy in force: clocks, undo, when two people must agree.',
    reply: { 200: ReviewPolicy },
    run: (context) => context.transaction((tx) => reviewPolicy(tx)),
  }),
  route('PUT /review/policy', {
    permit: 'review.policy',
    summary: 'Sets the policy from now on.',
    idempotent: 'natural',
    query: Reason,
    body: ReviewPolicy,
    reply: { 200: Written },
    run: (context, { query, body }) =>
      context.transaction(async (tx) => ({ version_id: await putReviewPolicy(tx, body, query.reason) })),
  }),
]

export const reviewRoutes: Route[] = [...queue, ...rules]
