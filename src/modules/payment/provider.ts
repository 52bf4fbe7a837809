// What Ordo asks of a payment provider, whichever it is. An adapter translates; it decides nothing and keeps nothing.
import type { EgressReply, EgressRequest } from '../../platform/egress.ts'
import type { Intent, Method } from './intent.ts'
import type { Outcome } from './outcome.ts'

/** A provider as a tenant has configured it. */
export interface Connection {
  /** Where its API begins, without a slash at the end. */
  readonly api_url: string
  readonly secret: string
  readonly call: (request: EgressRequest) => Promise<EgressReply>
}

export interface NewPage {
  /** The idempotency key at the provider. */
  readonly key: string
  readonly intent: Intent
  readonly amount: bigint
  /** Where the provider sends its callbacks. */
  readonly notify_url: string
  readonly return_url: string | null
  readonly locale: string
}

export interface Movement {
  readonly key: string
  readonly provider_ref: string
  readonly amount: bigint
  readonly currency: string
}

/** What a callback tells: of which operation, by our key or by the provider's own reference. */
export interface ProviderEvent {
  readonly event_id: string
  readonly key: string | null
  readonly provider_ref: string
  readonly currency: string
  readonly outcome: Outcome
}

/**
 * Each call answers what became of the operation, `declined` included. Whatever it throws means that the outcome is unknown: then the key is
 * queried before anything is asked again.
 */
export interface ProviderAdapter {
  readonly methods: readonly Method[]
  /** Opens a hosted page: card numbers never touch Ordo. */
  open(connection: Connection, page: NewPage): Promise<Outcome>
  capture(connection: Connection, movement: Movement): Promise<Outcome>
  /** Frees what is authorised and not captured. */
  void(connection: Connection, movement: Movement): Promise<Outcome>
  refund(connection: Connection, movement: Movement): Promise<Outcome>
  /** Shuts the page, so that nobody can pay any more; `declined` where somebody has. */
  close(connection: Connection, key: string, provider_ref: string): Promise<Outcome>
  /** What became of a key; null where the provider never saw it. */
  query(connection: Connection, key: string): Promise<Outcome | null>
  /** Whether the bytes come from the provider, and lately. */
  isGenuine(secret: string, headers: Headers, raw: Uint8Array, now: Date): boolean
  /** Reads a genuine callback; null where it is not in the provider's form. */
  read(raw: Uint8Array): ProviderEvent | null
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>
