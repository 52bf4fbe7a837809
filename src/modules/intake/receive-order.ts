// The door of orders: calls of a tenant share transactions, twins share an answer, and what is answered is kept.
import type { Static } from 'typebox'
import type { AcceptedOrder, StagedOrder } from '../../contracts/order-intake.ts'
import { fault } from '../../platform/fault.ts'
import { type GroupLimits, type Groups, gatherGroups } from '../../platform/gather-groups.ts'
import { boundedTransaction, overloaded } from '../../platform/http/bounded-transaction.ts'
import { type AnswerBox, answer } from '../../platform/http/route.ts'
import { humanNumber } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Context, Runtime } from '../../platform/runtime.ts'
import { record } from '../audit/index.ts'
import { orderProblem } from '../orders/index.ts'
import { auditRows } from './audit-intake.ts'
import { type Incoming, keyOf, type Outcome } from './incoming.ts'
import { placeMessages } from './place-messages.ts'
import { inWords } from './reasons.ts'

/** Decisions §8: at most 200 orders, 2 ms and 4 groups of a tenant; 20,000 orders wait at most, some seconds of work. */
const limits: GroupLimits = {
  size: 200,
  wait_ms: 2,
  in_flight: 4,
  waiting: 20_000,
  full: () => overloaded('too many orders wait to be kept'),
}
const TWIN_WAIT_MS = 2_000

interface UnderWay {
  readonly sha256: Buffer
  readonly done: Promise<Outcome>
}

interface Door {
  readonly groups: Groups<Incoming, Outcome>
  /** What is on its way, by tenant and key. */
  readonly under_way: Map<string, UnderWay>
  nudge: () => void
}

const doors = new WeakMap<Runtime, Door>()

function doorOf(runtime: Runtime): Door {
  const known = doors.get(runtime)
  if (known !== undefined) return known
  const door: Door = {
    groups: gatherGroups(limits, (tenant, actor, items) => commitGroup(runtime, door, tenant, actor, items), isAway),
    under_way: new Map(),
    nudge: () => {},
  }
  doors.set(runtime, door)
  return door
}

/** Calls `nudge` after each commit that brought orders, so that a worker in this process begins at once. */
export function onOrdersKept(runtime: Runtime, nudge: () => void): void {
  doorOf(runtime).nudge = nudge
}

async function commitGroup(
  runtime: Runtime,
  door: Door,
  tenant: string,
  actor: string,
  items: readonly Incoming[],
): Promise<readonly Outcome[]> {
  const newNumber = () => humanNumber(runtime.randomness)
  const outcomes = await boundedTransaction(runtime, tenant, actor, async (tx) => {
    const settled = await placeMessages(tx, items, newNumber)
    const rows = auditRows(actor, items, settled)
    await record(tx, rows)
    return settled
  })
  fault('intake:after-commit')
  door.nudge()
  return outcomes
}

// Alone it would fare no better: the database is away or has no connection free.
function isAway(error: unknown): boolean {
  return error instanceof Problem && error.status === 503
}

/** Keeps a message in the next group of its tenant. A twin on its way is waited for, and its answer is this one's too. */
export async function keep(context: Context, item: Incoming): Promise<Outcome> {
  const door = doorOf(context.runtime)
  const name = `${context.tenant} ${keyOf(item.message)}`
  for (let twin = door.under_way.get(name); twin !== undefined; twin = door.under_way.get(name)) {
    const outcome = await twinOutcome(twin.done)
    if (outcome !== null && outcome.kind !== 'conflict' && twin.sha256.equals(item.sha256))
      return { ...outcome, repeated: true }
  }
  const done = door.groups.add(context.tenant, context.actor, item)
  door.under_way.set(name, { sha256: item.sha256, done })
  try {
    return await done
  } finally {
    door.under_way.delete(name)
  }
}

async function twinOutcome(done: Promise<Outcome>): Promise<Outcome | null> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(platformProblem('in_progress', { retry_after_seconds: 1 })), TWIN_WAIT_MS)
  try {
    return await Promise.race([done.catch(() => null), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const REPLAYED = { 'idempotent-replayed': 'true' }

/** What the caller of POST /orders is told. */
export function answerTo(outcome: Outcome): AnswerBox {
  if (outcome.kind === 'conflict') throw conflict(outcome)
  const headers = outcome.repeated ? REPLAYED : {}
  if (outcome.kind === 'accepted') {
    const body: Static<typeof AcceptedOrder> = { state: 'accepted', ...outcome.order }
    return answer(201, body, headers)
  }
  return answer(202, stagedBody(outcome), headers)
}

function stagedBody(outcome: Extract<Outcome, { kind: 'staged' }>): Static<typeof StagedOrder> {
  const { staged_id, channel, external_id, reasons } = outcome
  return { state: 'staged', staged_id, channel, external_id, reasons: inWords(reasons) }
}

export function conflict({ order, differences }: Extract<Outcome, { kind: 'conflict' }>): Problem {
  const { order_id, number } = order
  return orderProblem(
    'order_conflict',
    { order_id, number },
    differences.map((difference) => ({ code: 'differs', ...difference })),
  )
}
