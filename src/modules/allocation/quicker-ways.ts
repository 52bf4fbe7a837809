// A promise at risk: the cheapest location, and the cheapest service from where it lies, by which open work of an order would still keep it.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { OrderFacts } from '../orders/index.ts'
import { sharedWith } from '../warehouse/index.ts'
import { decidePlainly } from './decide-plainly.ts'
import { FreeStock } from './free-stock.ts'
import { shippedGuidance, unruled } from './guidance.ts'
import { leavesAt, lookAtSites } from './look-at-sites.ts'
import { type Looked, lookByHand } from './look-by-hand.ts'
import { partOf } from './price-parts.ts'
import type { OpenLine } from './propose-by-hand.ts'
import { type LeavingRow, leavingOf } from './store-hand.ts'
import type { Candidate, Demand, Part, Way } from './types.ts'
import { weigh } from './weigh-by-hand.ts'
import { timesOf } from './write-decisions.ts'

export interface QuickerWay {
  readonly location_id: string
  readonly name: string
  readonly name_zh: string | null
  readonly carrier: string
  readonly service: string
  readonly service_name: string
  /** Freight and handling in minor units of the base currency. */
  readonly cost: number
  readonly ship_by: Date
  readonly transit_days: number
  readonly arrives_at: Date
}

export interface Quicker {
  readonly currency: string
  readonly promised_at: Date | null
  /** As it would leave now; null where its service is not on file. */
  readonly now: QuickerWay | null
  /** Elsewhere, by any service. */
  readonly place: QuickerWay | null
  /** From where it lies, by another service. */
  readonly service: QuickerWay | null
}

const nobody = { now: null, place: null, service: null }

/** What would still keep the promise of one fulfilment; `lock` keeps slots and stock as they are, order and work are locked before. */
export async function quickerWays<Line extends OpenLine>(
  tx: Tx,
  order: OrderFacts,
  fulfilment_id: string,
  work: readonly Line[],
  { lock }: { readonly lock: boolean },
): Promise<Quicker> {
  const mine = work.filter((line) => line.fulfilment_id === fulfilment_id)
  const [leaving] = await leavingOf(tx, fulfilment_id)
  const home = mine[0]?.location_id ?? ''
  const wish = { kind: 'move' as const, version: order.version, fulfilment_id, location_id: home }
  const looked = await lookByHand(tx, order, work, wish, { lock, hurry: true })
  const demand = looked.demandFor((line) => unitsOf(mine, line.line_no))
  const { currency } = looked.ground
  const { promised_at } = demand
  if (leaving === undefined || promised_at === null) return { currency, promised_at, ...nobody }
  const ways = waysFromHome(looked, demand, mine, leaving, tx.now)
  const present =
    ways.find(({ carrier, service }) => carrier === leaving.carrier && service === leaving.service) ?? null
  const blocked = looked.hindrances.filter(({ code }) => code !== 'same_place').map(({ code }) => code)
  const stands = blocked.every((code) => code === 'already_picked')
  const packed = mine.some((line) => line.packed > 0)
  const shared = stands && !packed && (await sharedWith(tx, [fulfilment_id], order.order_id)).length > 0
  return {
    currency,
    promised_at,
    now: present,
    place: blocked.length === 0 ? placeInTime(looked, home, promised_at, tx.now) : null,
    service:
      stands && !packed && !shared
        ? cheapest(ways.filter((way) => way !== present && way.arrives_at <= promised_at))
        : null,
  }
}

// The optimiser's answer where lateness outweighs everything and the present location is out, all from one place; priced as the move itself is.
function placeInTime<Line extends OpenLine>(
  looked: Looked<Line>,
  home: string,
  promised_at: Date,
  at: Date,
): QuickerWay | null {
  const { ground, guided, free, proposal, demandFor } = looked
  if (guided === undefined || proposal.out.length === 0) return null
  const excluded = new Set([...guided.demand.excluded, ...guided.demand.lines.map((line) => `${line.line_no} ${home}`)])
  const found = decidePlainly(ground, { ...guided, demand: { ...guided.demand, may_part: false, excluded } }, free, at)
  const target = found.plan?.parts.length === 1 && found.outcome === 'placed' ? found.plan.parts[0] : undefined
  if (target === undefined) return null
  const { location_id } = target.candidate.site.location
  const moved = { ...proposal, pieces: proposal.pieces.map((piece) => ({ ...piece, location_id })) }
  const units = (line_no: number) => unitsOf([...proposal.out, ...proposal.stays], line_no)
  const weighed = weigh(
    ground,
    guided,
    demandFor((line) => units(line.line_no)),
    moved,
    free,
    at,
  )
  const way = weighed.hindrances.length > 0 ? null : wayOf(weighed.plan.parts[0], at)
  return way !== null && way.arrives_at <= promised_at ? way : null
}

/** How a part leaves that is placed now; null where it has no service. */
export function wayOf(part: Part | undefined, at: Date): QuickerWay | null {
  if (part === undefined || part.offer === null) return null
  const ship_by = timesOf(at, new Map()).ship_by(part)
  return describe(part.candidate, part.offer, part.shipping + part.handling, ship_by)
}

// Every service that goes from there, whatever its level; ready when its work is due now, or at once where that has passed.
function waysFromHome<Line extends OpenLine>(
  { ground, guided }: Looked<Line>,
  demand: Demand,
  mine: readonly Line[],
  { ship_by }: LeavingRow,
  at: Date,
): QuickerWay[] {
  const there = new FreeStock()
  for (const { location_id, sku, to_pick, picked, packed } of mine)
    there.add(location_id, sku, there.at(location_id, sku) + to_pick + picked + packed)
  const guidance = unruled(guided?.guidances[0] ?? shippedGuidance)
  const plain = { ...demand, excluded: new Set<string>(), locked: null }
  const home = lookAtSites(ground, guidance, plain, there, at).find(
    ({ site }) => site.location.location_id === mine[0]?.location_id,
  )
  if (home === undefined || home.removed !== null) return []
  const quantity = demand.lines.map((line) => line.quantity)
  return home.ways.flatMap((way) => {
    const { shipping, handling } = partOf(guidance, plain, { ...home, ways: [way] }, quantity)
    const leaves = leavesAt(home.site.location, ship_by, at, way.service.card.cut_off)
    return [describe(home, way, shipping + handling, leaves)]
  })
}

function describe({ site }: Candidate, { service, zone }: Way, cost: number, ship_by: Date): QuickerWay {
  const { location_id, name, name_zh = null } = site.location
  const transit_days = zone.transit_days.p90
  return {
    ...{ location_id, name, name_zh, ship_by, transit_days, cost: Math.round(cost) },
    carrier: service.card.carrier,
    service: service.card.service,
    service_name: service.name,
    arrives_at: later(ship_by, transit_days * DAY_MS),
  }
}

function cheapest(ways: readonly QuickerWay[]): QuickerWay | null {
  return ways.toSorted((a, b) => a.cost - b.cost || a.arrives_at.getTime() - b.arrives_at.getTime())[0] ?? null
}

function unitsOf(lines: readonly OpenLine[], line_no: number): number {
  return lines.reduce(
    (sum, line) => (line.line_no === line_no ? sum + line.to_pick + line.picked + line.packed : sum),
    0,
  )
}
