// What the rest of Ordo says to orders and hears from them.
import type { Minor } from '../../platform/money.ts'
import type { Bucket, Commercial } from './machine.ts'

export interface PlacedLine {
  readonly line_no: number
  readonly external_line_id: string | null
  readonly sku: string
  readonly title: string | null
  readonly quantity: number
  /** Decimal text with at most six places, as received. */
  readonly unit_price: string
  readonly gross: Minor
  readonly discount: Minor
  readonly tax: Minor
  readonly net: Minor
  /** Tax lines with rate and jurisdiction, as received. */
  readonly taxes: unknown
}

export type ChargeKind = 'shipping' | 'fee' | 'discount' | 'tip' | 'rounding' | 'adjustment'

export interface PlacedCharge {
  readonly charge_no: number
  readonly kind: ChargeKind
  readonly title: string | null
  readonly amount: Minor
  readonly tax: Minor
}

export interface Person {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly address_lines: readonly string[]
  readonly district: string | null
  readonly note: string | null
  readonly locale: string
}

export type PaymentMethod = 'reference' | 'card' | 'wallet' | 'cod' | 'transfer'

export interface PlacedOrder {
  readonly order_id: string
  readonly number: string
  readonly channel: string
  readonly external_id: string
  readonly network_id: string
  readonly priority: number
  readonly currency: string
  readonly prices_include_tax: boolean
  readonly lines: readonly PlacedLine[]
  readonly charges: readonly PlacedCharge[]
  readonly totals: {
    readonly lines_total: Minor
    readonly charges_total: Minor
    readonly tax_total: Minor
    readonly total: Minor
  }
  readonly payment: {
    readonly method: PaymentMethod
    readonly provider?: string
    readonly reference?: string
    readonly deadline_at?: Date
  }
  readonly person: Person | null
  readonly ship: {
    readonly country: string
    readonly region: string | null
    readonly city: string | null
    readonly postcode: string | null
    readonly lat: number | null
    readonly lon: number | null
  }
  readonly service_level: string
  readonly shortage_policy: ShortagePolicy
  readonly content_sha256: Uint8Array
  /** Small, without personal data. */
  readonly attributes: unknown
  readonly placed_at: Date
}

export type ShortagePolicy = 'split' | 'wait' | 'cancel'

export interface Accepted {
  readonly order_id: string
  readonly number: string
  readonly channel: string
  readonly external_id: string
}

/** An order that was there before under the same (channel, external_id). */
export interface Known extends Accepted {
  readonly content_sha256: Uint8Array
  readonly commercial: Commercial
}

export type BlockedAction = 'confirm' | 'allocate' | 'release' | 'ship'

export interface OpenHold {
  readonly hold_id: string
  readonly order_id: string
  readonly line_no: number | null
  readonly kind: string
  readonly blocks: readonly string[]
}

export interface LineFacts {
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly title: string | null
  readonly ordered: number
  readonly unit_price: string
  readonly gross: Minor
  readonly discount: Minor
  readonly tax: Minor
  readonly net: Minor
  readonly units: Readonly<Record<Bucket, number>>
}

export interface OrderFacts {
  readonly order_id: string
  readonly number: string
  readonly channel: string
  readonly external_id: string
  readonly network_id: string
  readonly commercial: Commercial
  readonly version: number
  readonly revision: number
  readonly priority: number
  readonly currency: string
  readonly prices_include_tax: boolean
  readonly lines_total: Minor
  readonly charges_total: Minor
  readonly tax_total: Minor
  readonly total: Minor
  readonly payment_method: PaymentMethod
  readonly person_id: string | null
  readonly ship_country: string
  readonly ship_region: string | null
  readonly ship_city: string | null
  readonly ship_postcode: string | null
  readonly ship_lat: number | null
  readonly ship_lon: number | null
  readonly service_level: string
  readonly shortage_policy: ShortagePolicy
  readonly attributes: unknown
  readonly placed_at: Date
  readonly lines: readonly LineFacts[]
  readonly holds: readonly OpenHold[]
}

export interface UnitMove {
  readonly order_id: string
  readonly line_no: number
  readonly from: Bucket
  readonly to: Bucket
  readonly quantity: number
}

export interface OrderEvent {
  readonly order_id: string
  readonly type: string
  readonly data: unknown
}

export interface NewHold {
  readonly order_id: string
  readonly line_no?: number
  readonly kind: string
  readonly reasons: unknown
  readonly blocks: readonly BlockedAction[]
  readonly owner?: string
  readonly expires_at?: Date
  readonly note?: string
}
