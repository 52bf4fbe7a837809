// Looking at one location for one order: which lines it could send, by which services, and what removes it.
import { distanceKm, suspension } from '../shipping/index.ts'
import type { FreeStock } from './free-stock.ts'
import type { Ground, Site } from './prepare-ground.ts'
import type { Candidate, Demand, Removal } from './types.ts'

/** What one location could do for an order, and what takes it out of the choice. */
export function look(ground: Ground, demand: Demand, site: Site, free: FreeStock, at: Date): Candidate {
  const { location } = site
  const vocabulary = ground.networks.get(demand.network_id)?.vocabulary
  const left = new Map<string, number>()
  const blocked = new Set<string>()
  let [units, wanted, refused, unable] = [0, 0, 0, 0]
  const can = demand.lines.map((line) => {
    wanted += line.quantity
    const has = left.get(line.sku) ?? free.at(location.location_id, line.sku)
    if (demand.excluded.has(`${line.line_no} ${location.location_id}`)) {
      refused += 1
      blocked.add(line.sku)
      return 0
    }
    const needs = line.handling_classes.some((name) => ((vocabulary?.get(name) ?? 0) & ~site.capabilities) !== 0)
    if (needs && has > 0) unable += 1
    if (needs) blocked.add(line.sku)
    const some = needs ? 0 : Math.min(line.quantity, has)
    left.set(line.sku, has - some)
    units += some
    return some
  })
  const km = distanceKm(location, demand.to)
  const ways = units === 0 ? { services: [], suspended: false } : servicesFor(ground, demand, site, km, at)
  const removed = ((): Removal | null => {
    if (location.state !== 'open') return 'closed'
    if (units === 0) return unable > 0 ? 'capability' : refused > 0 ? 'excluded' : 'no_stock'
    if (ground.unpriced || ways.services.length > 0) return null
    return ways.suspended ? 'out_of_area' : 'no_carrier'
  })()
  return { site, km, can, blocked, units, whole: units === wanted, services: ways.services, removed }
}

// The services of the order's level that go from the site to the address; of any level where none of its own does.
function servicesFor(ground: Ground, demand: Demand, site: Site, km: number | null, at: Date) {
  let suspended = false
  const going = ground.services.filter((service) => {
    if (demand.cash_on_delivery && !service.card.cash_on_delivery) return false
    if (!service.zones.some((zone) => zone.fits(site.location, demand.to, km))) return false
    if (suspension(service.carrier, demand.to, at) === null) return true
    suspended = true
    return false
  })
  const own = going.filter((service) => service.card.levels.has(demand.service_level))
  return { services: own.length > 0 ? own : going, suspended }
}
