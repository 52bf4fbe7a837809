// A request on its way through the server: who calls, in which language, what it touches; and the context that its route works in.
import type { AuditRow } from './audit-row.ts'
import type { Principal } from './principal.ts'
import type { Route } from './route.ts'

export interface Call {
  readonly declared: Route
  principal: Principal | null
  readonly touched: { id: string; before?: unknown; after?: unknown }[]
  raw: Uint8Array | null
  /** Milliseconds of the monotonic clock when it came. */
  readonly began: number
}

declare module 'fastify' {
  interface FastifyRequest {
    call: Call | null
  }
  interface FastifyContextConfig {
    declared?: Route
    /** Methods that this address takes, where the request's is not one of them. */
    allow?: string
    /** Left alone by rate limits and language: /health and its like. */
    plain?: boolean
  }
}

/** Writes the audit rows of a transaction; the composition root gives the audit module's. */
export type RecordAudit = (tx: import('../db.ts').Tx, rows: readonly AuditRow[]) => Promise<void>
