// What one side does with one order, in the same words whether it was decided now or is read from the reasons that were kept then.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Decision, type Demand, KeptExplanation, outcomeOf, parcelsOf } from '../allocation/index.ts'

export interface SideOutcome {
  /** What went where, line by line; null where that is not known. */
  readonly lines: string | null
  readonly places_key: string
  readonly says: { readonly en: string; readonly zh: string }
  readonly rule_id: string | null
  readonly rule_name: { readonly en: string; readonly zh: string } | null
  /** Shipping and handling; null where nothing leaves. */
  readonly cost: number | null
  readonly shipping: number
  readonly handling: number
  readonly units: number
  readonly waiting: number
  readonly parts: number
  readonly parcels: number | null
  /** Sum over the parts whose distance is known. */
  readonly km: number
  readonly km_parts: number
  /** CO₂ of its freight as far as distances are known. */
  readonly carbon_grams: number
  readonly arrives_at: Date | null
  readonly places: readonly { readonly location_id: string; readonly units: number }[]
  /** Nothing was kept of what happened. */
  readonly unknown: boolean
}

interface Placed {
  readonly location_id: string
  readonly units: number
  readonly service: string | null
  readonly km: number | null
}

// What of a side follows from the places alone.
function placed(places: readonly Placed[]) {
  const parts = places.toSorted((a, b) => (a.location_id < b.location_id ? -1 : 1))
  const far = parts.flatMap(({ km }) => (km === null ? [] : [km]))
  return {
    places_key: parts.map((part) => `${part.location_id}/${part.service}/${part.units}`).join(),
    units: parts.reduce((sum, part) => sum + part.units, 0),
    parts: parts.length,
    km: far.reduce((sum, km) => sum + km, 0),
    km_parts: far.length,
    places: parts.map(({ location_id, units }) => ({ location_id, units })),
  }
}

/** A decision of the replay. */
export function decidedOutcome(decision: Decision, arrives_at: Date | null): SideOutcome {
  const { plan, guidance, demand } = decision
  const parts = plan?.parts ?? []
  const told = outcomeOf(decision)
  const wanted = demand.lines.reduce((sum, line) => sum + line.quantity, 0)
  return {
    ...placed(
      parts.map(({ candidate, quantity, offer }) => ({
        location_id: candidate.site.location.location_id,
        units: quantity.reduce((sum, units) => sum + units, 0),
        service: offer?.service.name ?? null,
        km: candidate.km === null ? null : Math.round(candidate.km),
      })),
    ),
    lines: told.key,
    says: told.says,
    rule_id: told.rule_id,
    rule_name: guidance?.name ?? null,
    cost: told.cost,
    shipping: Math.round(parts.reduce((sum, part) => sum + part.shipping, 0)),
    handling: Math.round(parts.reduce((sum, part) => sum + part.handling, 0)),
    waiting: wanted - told.units,
    parcels: parts.reduce((sum, part) => sum + parcelsOf(demand, part), 0),
    carbon_grams: Math.round(parts.reduce((sum, part) => sum + part.carbon_grams, 0)),
    arrives_at,
    unknown: false,
  }
}

const keptValidator = Compile(KeptExplanation)
const nothing: readonly [] = []

/** What was decided in fact, by the reasons that were kept. */
export function keptOutcome(detail: unknown): SideOutcome {
  if (!keptValidator.Check(detail)) throw new Error('the kept reasons of a decision cannot be read')
  const chosen = detail.plans.find((plan) => plan.v === 'chosen')
  const parts = (chosen?.p ?? nothing).map(([location_id, km, units, service]) => ({ location_id, km, units, service }))
  const [, rule_id = null, en = '', zh = ''] = detail.rule ?? nothing
  const [shipping, handling] = [chosen?.ship ?? 0, chosen?.hand ?? 0]
  const sums = placed(parts)
  return {
    ...sums,
    lines: null,
    says: says(parts, detail.rest),
    rule_id,
    rule_name: rule_id === null ? null : { en, zh },
    cost: chosen === undefined ? null : shipping + handling,
    shipping,
    handling,
    waiting: detail.units - sums.units,
    parcels: null,
    carbon_grams: chosen?.co2 ?? 0,
    arrives_at: chosen?.at === undefined ? null : new Date(chosen.at),
    unknown: false,
  }
}

/** An order of which no reasons were kept: nothing is known to have left. */
export function unsent({ lines }: Demand): SideOutcome {
  return {
    ...placed([]),
    lines: null,
    says: says([], 0),
    rule_id: null,
    rule_name: null,
    cost: null,
    shipping: 0,
    handling: 0,
    waiting: lines.reduce((sum, line) => sum + line.quantity, 0),
    parcels: 0,
    carbon_grams: 0,
    arrives_at: null,
    unknown: true,
  }
}

function says(parts: readonly Placed[], rest: number): SideOutcome['says'] {
  if (parts.length === 0) return { en: 'No location sends it.', zh: '没有仓点可发货。' }
  const sent = parts
    .toSorted((a, b) => (a.location_id < b.location_id ? -1 : 1))
    .map(({ location_id, service, units }) => `${location_id}${service === null ? '' : ` (${service})`} × ${units}`)
    .join(' + ')
  return {
    en: rest === 0 ? sent : `${sent}, ${rest} wait`,
    zh: rest === 0 ? sent : `${sent}，${rest} 件等待`,
  }
}

/** A side as it is kept for an order that changed. */
const KeptSide = Type.Object({
  says: Type.Object({ en: Type.String(), zh: Type.String() }),
  rule_id: Type.Union([Type.String(), Type.Null()]),
  rule_name: Type.Union([Type.Object({ en: Type.String(), zh: Type.String() }), Type.Null()]),
  cost: Type.Union([Type.Integer(), Type.Null()]),
  units: Type.Integer(),
  waiting: Type.Integer(),
  parts: Type.Integer(),
  km: Type.Union([Type.Number(), Type.Null()]),
  arrives_at: Type.Union([Type.String(), Type.Null()]),
})
const sideValidator = Compile(KeptSide)

/** What is kept of a side, for the list of changed orders. */
export function keptSide(one: SideOutcome) {
  const { says: told, rule_id, rule_name, cost, units, waiting, parts, arrives_at } = one
  return {
    says: told,
    rule_id,
    rule_name,
    cost,
    units,
    waiting,
    parts,
    km: one.km_parts === 0 ? null : one.km / one.km_parts,
    arrives_at: arrives_at?.toISOString() ?? null,
  }
}

/** A side as it was kept; throws where it is none. */
export function sideIn(kept: unknown) {
  if (!sideValidator.Check(kept)) throw new Error('a side of a changed order cannot be read')
  return kept
}
