// A person decides about an order: the checks of the machine, its ledger, and beside it who it was and why.
import type { Static } from 'typebox'
import type { HandDecided, HandDecision, HandPreview } from '../../contracts/hand.ts'
import type { Tx } from '../../platform/db.ts'
import type { NewJob } from '../../platform/engine/index.ts'
import * as inventory from '../inventory/index.ts'
import { loadOrders, type OrderFacts, orderProblem } from '../orders/index.ts'
import { lockOpenWork, type WorkLine, withdraw } from '../warehouse/index.ts'
import { checkVersion } from './check-version.ts'
import { ALLOCATE, exceptionOf } from './follow-failures.ts'
import { hindrance } from './hand-texts.ts'
import { lessenException } from './keep-exceptions.ts'
import { type Looked, lookByHand } from './look-by-hand.ts'
import { degradedBy, reconcileJobs } from './mark-degraded.ts'
import { allocationProblem } from './problems.ts'
import { checkFields } from './read-hand-wish.ts'
import { takeFrom } from './rules.ts'
import { steer } from './steer-orders.ts'
import { insertManualDecision } from './store-hand.ts'
import type { Decision } from './types.ts'
import { decisionOf } from './weigh-by-hand.ts'
import { writeDecisions } from './write-decisions.ts'

/** Decides. Throws order_unknown, order_changed where its version is another, decision_refused with all that stands in the way. */
export async function decideByHand(
  tx: Tx,
  order_id: string,
  { reason, ...wish }: HandDecision,
): Promise<Static<typeof HandDecided>> {
  checkFields(wish)
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  await checkVersion(tx, order, wish.version)
  const { kind, version: _seen, ...asked } = wish
  const decision_id = tx.newId()
  const detail =
    kind === 'lock' || kind === 'unlock' || kind === 'priority'
      ? await steer(tx, order, wish, decision_id)
      : { ...asked, locations: await placeByHand(tx, order, await workFor(tx, order, wish), wish, { decision_id }) }
  await insertManualDecision(tx, { decision_id, order_id, kind, reason: reason.trim(), detail: JSON.stringify(detail) })
  const [now] = await loadOrders(tx, [order_id], { lock: false })
  return { decision_id, order_id, kind, version: now?.version ?? order.version }
}

async function workFor(tx: Tx, { order_id }: OrderFacts, { kind }: HandPreview): Promise<readonly WorkLine[]> {
  return kind === 'allocate' ? [] : lockOpenWork(tx, [order_id])
}

/**
 * Takes the work, which is locked, out and gives its units, or those that waited, their new place; answers the locations that are named. `hurry`
 * has the promise weigh more than money. Throws decision_refused.
 */
export async function placeByHand(
  tx: Tx,
  order: OrderFacts,
  work: readonly WorkLine[],
  wish: HandPreview,
  { decision_id, hurry = false }: { readonly decision_id: string; readonly hurry?: boolean },
): Promise<string[]> {
  const looked = await lookByHand(tx, order, work, wish, { lock: true, hurry })
  const { proposal, weighed, hindrances } = looked
  if (weighed === null || hindrances.length > 0) throw allocationProblem('decision_refused', {}, hindrances)
  await withdraw(tx, proposal.out, { cause: 'manual' })
  await take(tx, order, proposal.pieces)
  const decision = decisionOf(weighed)
  takeFrom(looked.free, decision)
  await write(tx, order, looked, decision, decision_id, wish.kind === 'allocate')
  return [...new Set([...proposal.out, ...proposal.pieces].map((one) => one.location_id))]
}

async function take(
  tx: Tx,
  { order_id, lines }: OrderFacts,
  pieces: Looked<WorkLine>['proposal']['pieces'],
): Promise<void> {
  const skuOf = new Map(lines.map((line) => [line.line_no, line.sku]))
  const places = pieces.flatMap(({ location_id, units, pointer }) =>
    [...units].map(([line_no, quantity]) => ({
      demand_id: order_id,
      demand_line: line_no,
      location_id,
      sku: skuOf.get(line_no) ?? '',
      quantity,
      pointer,
    })),
  )
  const { short } = await inventory.allocate(tx, places)
  if (short.length === 0) return
  const missing = new Set(short)
  throw allocationProblem(
    'decision_refused',
    {},
    places
      .filter((one) => missing.has(one))
      .map(({ pointer, location_id, demand_line, sku, quantity }) =>
        hindrance('no_stock', pointer, { location_id, line_no: demand_line, sku, wanted: quantity }),
      ),
  )
}

// Of what waited, the machine tries what is left, and a person who has it in the queue sees how much that is; other decisions leave it as it is.
async function write(
  tx: Tx,
  order: OrderFacts,
  { ground, rules_version, footing, circuits, marks, free, weighed, demandFor }: Looked<WorkLine>,
  decision: Decision,
  decision_id: string,
  waited: boolean,
): Promise<void> {
  const given = new Map(decision.demand.lines.map((line) => [line.line_no, line.quantity]))
  const rest = demandFor((line) => line.units.reserved - (given.get(line.line_no) ?? 0))
  const queued = waited && marks.some((mark) => mark.kind === 'exception')
  const waits = waited && rest.lines.length > 0
  const again: NewJob[] = waits ? [{ step: ALLOCATE, subject: order.order_id, payload: { cause: 'manual' } }] : []
  const decided = {
    decision,
    decision_id,
    order,
    cause: 'manual',
    in_queue: queued && !waits,
    stay: null,
    bounded: false,
    ends_by: null,
    out_until: null,
    by: { version_id: rules_version, arm: null, failed: false },
    degraded: degradedBy(footing, decision),
  }
  const timers = [...again, ...reconcileJobs(circuits, [decided])]
  await writeDecisions(tx, ground, [decided], free, timers, circuits.ids)
  if (!queued || !waits || weighed === null) return
  const left_over = { ...weighed.machine, demand: rest, rest: rest.lines.map((line) => line.quantity) }
  await lessenException(tx, exceptionOf(tx, ground, { ...decided, decision: left_over }, decision_id))
}
