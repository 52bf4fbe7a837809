// What a process has in hand: database, clock, ids, log, settings. Made once by the composition root and given to everything.
import type { Clock } from './clock.ts'
import type { Actor, Database, Tx } from './db.ts'
import type { Randomness } from './ids.ts'
import type { Log } from './log.ts'
import type { Secrets } from './secrets.ts'

export interface Settings {
  /** Where people reach this Ordo; links in mails start with it. */
  readonly public_url: string
  /** host:port of the mail server, and the address that mails come from. */
  readonly smtp_url: string | null
  readonly mail_from: string
  /** Outgoing calls to private addresses are refused unless a test or the demo allows them. */
  readonly allow_private_addresses: boolean
}

export interface Runtime {
  readonly db: Database
  readonly clock: Clock
  readonly randomness: Randomness
  readonly log: Log
  readonly secrets: Secrets
  readonly settings: Settings
}

/** A request or command of somebody: whose it is, for which tenant, with what. */
export interface Context {
  readonly runtime: Runtime
  readonly tenant: string
  readonly actor: Actor
  readonly language: 'en' | 'zh'
  readonly now: Date
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
}

/** The context of an actor outside HTTP: command line, steps, tests. */
export function contextOf(runtime: Runtime, tenant: string, actor: Actor, language: 'en' | 'zh' = 'en'): Context {
  return {
    runtime,
    tenant,
    actor,
    language,
    now: runtime.clock.now(),
    transaction: (work) => runtime.db.transaction(tenant, actor, work),
  }
}
