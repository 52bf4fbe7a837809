// The words of allocation: what an order asks for, what was looked at for it, and what was decided.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { FlipKind } from '../../contracts/views-allocation.ts'
import type { OrderFacts } from '../orders/index.ts'
import type { Arm } from '../policies/index.ts'
import type { PricedZone } from '../shipping/index.ts'
import type { Guidance } from './guidance.ts'
import type { Emission } from './policy-prices.ts'
import type { Service, Site } from './prepare-ground.ts'
import type { Stay } from './store-exceptions.ts'

export interface DemandLine {
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
  /** Of one unit. */
  readonly weight_grams: number
  readonly volume_mm3: number
  readonly handling_classes: readonly string[]
  readonly category: string
  /** What a unit is sold for, in minor units of the base currency; 0 where no rate to it is known. */
  readonly value_minor: number
}

export interface Demand {
  readonly order_id: string
  readonly network_id: string
  readonly channel: string
  readonly priority: number
  readonly placed_at: Date
  readonly service_level: string
  /** When the customer was promised to have it; null where nothing was promised. */
  readonly promised_at: Date | null
  readonly cash_on_delivery: boolean
  /** Whether a part may leave while the rest waits. */
  readonly may_part: boolean
  /** The queue in which it is parked, '' for none. */
  readonly queue: string
  /** Total of the order in minor units of the base currency; null where no rate to it is known. */
  readonly total_minor: number | null
  readonly to: {
    readonly country: string
    readonly region: string | null
    readonly city: string | null
    readonly postcode: string | null
    readonly lat: number | null
    readonly lon: number | null
  }
  readonly lines: readonly DemandLine[]
  /** `line_no location_id`: places that were refused for a line. */
  readonly excluded: ReadonlySet<string>
  /** Where it is to go back to if that place can send all of it; empty for none. */
  readonly home: ReadonlySet<string>
  /** The only location that may send it, where a person has locked it to one. */
  readonly locked: string | null
}

export type Removal =
  | 'closed'
  /** A disruption has closed it for a while. */
  | 'disrupted'
  | 'excluded'
  | 'capability'
  | 'no_stock'
  | 'no_carrier'
  | 'out_of_area'
  | 'rule_location'
  | 'rule_radius'
  | 'rule_capability'
  | 'rule_limit'
  | 'rule_safety'
  /** No slot of the coming days has room for it. */
  | 'capacity'
  /** For an urgent order: others are there sooner. */
  | 'slower'
  /** For an order that goes back: it was not there before. */
  | 'elsewhere'
  /** A person has locked the order to another location. */
  | 'locked'

/** A service that goes from a location to the address of one order, the zone that prices it, and what its lateness costs. */
export interface Way {
  readonly service: Service
  readonly zone: PricedZone
  /** Nine times of ten; null where it does not matter when. */
  readonly arrives_at: Date | null
  readonly late_minor: number
}

/** The way that a part takes; `amount` is the freight alone. */
export interface Offer extends Way {
  readonly amount: number
}

/** A location looked at for one order. */
export interface Candidate {
  readonly site: Site
  readonly km: number | null
  /** By line: units that it could send. */
  readonly can: readonly number[]
  /** SKUs that it must not send: refused for a line of them, or it lacks what they need. */
  readonly blocked: ReadonlySet<string>
  readonly units: number
  readonly whole: boolean
  readonly ways: readonly Way[]
  /** When the goods would be ready for the carrier: the end of the slot it has room in; null where it never is. */
  readonly ready_at: Date | null
  /** Whether it may use room that is kept for urgent orders. */
  readonly urgent: boolean
  /** What using a busy place costs. */
  readonly load_minor: number
  /** By line: what taking a unit costs because it is scarce there; empty where that has no price. */
  readonly depletion: readonly number[]
  readonly emits: Emission
  readonly removed: Removal | null
}

/** What a location sends, and its cost by cause; `preference` is what the rule adds to or takes from the money. */
export interface Part {
  readonly candidate: Candidate
  readonly quantity: readonly number[]
  readonly offer: Offer | null
  readonly shipping: number
  readonly handling: number
  readonly lateness: number
  readonly load: number
  readonly depletion: number
  readonly carbon: number
  readonly preference: number
  /** Grams of CO₂, whatever they cost. */
  readonly carbon_grams: number
}

/** A way to send the order: what it costs all together, penalty for splitting included. */
export interface Plan {
  readonly parts: readonly Part[]
  readonly split: number
  readonly cost: number
}

/** The smallest change of one thing at one location that would have led to another decision. */
export interface Flip {
  readonly kind: FlipKind
  readonly candidate: Candidate
  /** By kind: units that it misses, of its goods in the order of the lines; orders in whose slot it has no room; orders a day, or kilometres, that the rule would have to allow. */
  readonly amount: number
  /** What would be decided then. */
  readonly plan: Plan
}

/** What was kept for orders of the same batch that it saves more, in minor units. */
export interface Scarce {
  /** Its cheapest way, had it chosen first. */
  readonly own: Plan
  /** What the scarce goods and places of that way are worth to the others; null where some of them could not leave without. */
  readonly price: number | null
  /** What the orders cost less together than one after the other; null where more of them leave, or sooner. */
  readonly saved: number | null
}

/** An order, and the rules that take it in the order in which they are asked. */
export interface Guided {
  readonly demand: Demand
  readonly guidances: readonly Guidance[]
}

/** A rule that took the order and found no answer. */
export interface TriedRule {
  readonly guidance: Guidance
  readonly because: Removal | 'no_location' | 'split'
  readonly candidates: readonly Candidate[]
}

export interface Decision {
  readonly demand: Demand
  readonly outcome: 'placed' | 'split' | 'short'
  /** The rule that decided; null where no rule takes the order. */
  readonly guidance: Guidance | null
  readonly tried: readonly TriedRule[]
  readonly plan: Plan | null
  readonly runner_up: Plan | null
  /** Whole plans that were dearer still. */
  readonly others: readonly Plan[]
  readonly flip: Flip | null
  /** What the cost may be above the optimum, in minor units; 0: proven to be the cheapest; null: not known. */
  readonly gap: number | null
  /** It did not get its own cheapest way, because that was scarce. */
  readonly scarce: Scarce | null
  /** Something was scarce and was given in turn: no division was found within the bound on the work. */
  readonly in_turn: boolean
  readonly candidates: readonly Candidate[]
  /** By line: units that stay unplaced. */
  readonly rest: readonly number[]
}

/** By which rules an order was decided; `arm` where an experiment runs that it is part of, `failed` where the rules of its arm failed on it and others decided. */
export interface RuledBy {
  readonly version_id: string
  readonly arm: Arm | null
  readonly failed: boolean
}

/** A decision with its order, ready to be written. */
export interface Decided {
  readonly decision: Decision
  /** Where it is known already. */
  readonly decision_id?: string
  readonly order: OrderFacts
  readonly cause: string
  /** Whether the order lies in the queue of exceptions already. */
  readonly in_queue: boolean
  /** What it has there; null where that does not matter or there is nothing. */
  readonly stay: Stay | null
  /** Not tried: too many places have failed before. */
  readonly bounded: boolean
  /** Where it is not tried: the rule that wants it cancelled by a date, and did not look at it; null for none. */
  readonly ends_by: Guidance | null
  /** When a place that rejected it for a while may be chosen again; null for none. */
  readonly out_until: Date | null
  /** The rules that were asked. */
  readonly by: RuledBy
  /** Kinds of values that had failed: it stands on the last good ones. */
  readonly degraded: readonly DegradedKind[]
}
