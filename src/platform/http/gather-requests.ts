// Requests of one route and caller that come together share one transaction: a row that all of them want is locked once, not once for each.
import type { Tx } from '../db.ts'
import { gatherGroups } from '../gather-groups.ts'
import { giveKeysBack, type KeptReply, keepReplies, type ReplyKey, takeKeys } from '../idempotency.ts'
import { Problem } from '../problem.ts'
import { platformProblem } from '../problems.ts'
import type { Runtime } from '../runtime.ts'
import type { AuditRow } from './audit-row.ts'
import { boundedTransaction, overloaded } from './bounded-transaction.ts'
import type { HoldPlan, Outcome, Who } from './hold-reply.ts'
import type { Route } from './route.ts'

export interface GatheredRequest {
  readonly who: Who
  readonly route: Route
  readonly plan: HoldPlan
  readonly input: Parameters<NonNullable<Route['options']['together']>>[1][number]
}

export type Gather = (request: GatheredRequest) => Promise<Outcome>

/** Two groups of a tenant and route are on their way at a time: the second fills while the first commits, and more would only wait for its rows. */
const limits = {
  size: 200,
  wait_ms: 2,
  in_flight: 2,
  waiting: 5_000,
  full: () => overloaded('too many requests of this kind wait'),
}

/** Gathers requests; each is answered with its own outcome or refused with its own problem. */
export function gatherRequests(runtime: Runtime): Gather {
  const groups = gatherGroups<GatheredRequest, Outcome | Problem>(
    limits,
    (_queue, _kind, requests) => settle(runtime, requests),
    (error) => error instanceof Problem && error.status === 503,
  )
  return async (request) => {
    const { who, route } = request
    const answer = await groups.add(`${who.tenant} ${route.method} ${route.path}`, who.actor, request)
    if (answer instanceof Problem) throw answer
    return answer
  }
}

type Answer = Outcome | Problem

async function settle(runtime: Runtime, requests: readonly GatheredRequest[]): Promise<Answer[]> {
  const [first] = requests
  if (first === undefined) return []
  const { tenant, actor } = first.who
  return boundedTransaction(runtime, tenant, actor, async (tx) => {
    const taken = await takeKeys(
      tx,
      requests.map(({ plan }) => plan.key),
    )
    const mine = requests.filter((_, index) => taken[index] === null)
    const made = await makeAll(tx, first.route, mine)
    return requests.flatMap((request, index): Answer[] => {
      const before = taken[index] ?? null
      if (before === null) return [made.get(request) ?? platformProblem('internal')]
      return [before instanceof Problem ? before : { kind: 'kept', reply: before, result: null }]
    })
  })
}

// Runs what is new in one go, and keeps replies and audit rows of what was not refused.
async function makeAll(
  tx: Tx,
  route: Route,
  requests: readonly GatheredRequest[],
): Promise<ReadonlyMap<GatheredRequest, Answer>> {
  const results =
    (await route.options.together?.(
      tx,
      requests.map(({ input }) => input),
    )) ?? []
  if (results.length !== requests.length) throw new Error('a gathered route answered fewer requests than it had')
  const answers = new Map<GatheredRequest, Answer>()
  const made: { key: ReplyKey; reply: KeptReply }[] = []
  const rows: AuditRow[] = []
  const refused: ReplyKey[] = []
  for (const [index, request] of requests.entries()) {
    const result = results[index]
    const { plan } = request
    if (result instanceof Problem) {
      refused.push(plan.key)
      answers.set(request, result)
      continue
    }
    const reply = plan.serialise(result)
    made.push({ key: plan.key, reply: { status: reply.status, text: plan.seal(reply.text) } })
    const row = plan.auditOf(tx.actor, reply, result)
    if (row !== null) rows.push(row)
    answers.set(request, { kind: 'made', reply, result })
  }
  await keepReplies(tx, made)
  await giveKeysBack(tx, refused)
  if (rows.length > 0) await requests[0]?.plan.record(tx, rows)
  return answers
}
