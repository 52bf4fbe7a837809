// Looking at the locations of a network for one order: which lines each could send, by which services, and what removes it.
import { type Address, addressOf, distanceKm, suspension } from '../shipping/index.ts'
import type { FreeStock } from './free-stock.ts'
import type { Ground, Service, Site } from './prepare-ground.ts'
import type { Candidate, Demand, Removal, Way } from './types.ts'

// What is the same for all sites: the address as it compares, the services that take this order, those that do not go there now.
interface View {
  readonly ground: Ground
  readonly demand: Demand
  readonly free: FreeStock
  readonly address: Address
  readonly taking: ReadonlySet<Service>
  readonly suspended: ReadonlySet<Service>
  readonly vocabulary: ReadonlyMap<string, number>
}

/** What each location of the order's network could do for it, and what takes it out of the choice. */
export function lookAtSites(ground: Ground, demand: Demand, free: FreeStock, at: Date): Candidate[] {
  const network = ground.networks.get(demand.network_id)
  if (network === undefined) return []
  const taking = ground.services.filter((service) => !demand.cash_on_delivery || service.card.cash_on_delivery)
  const suspended = new Set(taking.filter((service) => suspension(service.carrier, demand.to, at) !== null))
  const view: View = {
    ground,
    demand,
    free,
    address: addressOf(demand.to),
    taking: new Set(taking),
    suspended,
    vocabulary: network.vocabulary,
  }
  return network.sites.map((site) => look(view, site))
}

function look(view: View, site: Site): Candidate {
  const { ground, demand } = view
  const { can, blocked, units, wanted, unable, refused } = goodsAt(view, site)
  const km = distanceKm(site.location, demand.to)
  const { ways, suspended } = units === 0 ? { ways: [], suspended: false } : waysFrom(view, site, km)
  const removed = ((): Removal | null => {
    if (site.location.state !== 'open') return 'closed'
    if (units === 0) return unable > 0 ? 'capability' : refused > 0 ? 'excluded' : 'no_stock'
    if (ground.unpriced || ways.length > 0) return null
    return suspended ? 'out_of_area' : 'no_carrier'
  })()
  return { site, km, can, blocked, units, whole: units === wanted, ways, removed }
}

// Lines of one SKU share what is there, the first line first.
function goodsAt({ demand, free, vocabulary }: View, site: Site) {
  const { location_id } = site.location
  const left = new Map<string, number>()
  const blocked = new Set<string>()
  let [units, wanted, refused, unable] = [0, 0, 0, 0]
  const can = demand.lines.map((line) => {
    wanted += line.quantity
    const has = left.get(line.sku) ?? free.at(location_id, line.sku)
    if (demand.excluded.size > 0 && demand.excluded.has(`${line.line_no} ${location_id}`)) {
      refused += 1
      blocked.add(line.sku)
      return 0
    }
    const lacks = line.handling_classes.some((name) => ((vocabulary.get(name) ?? 0) & ~site.capabilities) !== 0)
    if (lacks && has > 0) unable += 1
    if (lacks) blocked.add(line.sku)
    const some = lacks ? 0 : Math.min(line.quantity, has)
    left.set(line.sku, has - some)
    units += some
    return some
  })
  return { can, blocked, units, wanted, unable, refused }
}

// The services of the order's level that go from the site to the address; of any level where none of its own does.
function waysFrom(
  { demand, address, taking, suspended }: View,
  site: Site,
  km: number | null,
): { ways: Way[]; suspended: boolean } {
  const ways: Way[] = []
  let stopped = false
  for (const { service, zones } of site.lanes) {
    const zone = taking.has(service) ? zones.find((one) => one.reaches(site.address, address, km)) : undefined
    if (zone === undefined) continue
    if (suspended.has(service)) stopped = true
    else ways.push({ service, zone })
  }
  const own = ways.filter(({ service }) => service.card.levels.has(demand.service_level))
  return { ways: own.length > 0 ? own : ways, suspended: stopped }
}
