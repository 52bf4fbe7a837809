// What people do with webhook endpoints: add, change, rotate the secret, send again.
import { DAY_MS, later } from '../clock.ts'
import type { Tx } from '../db.ts'
import { EgressError, readUrl } from '../egress.ts'
import { schedule } from '../engine/jobs.ts'
import { platformProblem } from '../problems.ts'
import type { Runtime } from '../runtime.ts'
import { newWebhookSecret } from '../webhook-signature.ts'
import { reviveDeliveries } from './deliveries.ts'
import {
  activeSecrets,
  type Endpoint,
  endpointsOf,
  insertEndpoint,
  lockEndpoint,
  RETRY_STEP,
  readEndpoint,
  type SealedSecret,
  saveEndpoint,
  wakeEndpoints,
} from './endpoints.ts'
import { outboxProblem } from './problems.ts'
import { feedBounds } from './read-feed.ts'
import { retryAll } from './send-webhooks.ts'

const ENDPOINTS_AT_MOST = 100
const OVERLAP_MS = DAY_MS
const REVIVED_AT_MOST = 1_000

export interface NewEndpoint {
  readonly url: string
  readonly types: readonly string[]
}

/** Adds an endpoint that is told from now on; answers its id and the secret that it verifies with. */
export async function addEndpoint(
  tx: Tx,
  runtime: Runtime,
  asked: NewEndpoint,
): Promise<{ endpoint_id: string; secret: string }> {
  checkUrl(asked.url, runtime)
  if ((await endpointsOf(tx)).length >= ENDPOINTS_AT_MOST)
    throw outboxProblem('too_many_endpoints', { maximum: ENDPOINTS_AT_MOST })
  const endpoint_id = tx.newId()
  const { secret, sealed } = newSecret(tx, runtime)
  await insertEndpoint(tx, { ...asked, endpoint_id, secrets: [sealed] })
  return { endpoint_id, secret }
}

function newSecret(tx: Tx, runtime: Runtime): { secret: string; sealed: SealedSecret } {
  const secret = newWebhookSecret(runtime.randomness)
  return { secret, sealed: { sealed: runtime.secrets.seal(secret), made_at: tx.now.toISOString(), ends_at: null } }
}

function checkUrl(url: string, runtime: Runtime): void {
  try {
    readUrl(url, runtime.settings)
  } catch (error) {
    if (error instanceof EgressError) throw outboxProblem('endpoint_address_refused', { fault: error.fault })
    throw error
  }
}

export interface EndpointChange {
  readonly url?: string
  readonly types?: readonly string[]
  readonly state?: 'active' | 'paused'
}

/** Changes an endpoint; one that becomes active again is told what it missed, as far as the feed goes back. */
export async function changeEndpoint(
  tx: Tx,
  runtime: Runtime,
  endpoint_id: string,
  asked: EndpointChange,
): Promise<Endpoint> {
  if (asked.url !== undefined) checkUrl(asked.url, runtime)
  const was = await mustLock(tx, endpoint_id)
  const { purged } = await feedBounds(tx)
  const state = asked.state ?? was.state
  const changed: Endpoint = {
    ...was,
    url: asked.url ?? was.url,
    types: asked.types ?? was.types,
    state,
    state_reason: state === was.state ? was.state_reason : null,
    next_position: was.next_position > purged ? was.next_position : purged + 1n,
  }
  await saveEndpoint(tx, changed)
  if (state === 'active' && was.state !== 'active') await retryAll(tx, endpoint_id)
  await wakeEndpoints(tx)
  return changed
}

async function mustLock(tx: Tx, endpoint_id: string): Promise<Endpoint> {
  const endpoint = await lockEndpoint(tx, endpoint_id)
  if (endpoint === null) throw platformProblem('not_found')
  return endpoint
}

/** Gives an endpoint a new secret; the present one signs beside it for a day, an older one no longer. */
export async function rotateSecret(
  tx: Tx,
  runtime: Runtime,
  endpoint_id: string,
): Promise<{ endpoint_id: string; secret: string }> {
  const was = await mustLock(tx, endpoint_id)
  const present = activeSecrets(was, tx.now).find((secret) => secret.ends_at === null)
  const { secret, sealed } = newSecret(tx, runtime)
  const ending = present === undefined ? [] : [{ ...present, ends_at: later(tx.now, OVERLAP_MS).toISOString() }]
  await saveEndpoint(tx, { ...was, secrets: [sealed, ...ending] })
  return { endpoint_id, secret }
}

/** The secret that an endpoint verifies with now. */
export async function presentSecret(tx: Tx, runtime: Runtime, endpoint_id: string): Promise<string> {
  const endpoint = await readEndpoint(tx, endpoint_id)
  if (endpoint === null) throw platformProblem('not_found')
  const present = activeSecrets(endpoint, tx.now).find((secret) => secret.ends_at === null)
  if (present === undefined) throw platformProblem('not_found')
  return runtime.secrets.open(present.sealed)
}

export interface Replay {
  /** Everything after this position of the feed. */
  readonly after?: number
  /** This event. */
  readonly event_id?: string
  /** Everything that was given up. */
  readonly failed?: boolean
}

/** Sends again what is asked for; answers how many messages were revived (0 where the endpoint reads on from an earlier position). */
export async function replay(tx: Tx, endpoint_id: string, asked: Replay): Promise<number> {
  const endpoint = await mustLock(tx, endpoint_id)
  if (endpoint.state !== 'active') throw platformProblem('illegal_transition')
  if (asked.after !== undefined) {
    const { purged } = await feedBounds(tx)
    const after = BigInt(asked.after)
    if (after < purged) throw platformProblem('cursor_expired', { oldest_after: Number(purged) })
    await saveEndpoint(tx, { ...endpoint, next_position: after + 1n })
    await wakeEndpoints(tx)
    return 0
  }
  const events = await reviveDeliveries(tx, endpoint_id, asked.event_id ?? null, REVIVED_AT_MOST)
  if (asked.event_id !== undefined && events.length === 0) throw platformProblem('not_found')
  await schedule(
    tx,
    events.map((subject) => ({ step: RETRY_STEP, subject, payload: { endpoint_id } })),
  )
  return events.length
}
