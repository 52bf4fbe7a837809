// The words of allocation: what an order asks for, what was looked at for it, and what was decided.
import type { PricedZone } from '../shipping/index.ts'
import type { Service, Site } from './prepare-ground.ts'

export interface DemandLine {
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
  /** Of one unit. */
  readonly weight_grams: number
  readonly volume_mm3: number
  readonly handling_classes: readonly string[]
}

export interface Demand {
  readonly order_id: string
  readonly network_id: string
  readonly priority: number
  readonly placed_at: Date
  readonly service_level: string
  readonly cash_on_delivery: boolean
  /** Whether a part may leave while the rest waits. */
  readonly may_part: boolean
  readonly to: {
    readonly country: string
    readonly region: string | null
    readonly postcode: string | null
    readonly lat: number | null
    readonly lon: number | null
  }
  readonly lines: readonly DemandLine[]
  /** `line_no location_id`: places that were refused for a line. */
  readonly excluded: ReadonlySet<string>
}

export type Removal = 'closed' | 'excluded' | 'capability' | 'no_stock' | 'no_carrier' | 'out_of_area'

export interface Offer {
  readonly service: Service
  readonly zone: PricedZone
  readonly amount: number
}

/** A service that goes from a location to the address of one order, and the zone that prices it. */
export interface Way {
  readonly service: Service
  readonly zone: PricedZone
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
  readonly removed: Removal | null
}

export interface Part {
  readonly candidate: Candidate
  readonly quantity: readonly number[]
  readonly offer: Offer | null
  readonly shipping: number
  readonly handling: number
}

/** A way to send the order: what it costs all together, penalty for splitting included. */
export interface Plan {
  readonly parts: readonly Part[]
  readonly split: number
  readonly cost: number
}

export interface Decision {
  readonly demand: Demand
  readonly outcome: 'placed' | 'split' | 'short'
  readonly plan: Plan | null
  readonly runner_up: Plan | null
  /** Whole plans that were dearer still. */
  readonly others: readonly Plan[]
  readonly candidates: readonly Candidate[]
  /** By line: units that stay unplaced. */
  readonly rest: readonly number[]
}
