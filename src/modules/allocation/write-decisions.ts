// What follows from decisions: fulfilment orders, buckets, events, explanations, and the queue of orders that nothing can send.
import type { DegradedKind } from '../../contracts/modes.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type NewJob, schedule } from '../../platform/engine/index.ts'
import type { NewEvent } from '../../platform/outbox/publish.ts'
import { book } from '../capacity/index.ts'
import { type OrderEvent, recordEvents, type UnitMove } from '../orders/index.ts'
import { type PlannedFulfilment, planUntold as planFulfilments } from '../warehouse/index.ts'
import { countTakings } from './count-takings.ts'
import { type Explained, explain } from './explain-decision.ts'
import { clocksOf, isAsBefore, waitsOf } from './follow-failures.ts'
import { type Booked, type FreeStock, readyWith } from './free-stock.ts'
import { openExceptions, resolveExceptions } from './keep-exceptions.ts'
import { leavesAt } from './look-at-sites.ts'
import { markedRows } from './mark-degraded.ts'
import type { Ground } from './prepare-ground.ts'
import { insertExplanations, type NewExplanation } from './store.ts'
import { insertDegraded } from './store-degraded.ts'
import { setNextTries } from './store-exceptions.ts'
import type { Decided, Decision, Part, Plan } from './types.ts'

/** Writes everything that the decisions mean; what still cannot be sent, waits already and is decided as before has at most its clock set. */
export async function writeDecisions(
  tx: Tx,
  ground: Ground,
  decided: readonly Decided[],
  free: FreeStock,
  timers: readonly NewJob[],
  degradations: ReadonlyMap<DegradedKind, string>,
): Promise<void> {
  const numbered = decided.map((one) => ({ ...one, decision_id: one.decision_id ?? tx.newId() }))
  const waits = waitsOf(tx, ground, numbered)
  const as_before = new Set(waits.filter(isAsBefore).map(({ one }) => one))
  const times = timesOf(tx.now, free.booked)
  const rows = numbered
    .filter((one) => !as_before.has(one))
    .map((one): Row => ({ ...one, explained: explain(ground, one.by, one.decision, times.arrives, one.degraded) }))
  const { planned, told } = await planParts(tx, rows, free, times)
  const { entries, tries, jobs } = await clocksOf(tx, ground, waits, free.slots)
  if (tries.length > 0) await setNextTries(tx, tries)
  if (rows.length === 0) {
    await schedule(tx, [...timers, ...jobs])
    return
  }
  await recordEvents(
    tx,
    rows.map((row) => eventOf(row, planned.get(row.order.order_id) ?? [], ground.currency)),
    { moves: rows.flatMap(movesOf), also: told, timers: [...timers, ...jobs] },
  )
  await keepReasons(tx, ground, rows, degradations)
  if (entries.length > 0) await openExceptions(tx, entries)
  const left = new Set(entries.map((entry) => entry.order_id))
  const settled = rows.filter((row) => row.in_queue && !left.has(row.order.order_id)).map((row) => row.order.order_id)
  if (settled.length > 0) await resolveExceptions(tx, settled, 'allocated')
}

async function keepReasons(
  tx: Tx,
  ground: Ground,
  rows: readonly Row[],
  degradations: ReadonlyMap<DegradedKind, string>,
): Promise<void> {
  const earlier = await insertExplanations(
    tx,
    rows.map((row) => explanationOf(row, ground.currency)),
  )
  await countTakings(
    tx,
    rows.map((row) => row.decision),
    earlier,
  )
  await insertDegraded(
    tx,
    rows.flatMap(({ decision_id, order: { order_id }, degraded }) =>
      markedRows({ ids: degradations }, { decision_id, order_id, degraded }),
    ),
  )
}

// Fulfilment orders for the parts, in the slots that were given; by order.
async function planParts(
  tx: Tx,
  rows: readonly Row[],
  { booked }: FreeStock,
  times: Times,
): Promise<{ planned: ReadonlyMap<string, Planned[]>; told: NewEvent[] }> {
  const parts = rows.flatMap(({ decision }) => (decision.plan?.parts ?? []).map((part) => ({ decision, part })))
  if (parts.length === 0) return { planned: new Map(), told: [] }
  const plan = await planFulfilments(
    tx,
    parts.map(({ decision, part }) => fulfilmentOf(decision, part, times)),
  )
  const planned = parts.map(({ decision, part }, index) => ({
    order_id: decision.demand.order_id,
    part,
    fulfilment_id: plan.ids[index] ?? '',
  }))
  await book(
    tx,
    planned.flatMap(({ part, fulfilment_id }) =>
      (booked.get(part) ?? []).map(({ slot: { location_id, starts_at }, work }) => ({
        ...work,
        fulfilment_id,
        location_id,
        starts_at,
      })),
    ),
  )
  return { planned: Map.groupBy(planned, (row) => row.order_id), told: plan.events }
}

interface Row extends Decided {
  readonly decision_id: string
  readonly explained: Explained
}

interface Planned {
  readonly part: Part
  readonly fulfilment_id: string
}

function eventOf(
  { decision, decision_id, explained, order, cause }: Row,
  planned: readonly Planned[],
  currency: string,
): OrderEvent {
  const { order_id } = order
  const waiting = explained.detail.rest
  if (planned.length === 0)
    return { order_id, type: 'order.exception', data: { kind: 'allocation', decision_id, cause, units: waiting } }
  const parts = planned.map(({ part, fulfilment_id }) => ({
    fulfilment_id,
    location: part.candidate.site.location.location_id,
    units: unitsOf(part),
    service: part.offer?.service.name ?? null,
  }))
  const data = { decision_id, cause, outcome: decision.outcome, parts, cost: explained.cost, currency }
  return { order_id, type: 'order.allocated', data: waiting === 0 ? data : { ...data, waiting } }
}

function explanationOf({ decision, decision_id, explained, order, cause }: Row, currency: string): NewExplanation {
  const { cost, margin, detail } = explained
  return {
    decision_id,
    order_id: order.order_id,
    cause,
    outcome: decision.outcome,
    currency,
    cost,
    margin,
    detail: JSON.stringify(detail),
  }
}

interface Times {
  ship_by(part: Part): Date
  promised(part: Part): Date | null
  arrives(plan: Plan): Date | null
}

/** Cut-offs of a batch are few: one for each site, service and time of being ready. */
export function timesOf(now: Date, booked: ReadonlyMap<Part, Booked>): Times {
  const known = new Map<string, Date>()
  const ship_by = (part: Part): Date => {
    const { candidate, offer } = part
    const { location } = candidate.site
    const cut_off = offer?.service.card.cut_off ?? location.cut_off
    const ready_at = readyWith(booked.get(part)) ?? candidate.ready_at ?? now
    const place = `${location.location_id} ${cut_off} ${ready_at.getTime()}`
    const at = known.get(place) ?? leavesAt(location, ready_at, now, cut_off)
    known.set(place, at)
    return at
  }
  const promised = (part: Part) =>
    part.offer === null ? null : later(ship_by(part), part.offer.zone.transit_days.p90 * DAY_MS)
  const arrives = (plan: Plan) =>
    plan.parts
      .map(promised)
      .reduce((latest, at) => (latest === null || (at !== null && at > latest) ? at : latest), null)
  return { ship_by, promised, arrives }
}

function fulfilmentOf({ demand }: Decision, part: Part, times: Times): PlannedFulfilment {
  const lines = demand.lines.flatMap((line, index) => {
    const quantity = part.quantity[index] ?? 0
    return quantity === 0 ? [] : [{ order_id: demand.order_id, line_no: line.line_no, sku: line.sku, quantity }]
  })
  return {
    location_id: part.candidate.site.location.location_id,
    carrier: part.offer?.service.card.carrier ?? null,
    service: part.offer?.service.card.service ?? null,
    ship_by: times.ship_by(part),
    promised_at: times.promised(part),
    lines,
  }
}

function movesOf({ decision: { demand, plan } }: Row): UnitMove[] {
  return (plan?.parts ?? []).flatMap((part) =>
    demand.lines.map(
      (line, index): UnitMove => ({
        order_id: demand.order_id,
        line_no: line.line_no,
        from: 'reserved',
        to: 'allocated',
        quantity: part.quantity[index] ?? 0,
      }),
    ),
  )
}

function unitsOf(part: Part): number {
  return part.quantity.reduce((sum, units) => sum + units, 0)
}
