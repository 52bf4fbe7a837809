// Webhook endpoints as rows: who wants which events where, signed with which secrets, and up to which position it was told.
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Tx } from '../db.ts'
import { schedule } from '../engine/jobs.ts'

export const SEND_STEP = 'webhooks.send'
export const RETRY_STEP = 'webhooks.retry'

const SealedSecret = Type.Object({
  sealed: Type.String(),
  made_at: Type.String(),
  /** Signs until then beside its successor; null for the present one. */
  ends_at: Type.Union([Type.String(), Type.Null()]),
})
export type SealedSecret = Type.Static<typeof SealedSecret>
// at most 2: the present one and the one before it
const SealedSecrets = Type.Array(SealedSecret, { maxItems: 2 })

export type EndpointState = 'active' | 'paused' | 'disabled'

export interface Endpoint {
  readonly endpoint_id: string
  readonly url: string
  /** Event types, `order.*` for a family; all where empty. */
  readonly types: readonly string[]
  readonly secrets: unknown
  readonly state: EndpointState
  readonly state_reason: string | null
  readonly next_position: bigint
  readonly created_at: Date
}

/** The sealed secrets that sign now, the newest first. */
export function activeSecrets(endpoint: Endpoint, now: Date): SealedSecret[] {
  if (!Value.Check(SealedSecrets, endpoint.secrets)) throw new Error('the secrets of an endpoint cannot be read')
  return endpoint.secrets.filter((secret) => secret.ends_at === null || new Date(secret.ends_at) > now)
}

const ENDPOINTS_AT_MOST = 100

/** All endpoints of the tenant, oldest first. */
export async function endpointsOf(tx: Tx): Promise<Endpoint[]> {
  return tx.sql<Endpoint[]>`
    select endpoint_id, url, types, secrets, state, state_reason, next_position, created_at from outbox.webhook_endpoint
     where tenant_id = ${tx.tenant} order by created_at, endpoint_id limit ${ENDPOINTS_AT_MOST}::int`
}

/** One endpoint, locked; null where there is none. */
export async function lockEndpoint(tx: Tx, endpoint_id: string): Promise<Endpoint | null> {
  const rows = await tx.sql<Endpoint[]>`
    select endpoint_id, url, types, secrets, state, state_reason, next_position, created_at from outbox.webhook_endpoint
     where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id} for update`
  return rows[0] ?? null
}

/** One endpoint as it stands; null where there is none. */
export async function readEndpoint(tx: Tx, endpoint_id: string): Promise<Endpoint | null> {
  const rows = await tx.sql<Endpoint[]>`
    select endpoint_id, url, types, secrets, state, state_reason, next_position, created_at from outbox.webhook_endpoint
     where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id}`
  return rows[0] ?? null
}

/** Adds an endpoint that is told of everything after the present end of the feed. */
export async function insertEndpoint(
  tx: Tx,
  endpoint: { endpoint_id: string; url: string; types: readonly string[]; secrets: readonly SealedSecret[] },
): Promise<void> {
  await tx.sql`
    insert into outbox.webhook_endpoint (tenant_id, endpoint_id, url, types, secrets, next_position, created_at)
    select ${tx.tenant}::uuid, ${endpoint.endpoint_id}::uuid, ${endpoint.url}, ${[...endpoint.types]}::text[],
           ${JSON.stringify(endpoint.secrets)}::text::jsonb,
           1 + coalesce((select last_position from outbox.feed_counter where tenant_id = ${tx.tenant}), 0), ${tx.now}::timestamptz`
}

/** Writes what people change of an endpoint. */
export async function saveEndpoint(tx: Tx, endpoint: Endpoint): Promise<void> {
  await tx.sql`
    update outbox.webhook_endpoint
       set url = ${endpoint.url}, types = ${[...endpoint.types]}::text[], secrets = ${JSON.stringify(endpoint.secrets)}::text::jsonb,
           state = ${endpoint.state}, state_reason = ${endpoint.state_reason}, next_position = ${endpoint.next_position}
     where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint.endpoint_id}`
}

/** Removes an endpoint with its deliveries; false where there is none. */
export async function deleteEndpoint(tx: Tx, endpoint_id: string): Promise<boolean> {
  const gone =
    await tx.sql`delete from outbox.webhook_endpoint where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id}`
  await tx.sql`delete from outbox.webhook_delivery where tenant_id = ${tx.tenant} and endpoint_id = ${endpoint_id}`
  return gone.count === 1
}

/**
 * Gives each active endpoint a job to read on, unless it has one. Called under the lock of the feed's counter, as a statement of its own, so that
 * an endpoint whose job is just ending is either still seen with its job, which then looks again, or seen without.
 */
export async function wakeEndpoints(tx: Tx): Promise<void> {
  const idle = await tx.sql<{ endpoint_id: string }[]>`
    select e.endpoint_id from outbox.webhook_endpoint e
     where e.tenant_id = ${tx.tenant} and e.state = 'active'
       and not exists (select from engine.job j where j.tenant_id = ${tx.tenant} and j.step = ${SEND_STEP} and j.subject = e.endpoint_id)
     order by e.endpoint_id limit ${ENDPOINTS_AT_MOST}::int`
  await schedule(
    tx,
    idle.map(({ endpoint_id }) => ({ step: SEND_STEP, subject: endpoint_id })),
  )
}

/** Locks the counter of the feed and answers its last position: what is fed from here on is fed by somebody who waits for this transaction. */
export async function lockFeed(tx: Tx): Promise<bigint> {
  const rows = await tx.sql<{ last_position: bigint }[]>`
    select last_position from outbox.feed_counter where tenant_id = ${tx.tenant} for update`
  return rows[0]?.last_position ?? 0n
}
