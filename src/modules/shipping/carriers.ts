// Carriers and rate cards as they stand now, from memory while nothing has changed, and how they are set.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { CarrierFact, RateCardFact } from '../../contracts/shipping-rates.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts, type Fact, setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { factReader } from '../../platform/read-facts.ts'
import { type ChangeNote, checkFact, checkValidFrom, type Versioned } from '../catalog/index.ts'
import { shippingProblem } from './problems.ts'
import { compileCard, type Destination, type RateCard } from './rates.ts'

export type ListedCarrier = CarrierFact & Versioned & { readonly carrier: string }

/** The kinds of facts that shipping owns, for steps that read several kinds with one statement. */
export const ratesKinds = ['carrier', 'rate_card'] as const

const carrierValidator = Compile(CarrierFact)
const cardValidator = Compile(RateCardFact)

const listed = (fact: Fact, value: CarrierFact): ListedCarrier => ({
  ...value,
  carrier: fact.key,
  version_id: fact.version_id,
  valid_from: fact.valid_from,
})
const compiled = (fact: Fact, value: RateCardFact): RateCard => compileCard(fact.key, fact.version_id, value)

/** The carriers among facts that were read with others, by id; throws where one does not fit. */
export const carriersIn = factReader('carrier', carrierValidator, listed)

/** The rate cards among facts that were read with others, compiled, by `carrier/service`; throws where one does not fit. */
export const cardsIn = factReader('rate_card', cardValidator, compiled)

const anything = Compile(Type.Unknown())
const fittingCarriers = factReader('carrier', anything, (fact, value) =>
  carrierValidator.Check(value) ? listed(fact, value) : null,
)
const fittingCards = factReader('rate_card', anything, (fact, value) =>
  cardValidator.Check(value) ? compiled(fact, value) : null,
)

function present<Entry>(entries: ReadonlyMap<string, Entry | null>): ReadonlyMap<string, Entry> {
  return new Map([...entries].flatMap(([key, entry]) => (entry === null ? [] : [[key, entry] as const])))
}

/** The carriers of now; one that does not fit takes no other along. */
export async function carriers(tx: Tx): Promise<ReadonlyMap<string, ListedCarrier>> {
  return present(fittingCarriers(await currentFacts(tx, ratesKinds)))
}

/** The rate cards of now; one that does not fit takes no other along. */
export async function rateCards(tx: Tx): Promise<ReadonlyMap<string, RateCard>> {
  return present(fittingCards(await currentFacts(tx, ratesKinds)))
}

/** Why a carrier does not go somewhere, and until when; null where that is not known. */
export interface Suspension {
  readonly reason: string
  readonly until: Date | null
}

/** Whether a carrier does not go to this address at `at`: why, or null where it goes. */
export function suspension(carrier: ListedCarrier, to: Destination, at: Date): Suspension | null {
  if (carrier.state === 'suspended') return { reason: 'carrier_suspended', until: null }
  const region = (to.region ?? '').trim().toLowerCase()
  for (const area of carrier.suspended_areas ?? []) {
    if (area.country !== to.country) continue
    if (area.regions !== undefined && !area.regions.some((name) => name.trim().toLowerCase() === region)) continue
    if (area.from !== undefined && new Date(area.from) > at) continue
    if (area.until !== undefined && new Date(area.until) <= at) continue
    return { reason: area.reason ?? 'area_suspended', until: area.until === undefined ? null : new Date(area.until) }
  }
  return null
}

/** Sets carriers; answers the version ids in order. */
export async function putCarriers(
  tx: Tx,
  entries: ReadonlyMap<string, CarrierFact>,
  note: ChangeNote = {},
): Promise<string[]> {
  checkValidFrom(tx, note)
  for (const [key, value] of entries) checkFact(carrierValidator, 'carrier', key, value)
  return setRates(tx, 'carrier', entries, note)
}

/** Sets rate cards by `carrier/service`: the carrier has that service, steps rise, prices never fall. */
export async function putRateCards(
  tx: Tx,
  entries: ReadonlyMap<string, RateCardFact>,
  note: ChangeNote = {},
): Promise<string[]> {
  checkValidFrom(tx, note)
  const known = await carriers(tx)
  for (const [key, value] of entries) {
    checkFact(cardValidator, 'rate_card', key, value)
    const [carrier = '', service = ''] = key.split('/')
    const owner = known.get(carrier)
    if (owner === undefined) throw shippingProblem('unknown_carrier', { carrier })
    if (!owner.services.some((one) => one.service === service))
      throw shippingProblem('unknown_service', { carrier, service })
    const uneven = value.zones.find(
      (zone) => zone.price_minor.length !== value.upto_grams.length || !rises(zone.price_minor, false),
    )
    if (!rises(value.upto_grams, true) || uneven !== undefined)
      throw shippingProblem('rate_card_uneven', { carrier, service, zone: uneven?.zone })
  }
  return setRates(tx, 'rate_card', entries, note)
}

// Told by rates.changed: what no carrier would take may have one now.
async function setRates(
  tx: Tx,
  kind: 'carrier' | 'rate_card',
  entries: ReadonlyMap<string, unknown>,
  note: ChangeNote,
): Promise<string[]> {
  const ids = await setFacts(
    tx,
    [...entries].map(([key, value]) => ({ kind, key, value, ...note })),
  )
  const [first] = ids
  if (first !== undefined)
    await publish(tx, [
      { type: 'rates.changed', subject: first, version: 1, data: { kind, keys: [...entries.keys()].slice(0, 50) } },
    ])
  return ids
}

function rises(numbers: readonly number[], strictly: boolean): boolean {
  return numbers.every(
    (number, index) =>
      index === 0 || number > (numbers[index - 1] ?? 0) || (!strictly && number === numbers[index - 1]),
  )
}
