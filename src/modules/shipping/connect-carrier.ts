// What Ordo asks of a carrier: a label once per key, to void it, and what it knows of a parcel. Adapters answer it; one is built in.
import { contractTrackingNumber } from './make-numbers.ts'

export interface LabelRequest {
  readonly carrier: string
  readonly service: string
  /** How the carrier's numbers are made, where it is a carrier under contract. */
  readonly pattern: string | undefined
  readonly sscc: string
  readonly weight_grams: number
  readonly to: {
    readonly country: string
    readonly region: string | null
    readonly city: string | null
    readonly postcode: string | null
  }
}

export interface BoughtLabel {
  readonly tracking_number: string
}

export interface CarrierScan {
  readonly event_id: string
  readonly tracking_number: string
  readonly at: Date
  readonly code: string
}

/** A key makes a call happen once: the same key again gets the first answer, whatever happened in between. */
export interface CallOptions {
  readonly key: string
  readonly signal: AbortSignal
}

export interface Carrier {
  createLabel(request: LabelRequest, options: CallOptions): Promise<BoughtLabel>
  voidLabel(tracking_number: string, options: CallOptions): Promise<void>
  /** Scans that the carrier has not pushed; empty where it pushes all. */
  track(tracking_number: string, options: { readonly signal: AbortSignal }): Promise<readonly CarrierScan[]>
}

/** A carrier under contract that gave Ordo a number range: labels are made here, scans are pushed. The number follows from the key. */
const contractCarrier: Carrier = {
  createLabel: async (request, { key }) => ({
    tracking_number: contractTrackingNumber(request.carrier, key, request.pattern),
  }),
  voidLabel: async () => {},
  track: async () => [],
}

const adapters = new Map<string, Carrier>()

/** Connects an adapter for a carrier code; answers how to take it away again. */
export function connectCarrier(code: string, carrier: Carrier): () => void {
  adapters.set(code, carrier)
  return () => void adapters.delete(code)
}

/** The adapter of a carrier: the built-in contract carrier where none was connected. */
export function carrierOf(code: string): Carrier {
  return adapters.get(code) ?? contractCarrier
}
