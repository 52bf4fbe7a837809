// From where waiting units could leave if what the rules leave out, or what failed before, is set aside: each place weighed as the decision by hand weighs it, and the decision itself.
import type { HandPreview, LineUnits, PlaceChoice, PlaceOutlook } from '../../contracts/hand.ts'
import type { Tx } from '../../platform/db.ts'
import { loadOrders, type OrderFacts, orderProblem } from '../orders/index.ts'
import { looksForPlace } from './allocate-orders.ts'
import { checkVersion } from './check-version.ts'
import { checkWay, type SeenWay } from './check-way.ts'
import { decideByHand } from './decide-by-hand.ts'
import { shippedGuidance, unruled } from './guidance.ts'
import { lookAtOrders, type Sight } from './look-at-orders.ts'
import { lookAtSite, lookAtSites } from './look-at-sites.ts'
import { waitingDemand } from './make-demand.ts'
import { degradedBy } from './mark-degraded.ts'
import { outlookOf } from './preview-by-hand.ts'
import { partOf, planOf } from './price-parts.ts'
import { propose } from './propose-by-hand.ts'
import { placeOf } from './show-outlook.ts'
import type { Candidate, Demand, Guided } from './types.ts'
import { decisionOf, isSoft, weigh } from './weigh-by-hand.ts'
import { timesOf } from './write-decisions.ts'

const CHOICES_AT_MOST = 3
const LOOKED_AT_MOST = 10

/** The places that have most of it, the cheapest first: those where something is set aside, or all where the machine finds nothing. */
export function sendsFrom(
  sight: Sight,
  order: OrderFacts,
  guided: Guided,
  again: PlaceOutlook,
  at: Date,
): readonly PlaceChoice[] {
  const { ground, free } = sight
  const guidance = unruled(guided.guidances[0] ?? shippedGuidance)
  const demand = { ...guided.demand, excluded: new Set<string>() }
  const open = lookAtSites(ground, guidance, demand, free, at)
    .filter((candidate) => candidate.removed === null)
    .map((candidate) => ({ candidate, cost: planOf([partOf(guidance, demand, candidate, candidate.can)], 0).cost }))
    .sort((a, b) => b.candidate.units - a.candidate.units || a.cost - b.cost)
  const most = open[0]?.candidate.units
  return open
    .slice(0, LOOKED_AT_MOST)
    .filter(({ candidate }) => candidate.units === most)
    .flatMap(({ candidate }) => wayFrom(sight, order, guided, candidate, at)?.choice ?? [])
    .filter((choice) => choice.set_aside.length > 0 || again.plan === null)
    .slice(0, CHOICES_AT_MOST)
    .map(({ set_aside, outlook, ...choice }) => ({
      ...choice,
      // it could leave from there by every filter of the rules: their limits on splitting keep it
      set_aside: set_aside.length > 0 ? set_aside : [{ code: 'split', until: null }],
      outlook: { ...outlook, because: outlook.unmet === 0 ? null : again.because },
    }))
}

interface WayFrom {
  readonly choice: PlaceChoice
  /** The same as a decision by hand asks for it. */
  readonly parts: NonNullable<HandPreview['parts']>
  readonly promised_at: Date | null
}

// All that the place has of it, or all of it; null where more than rules stands in the way.
function wayFrom(
  { ground, free, footing }: Sight,
  order: OrderFacts,
  guided: Guided,
  candidate: Candidate,
  at: Date,
): WayFrom | null {
  const { demand, guidances } = guided
  const { location_id } = candidate.site.location
  const lines = demand.lines.flatMap((line, index) => {
    const quantity = candidate.can[index] ?? 0
    return quantity === 0 ? [] : [{ ...line, quantity }]
  })
  const named: LineUnits[] = lines.map(({ line_no, quantity }) => ({ line_no, quantity }))
  const parts = [candidate.whole ? { location_id } : { location_id, lines: named }]
  const proposal = propose(order, [], { kind: 'allocate', version: order.version, parts }, demand.locked)
  if (lines.length === 0 || proposal.hindrances.length > 0) return null
  const moving = { demand: { ...demand, lines }, guidances }
  const weighed = weigh(ground, moving, moving.demand, proposal, free, at)
  if (weighed.hindrances.length > 0) return null
  const { arrives } = timesOf(at, new Map())
  const units = demand.lines.reduce((sum, line) => sum + line.quantity, 0)
  const outlook = {
    currency: ground.currency,
    plan: outlookOf(ground, weighed.whole.after, demand.promised_at, arrives),
    units,
    unmet: units - candidate.units,
    because: null,
    stands: [],
    degraded: degradedBy(footing, decisionOf(weighed)),
  }
  const set_aside = setAside({ ground, free }, moving, candidate, at).map((code) => ({ code, until: null }))
  const { promised_at } = demand
  return { choice: { place: placeOf(candidate), set_aside, lets_in: [], outlook }, parts, promised_at }
}

// Why the machine would not send these units from there.
function setAside(
  { ground, free }: Pick<Sight, 'ground' | 'free'>,
  { demand, guidances }: Guided,
  { site }: Candidate,
  at: Date,
): string[] {
  const [guidance] = guidances
  const isOut = ({ line_no }: Demand['lines'][number]) => demand.excluded.has(`${line_no} ${site.location.location_id}`)
  const refused = demand.lines.some(isOut) ? ['excluded'] : []
  if (guidance === undefined) return [...refused, 'no_rule']
  const { removed, can } = lookAtSite(ground, guidance, demand, free, at, site)
  if (removed !== null) return [...new Set([...refused, ...(isSoft(removed) ? [removed] : [])])]
  const keeps = demand.lines.some((line, index) => !isOut(line) && (can[index] ?? 0) < line.quantity)
  return [...refused, ...(keeps ? ['rule_safety'] : [])]
}

export interface SendWish {
  readonly location_id: string
  readonly reason: string
  /** The version of the order that was looked at; null: whatever it is now. */
  readonly version: number | null
  /** What was shown: nothing worse is done. null: nothing was. */
  readonly seen: SeenWay | null
}

/** Decides so by hand. Throws order_unknown, order_changed, way_changed, decision_refused. */
export async function sendFrom(tx: Tx, order_id: string, wish: SendWish): Promise<void> {
  const { location_id, reason, version, seen } = wish
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  if (version !== null) await checkVersion(tx, order, version)
  const way = looksForPlace(order) ? await lookFrom(tx, order, location_id) : null
  if (way !== null && seen !== null) await checkWay(tx, { ...nowOf(way), location_id }, seen)
  const parts = way?.parts ?? [{ location_id }]
  await decideByHand(tx, order_id, { kind: 'allocate', version: order.version, parts, reason })
}

async function lookFrom(tx: Tx, order: OrderFacts, location_id: string): Promise<WayFrom | null> {
  const sight = await lookAtOrders(tx, [order], waitingDemand)
  const [guided] = sight.guided
  const sites = sight.ground.networks.get(order.network_id)?.sites ?? []
  const site = sites.find((one) => one.location.location_id === location_id)
  if (guided === undefined || site === undefined) return null
  const guidance = unruled(guided.guidances[0] ?? shippedGuidance)
  const demand = { ...guided.demand, excluded: new Set<string>() }
  const candidate = lookAtSite(sight.ground, guidance, demand, sight.free, tx.now, site)
  return candidate.removed === null ? wayFrom(sight, order, guided, candidate, tx.now) : null
}

function nowOf({ choice, promised_at }: WayFrom) {
  const { plan, units, unmet } = choice.outlook
  const arrives_at = plan?.arrives_at == null ? null : new Date(plan.arrives_at)
  return { cost: plan?.paid ?? null, arrives_at, units: units - unmet, promised_at }
}
