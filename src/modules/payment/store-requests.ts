// The statements of requests to providers: written before the call, counted at the call, answered after it.
import type { Tx } from '../../platform/db.ts'
import type { NewRequest, PaymentRequest, RequestKind, RequestState } from './intent.ts'

export interface WrittenRequest extends NewRequest {
  readonly request_id: string
  readonly intent_id: string
}

export async function insertRequests(tx: Tx, requests: readonly WrittenRequest[]): Promise<void> {
  if (requests.length === 0) return
  await tx.sql`
    insert into payment.request (tenant_id, request_id, intent_id, kind, amount, key, reason, state, asked_at, answered_at)
    select ${tx.tenant}::uuid, request_id, intent_id, kind, amount, key, reason, state, ${tx.now},
           case state when 'done' then ${tx.now}::timestamptz end
      from unnest(${requests.map((r) => r.request_id)}::uuid[], ${requests.map((r) => r.intent_id)}::uuid[], ${requests.map((r) => r.kind)}::text[],
                  ${requests.map((r) => r.amount)}::bigint[], ${requests.map((r) => r.key)}::text[], ${requests.map((r) => r.reason)}::text[],
                  ${requests.map((r) => r.state)}::text[]) as new (request_id, intent_id, kind, amount, key, reason, state)`
}

/** The keys of these intents that begin with one of the prefixes: intentions that were taken already. */
export async function takenKeys(tx: Tx, intent_ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.sql<{ key: string }[]>`
    select key from payment.request where tenant_id = ${tx.tenant} and intent_id = any (${[...intent_ids]}::uuid[])`
  return new Set(rows.map((row) => row.key))
}

export interface Answered {
  readonly request_id: string
  readonly state: RequestState
  readonly failure: string | null
}

export async function answerRequests(tx: Tx, answers: readonly Answered[]): Promise<void> {
  if (answers.length === 0) return
  await tx.sql`
    update payment.request r set state = a.state, failure = a.failure, answered_at = ${tx.now}
      from unnest(${answers.map((a) => a.request_id)}::uuid[], ${answers.map((a) => a.state)}::text[], ${answers.map((a) => a.failure)}::text[])
        as a (request_id, state, failure)
     where r.tenant_id = ${tx.tenant} and r.request_id = a.request_id and r.state = 'asked'`
}

export async function requestById(tx: Tx, request_id: string): Promise<PaymentRequest | null> {
  const rows = await tx.sql<PaymentRequest[]>`
    select request_id, intent_id, kind, amount, key, state, calls from payment.request
     where tenant_id = ${tx.tenant} and request_id = ${request_id}`
  return rows[0] ?? null
}

/** The request that opened the payment page of an intent. */
export async function pageRequest(tx: Tx, intent_id: string): Promise<PaymentRequest | null> {
  const rows = await tx.sql<PaymentRequest[]>`
    select request_id, intent_id, kind, amount, key, state, calls from payment.request
     where tenant_id = ${tx.tenant} and key = ${`authorise:${intent_id}`}`
  return rows[0] ?? null
}

/** Counts a call before it is made, in a transaction of its own: from then on its outcome may be unknown, and the provider is queried first. */
export async function countCall(tx: Tx, request_id: string): Promise<void> {
  await tx.sql`update payment.request set calls = calls + 1 where tenant_id = ${tx.tenant} and request_id = ${request_id}`
}

export interface FailedRequest {
  readonly request_id: string
  readonly demand_id: string
  readonly kind: RequestKind
  readonly amount: bigint
  readonly currency: string
  readonly failure: string | null
  readonly asked_at: Date
}

/** What providers refused and nobody has settled, oldest first. */
export async function failedRequests(tx: Tx, limit: number): Promise<FailedRequest[]> {
  return tx.sql<FailedRequest[]>`
    select r.request_id, i.demand_id, r.kind, r.amount, i.currency, r.failure, r.asked_at
      from payment.request r join payment.intent i on i.tenant_id = r.tenant_id and i.intent_id = r.intent_id
     where r.tenant_id = ${tx.tenant} and r.state = 'failed' and r.kind <> 'authorise'
     order by r.asked_at, r.request_id limit ${limit}::int`
}

/** Of these demands, those of which a provider refused to capture or to refund. */
export async function refusedDemands(tx: Tx, demand_ids: readonly string[]): Promise<{ demand_id: string }[]> {
  return tx.sql<{ demand_id: string }[]>`
    select distinct i.demand_id from payment.intent i
      join payment.request r on r.tenant_id = ${tx.tenant} and r.intent_id = i.intent_id
     where i.tenant_id = ${tx.tenant} and i.demand_id = any (${[...demand_ids]}::uuid[]) and r.state = 'failed'
       and (r.kind = 'refund' or (r.kind = 'capture' and i.captured < i.due))
     order by i.demand_id`
}

/** A refused request that was asked again under another key. */
export async function replaceRequest(tx: Tx, request_id: string): Promise<void> {
  await tx.sql`
    update payment.request set state = 'replaced' where tenant_id = ${tx.tenant} and request_id = ${request_id} and state = 'failed'`
}
