// Everything that a decision by hand stands on, read once for the preview and, under locks, for the decision itself.
import type { HandPreview } from '../../contracts/hand.ts'
import type { Tx } from '../../platform/db.ts'
import type { ProblemItem } from '../../platform/problem.ts'
import { bookedFor, lockShifts, type SlotBook } from '../capacity/index.ts'
import { rememberedSkus } from '../catalog/index.ts'
import * as inventory from '../inventory/index.ts'
import { type Circuits, followCircuits } from '../modes/index.ts'
import type { OrderFacts } from '../orders/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { locateDemands } from './find-places.ts'
import type { FreeStock } from './free-stock.ts'
import { guideOrders } from './guide-orders.ts'
import { hindrance } from './hand-texts.ts'
import { freeStock, lockLimited, placesFor, roomFor } from './look-at-stock.ts'
import { demandOf, type UnitsWanted } from './make-demand.ts'
import { type Footing, seenOf } from './mark-degraded.ts'
import { standNow } from './mend-rates.ts'
import { type Ground, groundKinds } from './prepare-ground.ts'
import { type OpenLine, type Proposal, propose } from './propose-by-hand.ts'
import { rulesIn } from './read-rules.ts'
import { type Mark, marksOf } from './store.ts'
import type { Demand, Guided } from './types.ts'
import { type Weighed, weigh } from './weigh-by-hand.ts'

export interface Looked<Line extends OpenLine> {
  readonly ground: Ground
  readonly rules_version: string
  /** What moves, by the rules that take it; undefined where nothing does. */
  readonly guided: Guided | undefined
  readonly footing: Footing
  /** What it is decided under; closed ones in a preview. */
  readonly circuits: Circuits
  readonly marks: readonly Mark[]
  readonly proposal: Proposal<Line>
  readonly free: FreeStock
  /** null where nothing is left to be weighed. */
  readonly weighed: Weighed | null
  readonly hindrances: readonly ProblemItem[]
  /** The order as demand, of so many units of each line. */
  demandFor(wanted: UnitsWanted): Demand
}

const closed: Circuits = { ids: new Map(), over: false }

/** So much a day, in minor units, that being late is dearer than anything else. */
const LATE_PER_DAY = 1_000_000_000
/** No service has this level: any of them may take the order. */
const ANY_LEVEL = ''

/**
 * Looks at what is asked; `lock` keeps slots and stock as they are until the end of the transaction. Orders and work are locked before. `hurry`
 * weighs it so that the promise comes before money and before the level of service that was bought.
 */
export async function lookByHand<Line extends OpenLine>(
  tx: Tx,
  order: OrderFacts,
  work: readonly Line[],
  wish: HandPreview,
  { lock, hurry = false }: { readonly lock: boolean; readonly hurry?: boolean },
): Promise<Looked<Line>> {
  const { marks, heads } = await marksOf(tx, [order.order_id], groundKinds)
  const { facts, ground, rates } = await standNow(tx, await currencyOf(tx), heads)
  const skus = await rememberedSkus(
    tx,
    facts,
    order.lines.map((line) => line.sku),
  )
  const locked = marks.find((mark) => mark.kind === 'lock')?.location_id ?? null
  const proposal = propose(order, work, wish, locked)
  const demandFor = (wanted: UnitsWanted) => {
    const demand = demandOf(ground, order, marks, (sku) => skus.get(sku), wanted)
    return hurry ? { ...demand, service_level: ANY_LEVEL } : demand
  }
  const moving = unitsOf(proposal, 'moving')
  const whole = unitsOf(proposal, 'touched')
  const places = await locateDemands(tx, facts, [
    demandFor((line) => moving.get(line.line_no) ?? 0),
    demandFor((line) => whole.get(line.line_no) ?? 0),
  ])
  const [moved, touched] = places.demands
  const live = rulesIn(facts)
  const rules = await guideOrders(tx, live, moved === undefined ? [] : [moved])
  const guided = hurry ? rules.guided.map(hurried) : rules.guided
  const footing = { currency: ground.currency, rates, places, rules }
  // before slots and stock are locked, as the machine does
  const circuits = lock ? await followCircuits(tx, facts, seenOf(footing)) : closed
  const slots = await slotsFor(tx, ground, guided, proposal, lock)
  if (lock) await inventory.lockStock(tx, placesIn(order, proposal))
  const free = await freeStock(tx, ground, guided, slots)
  for (const { location_id, sku, to_pick } of proposal.out)
    free.add(location_id, sku, free.at(location_id, sku) + to_pick)
  const [one] = guided
  const weighed =
    one === undefined || touched === undefined || moving.size === 0
      ? null
      : weigh(ground, one, touched, proposal, free, tx.now)
  return {
    ground,
    rules_version: rules.stale.get(order.order_id) ?? live.version_id,
    footing,
    circuits,
    guided: moving.size === 0 ? undefined : one,
    marks,
    proposal,
    free,
    weighed,
    hindrances: [
      ...proposal.hindrances,
      ...tooManyParts(work, wish, proposal, ground.policy.max_parts),
      ...(weighed?.hindrances ?? []),
    ],
    demandFor,
  }
}

// The machine tears no order into more parts than the policy allows, and a person does not either; what was torn before may still move.
function tooManyParts(
  work: readonly OpenLine[],
  { kind }: HandPreview,
  { out, stays, pieces }: Proposal<OpenLine>,
  limit: number,
): ProblemItem[] {
  const idsOf = (lines: readonly OpenLine[]) => new Set(lines.map((line) => line.fulfilment_id))
  const [before, touched] = [idsOf(work), idsOf(out)]
  const parts = before.size - touched.size + idsOf(stays).size + pieces.length
  if (parts <= limit || parts <= before.size) return []
  return [hindrance('too_many_parts', kind === 'allocate' ? '/parts' : '/lines', { parts, limit })]
}

function hurried({ demand, guidances }: Guided): Guided {
  return { demand, guidances: guidances.map((guidance) => ({ ...guidance, late_per_day: LATE_PER_DAY })) }
}

// Units by line: those that look for a place, or with them what stays in the fulfilments that they leave.
function unitsOf({ pieces, stays }: Proposal<OpenLine>, which: 'moving' | 'touched'): ReadonlyMap<number, number> {
  const units = new Map<number, number>()
  const add = (line_no: number, quantity: number) => units.set(line_no, (units.get(line_no) ?? 0) + quantity)
  for (const piece of pieces) for (const [line_no, quantity] of piece.units) add(line_no, quantity)
  if (which === 'touched') for (const { line_no, to_pick } of stays) add(line_no, to_pick)
  return units
}

// Slots as they are once what leaves its fulfilment whole has left its slot.
async function slotsFor(
  tx: Tx,
  ground: Ground,
  guided: readonly Guided[],
  { out, stays, pieces }: Proposal<OpenLine>,
  lock: boolean,
): Promise<SlotBook> {
  const staying = new Set(stays.map((line) => line.fulfilment_id))
  const leaving = [...new Set(out.map((line) => line.fulfilment_id))].filter((id) => !staying.has(id))
  if (lock) await lockLimited(tx, ground, guided)
  const slots = await lockShifts(
    tx,
    placesFor(ground, guided).map((site) => site.location),
    ground.promotion,
    { look: !lock, need: { ...roomFor(guided), orders: pieces.length }, leaving },
  )
  if (leaving.length > 0)
    for (const { location_id, starts_at, ...work } of await bookedFor(tx, leaving))
      slots.leave(location_id, starts_at, work)
  return slots
}

function placesIn(order: OrderFacts, { out, pieces }: Proposal<OpenLine>): { location_id: string; sku: string }[] {
  const skuOf = new Map(order.lines.map((line) => [line.line_no, line.sku]))
  return [
    ...out,
    ...pieces.flatMap(({ location_id, units }) =>
      [...units.keys()].map((line_no) => ({ location_id, sku: skuOf.get(line_no) ?? '' })),
    ),
  ]
}
