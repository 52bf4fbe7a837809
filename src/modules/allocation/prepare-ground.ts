// What every decision of a batch stands on: sites, services and their prices in one currency; made once for each version of the facts.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { AllocationPolicy, CurrencyRate } from '../../contracts/allocation.ts'
import { DisruptionFact } from '../../contracts/disruptions.ts'
import { urgentLevels as defaultLevels, policyDefaults } from '../../contracts/policy-defaults.ts'
import type { Fact } from '../../platform/facts.ts'
import { minorDigits } from '../../platform/money.ts'
import { factReader } from '../../platform/read-facts.ts'
import { catalogKinds, type Location, locationsIn } from '../catalog/index.ts'
import { modeKinds, type Promotion, promotionIn } from '../modes/index.ts'
import {
  type Address,
  addressOf,
  cardsIn,
  carriersIn,
  type ListedCarrier,
  type PricedZone,
  type RateCard,
  ratesKinds,
} from '../shipping/index.ts'
import { type PolicyPrices, pricesOf } from './policy-prices.ts'

/** The kinds of facts that allocation reads, with one statement while none has changed; `sku` has a head only. */
export const groundKinds = [
  ...catalogKinds,
  ...modeKinds,
  ...ratesKinds,
  'currency_rate',
  'disruption',
  'policy',
  'rules',
  'sku',
] as const

const { split_penalty_minor, max_parts, attempts_at_most } = policyDefaults
export const defaultPolicy: AllocationPolicy = { split_penalty_minor, max_parts, attempts_at_most }

/** A service as it leaves one site: only the zones that begin there. */
export interface Lane {
  readonly service: Service
  readonly zones: readonly PricedZone[]
}

/** Sends nothing in this time. */
export interface Stop {
  readonly version_id: string
  readonly from: Date
  readonly until: Date | null
}

export interface Site {
  readonly location: Location
  readonly stops: readonly Stop[]
  readonly address: Address
  readonly lanes: readonly Lane[]
  /** Its capabilities as bits of the network's vocabulary. */
  readonly capabilities: number
}

/** A service with its zones priced in the base currency. */
export interface Service {
  readonly name: string
  readonly card: RateCard
  readonly carrier: ListedCarrier
  readonly zones: readonly PricedZone[]
}

export interface Ground {
  readonly currency: string
  /** Converts minor units of a currency to those of the base currency; null where no rate is known. */
  readonly toBase: (from: string) => ((minor: number) => number) | null
  readonly policy: AllocationPolicy
  readonly policy_version: string | null
  /** The promotion that is on: raised limits, orders decided in batches. */
  readonly promotion: Promotion | null
  /** Service levels that hurry. */
  readonly urgent_levels: ReadonlySet<string>
  readonly prices: PolicyPrices
  readonly networks: ReadonlyMap<
    string,
    { readonly sites: readonly Site[]; readonly vocabulary: ReadonlyMap<string, number> }
  >
  readonly services: readonly Service[]
  /** No rate card at all: the nearest site with the goods sends them, no carrier is chosen. */
  readonly unpriced: boolean
  /** Rate cards whose currency has no rate to the base currency. */
  readonly without_rate: readonly string[]
}

const policyValidator = Compile(AllocationPolicy)
const policiesIn = factReader('policy', Compile(Type.Unknown()), (fact, value) => ({
  value,
  version_id: fact.version_id,
}))
const stopsIn = factReader('disruption', Compile(DisruptionFact), ({ version_id }, { locations, from, until }) => ({
  version_id,
  locations,
  from: new Date(from),
  until: until === null ? null : new Date(until),
}))
/** Rates between currencies by `from/to`; throws where one does not fit. */
export const ratesIn = factReader('currency_rate', Compile(CurrencyRate), (_fact, { rate }) => rate)
const grounds = new WeakMap<ReadonlyMap<string, readonly Fact[]>, Ground>()
const CAPABILITIES_AT_MOST = 30

/** The ground of these facts; `currency` is the tenant's base currency, in which costs compare. */
export function groundOf(facts: ReadonlyMap<string, readonly Fact[]>, currency: string): Ground {
  const known = grounds.get(facts)
  if (known !== undefined && known.currency === currency) return known
  const cards = [...cardsIn(facts).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  const carriers = carriersIn(facts)
  const rates = ratesIn(facts)
  const services: Service[] = []
  const without_rate: string[] = []
  for (const [name, card] of cards) {
    const carrier = carriers.get(card.carrier)
    const convert = converter(card.currency, currency, rates)
    if (carrier === undefined) continue
    if (convert === null) without_rate.push(name)
    else
      services.push({
        name,
        card,
        carrier,
        zones: card.zones.map((zone) => ({ ...zone, steps: { ...zone.steps, price: zone.steps.price.map(convert) } })),
      })
  }
  const { policy: valid, version_id: policy_version } = policyOf(facts)
  const ground: Ground = {
    currency,
    toBase: (from) => converter(from, currency, rates),
    policy: valid,
    urgent_levels: urgentLevels(valid),
    prices: pricesOf(valid),
    policy_version,
    promotion: promotionIn(facts),
    networks: networksOf([...locationsIn(facts).values()], services, stopsOf([...stopsIn(facts).values()])),
    services,
    unpriced: cards.length === 0,
    without_rate,
  }
  grounds.set(facts, ground)
  return ground
}

/** The policy of these facts, whatever else of them has failed; that of Ordo where none fits. */
export function policyOf(facts: ReadonlyMap<string, readonly Fact[]>): {
  policy: AllocationPolicy
  version_id: string | null
} {
  const set = policiesIn(facts).get('allocation')
  const policy = policyValidator.Check(set?.value) ? set.value : defaultPolicy
  return { policy, version_id: set?.version_id ?? null }
}

/** Service levels that hurry. */
export function urgentLevels({ urgent_levels }: AllocationPolicy): ReadonlySet<string> {
  return new Set(urgent_levels ?? defaultLevels)
}

function stopsOf(facts: readonly (Stop & { readonly locations: readonly string[] })[]): ReadonlyMap<string, Stop[]> {
  const stops = new Map<string, Stop[]>()
  for (const fact of facts)
    for (const location_id of fact.locations) stops.set(location_id, [...(stops.get(location_id) ?? []), fact])
  return stops
}

/** Whether a location sends nothing now, or nothing when these goods would be ready. */
export function isStopped({ stops }: Pick<Site, 'stops'>, at: Date, ready_at: Date | null = null): boolean {
  return stopAt(stops, at) !== undefined || (ready_at !== null && stopAt(stops, ready_at) !== undefined)
}

/** When a location sends again that is stopped now, or when goods would be ready; null where nobody knows. From then on if it is not stopped. */
export function opensAgain({ stops }: Pick<Site, 'stops'>, at: Date, ready_at: Date | null = null): Date | null {
  let open = stopAt(stops, at) === undefined ? (ready_at ?? at) : at
  for (let stop = stopAt(stops, open); stop !== undefined; stop = stopAt(stops, open)) {
    if (stop.until === null) return null
    open = stop.until
  }
  return open
}

function stopAt(stops: readonly Stop[], time: Date): Stop | undefined {
  return stops.find(({ from, until }) => from <= time && (until === null || time < until))
}

/** The same where these locations send nothing for a while. */
export function withStop(ground: Ground, location_ids: ReadonlySet<string>, stop: Stop): Ground {
  const stopped = (site: Site): Site =>
    location_ids.has(site.location.location_id) ? { ...site, stops: [...site.stops, stop] } : site
  const networks = [...ground.networks].map(
    ([id, network]) => [id, { ...network, sites: network.sites.map(stopped) }] as const,
  )
  return { ...ground, networks: new Map(networks) }
}

function networksOf(
  locations: readonly Location[],
  services: readonly Service[],
  stops: ReadonlyMap<string, readonly Stop[]>,
): Ground['networks'] {
  const networks = new Map<string, { sites: Site[]; vocabulary: Map<string, number> }>()
  for (const [network, members] of Map.groupBy(locations, (location) => location.network)) {
    const names = [...new Set(members.flatMap((location) => location.capabilities))]
      .sort()
      .slice(0, CAPABILITIES_AT_MOST)
    const vocabulary = new Map(names.map((name, bit) => [name, 1 << bit]))
    const sites = members
      .toSorted((a, b) => (a.location_id < b.location_id ? -1 : 1))
      .map(
        (location): Site => ({
          location,
          stops: stops.get(location.location_id) ?? [],
          address: addressOf({ country: location.country, region: location.region }),
          lanes: services
            .map((service) => ({ service, zones: service.zones.filter((zone) => zone.leaves(location)) }))
            .filter((lane) => lane.zones.length > 0),
          capabilities: bitsOf(location.capabilities, vocabulary),
        }),
      )
    networks.set(network, { sites, vocabulary })
  }
  return networks
}

/** The bits of these names; a name that no location of the network has is no condition. */
export function bitsOf(names: readonly string[], vocabulary: ReadonlyMap<string, number>): number {
  let bits = 0
  for (const name of names) bits |= vocabulary.get(name) ?? 0
  return bits
}

const RATE_SCALE = 8

/** Converts whole minor units between currencies, half away from zero; null where the rate is not known. */
export function converter(
  from: string,
  to: string,
  rates: ReadonlyMap<string, string>,
): ((minor: number) => number) | null {
  if (from === to) return (minor) => minor
  const rate = rates.get(`${from}/${to}`)
  if (rate === undefined) return null
  const [whole = '0', fraction = ''] = rate.split('.')
  const scaled = BigInt(whole + fraction.padEnd(RATE_SCALE, '0'))
  const digits = RATE_SCALE + minorDigits(from) - minorDigits(to)
  const divisor = 10n ** BigInt(digits)
  return (minor) => Number((BigInt(minor) * scaled + divisor / 2n) / divisor)
}
