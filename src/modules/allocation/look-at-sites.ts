// Looking at the locations of a network for one order and one rule: which lines each could send, by which services, and what removes it.
import { DAY_MS, later } from '../../platform/clock.ts'
import { nextCutOff, opensAt } from '../capacity/index.ts'
import type { Location } from '../catalog/index.ts'
import { raiseAt, raised } from '../modes/index.ts'
import { type Address, addressOf, distanceKm, suspension } from '../shipping/index.ts'
import { type FreeStock, readyWith } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { depletionOf, emissionOver } from './policy-prices.ts'
import { type Ground, isStopped, type Lane, type Service, type Site } from './prepare-ground.ts'
import type { Candidate, Demand, Removal, Way } from './types.ts'
import { isUrgent } from './urgency.ts'

// What is the same for all sites: the address as it compares, and the services that take this order.
interface View {
  readonly ground: Ground
  readonly guidance: Guidance
  readonly demand: Demand
  readonly free: FreeStock
  readonly at: Date
  readonly address: Address
  readonly taking: ReadonlySet<Service>
  readonly vocabulary: ReadonlyMap<string, number>
  readonly urgent: boolean
  /** Whether it matters when the parcel arrives: it was promised, or hurries. */
  readonly timed: boolean
}

/** What each location of the order's network could do for it by this rule, and what takes it out of the choice. */
export function lookAtSites(
  ground: Ground,
  guidance: Guidance,
  demand: Demand,
  free: FreeStock,
  at: Date,
): Candidate[] {
  const network = ground.networks.get(demand.network_id)
  if (network === undefined) return []
  const view = viewOf(ground, guidance, demand, free, at)
  return network.sites.map((site) => look(view, site))
}

/** The same of one location. */
export function lookAtSite(
  ground: Ground,
  guidance: Guidance,
  demand: Demand,
  free: FreeStock,
  at: Date,
  site: Site,
): Candidate {
  return look(viewOf(ground, guidance, demand, free, at), site)
}

function viewOf(ground: Ground, guidance: Guidance, demand: Demand, free: FreeStock, at: Date): View {
  const taking = ground.services.filter((service) => !demand.cash_on_delivery || service.card.cash_on_delivery)
  const urgent = isUrgent(ground, demand, at)
  return {
    urgent,
    ground,
    guidance,
    demand,
    free,
    at,
    address: addressOf(demand.to),
    taking: new Set(taking),
    vocabulary: ground.networks.get(demand.network_id)?.vocabulary ?? new Map(),
    timed: (demand.promised_at !== null && latePerDay(ground, guidance) > 0) || urgent,
  }
}

// What a day after the promise costs: by the rule, otherwise by the policy.
function latePerDay({ prices }: Ground, { late_per_day }: Guidance): number {
  return late_per_day ?? prices.late_per_day
}

function look(view: View, site: Site): Candidate {
  const { ground, demand } = view
  const goods = goodsAt(view, site)
  const { can, blocked, units, wanted } = goods
  const km = distanceKm(site.location, demand.to)
  const load = units === 0 ? nothing : loadAt(view, site, can)
  const { ways, suspended } = load.ready_at === null ? noWay : waysFrom(view, site, km, load.ready_at)
  const removed = ((): Removal | null => {
    if (demand.locked !== null && demand.locked !== site.location.location_id) return 'locked'
    if (site.location.state !== 'open') return 'closed'
    if (isStopped(site, view.at, load.ready_at)) return 'disrupted'
    const ruled = ruledOut(view, site, km)
    if (ruled !== null) return ruled
    if (units === 0)
      return goods.unable > 0
        ? 'capability'
        : goods.refused > 0
          ? 'excluded'
          : goods.kept > 0
            ? 'rule_safety'
            : 'no_stock'
    if (load.ready_at === null) return 'capacity'
    if (ground.unpriced || ways.length > 0) return null
    return suspended ? 'out_of_area' : 'no_carrier'
  })()
  return {
    ...{ site, km, can, blocked, units, ways, removed },
    whole: units === wanted,
    urgent: view.urgent,
    ...load,
    depletion: scarcityAt(view, site),
    emits: emissionOver(ground.prices, km),
  }
}

// By line: what taking a unit costs.
function scarcityAt({ ground, demand, free }: View, { location }: Site): readonly number[] {
  if (ground.prices.depletion === 0) return nowhere
  return demand.lines.map((line) => depletionOf(ground.prices, free.at(location.location_id, line.sku)))
}

const nowhere: readonly number[] = []
const nothing = { ready_at: null, load_minor: 0 }
const noWay = { ways: [], suspended: false }

// When all that the place could send of the order would be ready there, and what it costs to use a place that is busy: a quarter of the price at half a day's work, all of it at a day's, nine times at three days'.
function loadAt(
  { ground, free, at, urgent }: View,
  { location }: Site,
  can: readonly number[],
): Pick<Candidate, 'ready_at' | 'load_minor'> {
  const { location_id } = location
  const kept = free.keptTime(location_id)
  if (!free.slots.has(location_id)) return { ready_at: kept ?? opensAt(location, at), load_minor: 0 }
  const lines = can.filter((units) => units > 0).length
  const stints = free.slots.earliest(location_id, free.slots.workOf(location_id, lines), urgent)
  const fill = Math.min(FILL_AT_MOST, free.slots.fill(location_id))
  return { ready_at: kept ?? readyWith(stints ?? []), load_minor: Math.round(ground.prices.load * fill ** 2) }
}

const FILL_AT_MOST = 3

// What the rule itself leaves out. A distance that is not known is not near.
function ruledOut({ ground, guidance, free }: View, site: Site, km: number | null): Removal | null {
  const { location_id, capabilities } = site.location
  if (!isNamed(guidance, site.location)) return 'rule_location'
  if (guidance.radius_km !== null && (km === null || km > guidance.radius_km)) return 'rule_radius'
  if (guidance.capabilities.some((name) => !capabilities.includes(name))) return 'rule_capability'
  if (!free.isHome(location_id) && free.ordersAt(location_id) >= orderLimitAt(ground, guidance, location_id))
    return 'rule_limit'
  return null
}

/** Whether a location is one of those that the rule sends from: by its name, its groups and its type. */
export function isNamed({ types, locations, groups }: Guidance, location: Location): boolean {
  if (types !== null && !types.has(location.type)) return false
  if (locations === null && groups === null) return true
  return locations?.has(location.location_id) || (location.groups ?? []).some((name) => groups?.has(name))
}

/** Orders a day that a location takes at most by the rule, raised by a promotion; Infinity where there is no limit. */
export function orderLimitAt(
  { promotion }: Pick<Ground, 'promotion'>,
  { order_limit }: Guidance,
  location_id: string,
): number {
  return order_limit === null ? Infinity : raised(order_limit, raiseAt(promotion, location_id))
}

// Lines of one SKU share what is there, the first line first.
function goodsAt({ demand, free, vocabulary, guidance }: View, site: Site) {
  const { location_id } = site.location
  const left = new Map<string, number>()
  const blocked = new Set<string>()
  let [units, wanted, refused, unable, kept] = [0, 0, 0, 0, 0]
  const can = demand.lines.map((line) => {
    wanted += line.quantity
    const there = free.at(location_id, line.sku)
    const has = left.get(line.sku) ?? free.beyond(location_id, line.sku, guidance.safety_stock)
    if (demand.excluded.size > 0 && demand.excluded.has(`${line.line_no} ${location_id}`)) {
      refused += 1
      blocked.add(line.sku)
      return 0
    }
    const lacks = line.handling_classes.some((name) => ((vocabulary.get(name) ?? 0) & ~site.capabilities) !== 0)
    if (lacks && has > 0) unable += 1
    if (lacks) blocked.add(line.sku)
    if (has === 0 && there > 0) kept += 1
    const some = lacks ? 0 : Math.min(line.quantity, has)
    left.set(line.sku, has - some)
    units += some
    return some
  })
  return { can, blocked, units, wanted, unable, refused, kept }
}

// The services of the order's level that go from the site to the address; of any level where none of its own does. What is suspended when the goods leave does not go.
function waysFrom(
  view: View,
  site: Site,
  km: number | null,
  ready_at: Date,
): { ways: readonly Way[]; suspended: boolean } {
  const { demand, address, taking, timed, at } = view
  const ways: Way[] = []
  let suspended = false
  for (const { service, zones } of site.lanes) {
    const zone = taking.has(service) ? zones.find((one) => one.reaches(site.address, address, km)) : undefined
    if (zone === undefined) continue
    const leaves = timed || mayStop(service) ? leavesAt(site.location, ready_at, at, service.card.cut_off) : null
    if (leaves !== null && suspension(service.carrier, demand.to, leaves) !== null) suspended = true
    else ways.push({ service, zone, ...arrival(view, zone, timed ? leaves : null) })
  }
  const own = ways.filter(({ service }) => service.card.levels.has(demand.service_level))
  return { ways: own.length > 0 ? own : ways, suspended }
}

function mayStop({ carrier }: Service): boolean {
  return carrier.state === 'suspended' || (carrier.suspended_areas ?? []).length > 0
}

// When it arrives nine times of ten, and what arriving after the promise costs, for each day that has begun; null where it does not matter.
function arrival(
  { ground, demand, guidance }: View,
  zone: Lane['zones'][number],
  leaves: Date | null,
): Pick<Way, 'arrives_at' | 'late_minor'> {
  if (leaves === null) return { arrives_at: null, late_minor: 0 }
  const arrives_at = later(leaves, zone.transit_days.p90 * DAY_MS)
  if (demand.promised_at === null) return { arrives_at, late_minor: 0 }
  const days = Math.max(0, Math.ceil((arrives_at.getTime() - demand.promised_at.getTime()) / DAY_MS))
  return { arrives_at, late_minor: days * latePerDay(ground, guidance) }
}

/**
 * The cut-off that goods make which are ready at `ready_at`, on a day on which the location works: what a slot has ready at the very minute
 * still goes with it. `cut_off` is that of the service, by the clock of the location; the location's own where it has none.
 */
export function leavesAt(location: Location, ready_at: Date, at: Date, cut_off: string | null): Date {
  return nextCutOff(location, ready_at > at ? later(ready_at, -1) : at, cut_off ?? location.cut_off)
}
