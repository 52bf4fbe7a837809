// The statements of payment intents: opened, locked in the order of their ids, saved as a set.
import type { Tx } from '../../platform/db.ts'
import { fault } from '../../platform/fault.ts'
import type { Intent, Method } from './intent.ts'

export interface NewIntent {
  readonly demand_id: string
  readonly method: Method
  readonly provider?: string
  readonly currency: string
  readonly amount: bigint
  readonly reference?: string
  readonly deadline_at?: Date
}

/** One statement; what costs nothing is captured from the start. */
export async function insertIntents(tx: Tx, intents: readonly NewIntent[]): Promise<void> {
  if (intents.length === 0) return
  await tx.sql`
    insert into payment.intent (tenant_id, intent_id, demand_id, method, provider, currency, amount, due, state, reference, deadline_at, created_at)
    select ${tx.tenant}::uuid, intent_id, demand_id, method, provider, currency, amount, amount,
           case when amount = 0 then 'captured' else 'new' end, reference, deadline_at, ${tx.now}
      from unnest(${intents.map(() => tx.newId())}::uuid[], ${intents.map((intent) => intent.demand_id)}::uuid[],
                  ${intents.map((intent) => intent.method)}::text[], ${intents.map((intent) => intent.provider ?? null)}::text[],
                  ${intents.map((intent) => intent.currency)}::text[], ${intents.map((intent) => intent.amount)}::bigint[],
                  ${intents.map((intent) => intent.reference ?? null)}::text[], ${intents.map((intent) => intent.deadline_at ?? null)}::timestamptz[])
        as new (intent_id, demand_id, method, provider, currency, amount, reference, deadline_at)`
}

/** The intents of these demands, locked in the order of their ids: whoever changes money holds these rows first. */
export async function lockOfDemands(tx: Tx, demand_ids: readonly string[]): Promise<Intent[]> {
  return tx.sql<Intent[]>`
    select intent_id, demand_id, method, provider, currency, amount, due, state, version, authorised, captured, refunded, voided,
           capturing, refunding, voiding, granted, reference, provider_ref, redirect_url, failure, deadline_at
      from payment.intent where tenant_id = ${tx.tenant} and demand_id = any (${[...demand_ids]}::uuid[])
     order by intent_id for update`
}

export async function lockIntents(tx: Tx, intent_ids: readonly string[]): Promise<Intent[]> {
  return tx.sql<Intent[]>`
    select intent_id, demand_id, method, provider, currency, amount, due, state, version, authorised, captured, refunded, voided,
           capturing, refunding, voiding, granted, reference, provider_ref, redirect_url, failure, deadline_at
      from payment.intent where tenant_id = ${tx.tenant} and intent_id = any (${[...intent_ids]}::uuid[])
     order by intent_id for update`
}

export async function readOfDemands(tx: Tx, demand_ids: readonly string[]): Promise<Intent[]> {
  return tx.sql<Intent[]>`
    select intent_id, demand_id, method, provider, currency, amount, due, state, version, authorised, captured, refunded, voided,
           capturing, refunding, voiding, granted, reference, provider_ref, redirect_url, failure, deadline_at
      from payment.intent where tenant_id = ${tx.tenant} and demand_id = any (${[...demand_ids]}::uuid[])
     order by intent_id`
}

/**
 * Money that the channel took: state, amounts, bookings and both entries of each in one statement for the whole batch. The booking has the id
 * of its intent, so it cannot be made twice. No event: the demand is told by the answer, in the same transaction.
 */
export async function bookAtChannel(tx: Tx, intent_ids: readonly string[]): Promise<void> {
  await tx.sql`
    with paid as (
      update payment.intent set state = 'captured', captured = amount
       where tenant_id = ${tx.tenant} and intent_id = any (${[...intent_ids]}::uuid[]) and state = 'new' and method = 'reference'
      returning intent_id, currency, amount),
    booked as (
      insert into payment.booking (tenant_id, booking_id, kind, intent_id, at, actor)
      select ${tx.tenant}::uuid, intent_id, 'capture', intent_id, ${tx.now}, ${tx.actor} from paid)
    insert into payment.entry (tenant_id, booking_id, entry_no, account, currency, amount)
    select ${tx.tenant}::uuid, intent_id, side.entry_no, side.account, currency, side.sign * amount
      from paid cross join (values (1::smallint, 'channel_clearing', 1), (2::smallint, 'customer_payments', -1)) as side (entry_no, account, sign)`
  fault('payment:after-journal')
}

/** Writes what the rules made of locked intents; the CHECKs of the table are the proof. */
export async function saveIntents(tx: Tx, intents: readonly Intent[]): Promise<void> {
  if (intents.length === 0) return
  const amounts = (of: (intent: Intent) => bigint) => intents.map(of)
  const texts = (of: (intent: Intent) => string | null) => intents.map(of)
  await tx.sql`
    update payment.intent i
       set due = s.due, state = s.state, version = s.version, authorised = s.authorised, captured = s.captured, refunded = s.refunded,
           voided = s.voided, capturing = s.capturing, refunding = s.refunding, voiding = s.voiding, granted = s.granted,
           provider = s.provider, provider_ref = s.provider_ref, redirect_url = s.redirect_url, failure = s.failure, deadline_at = s.deadline_at
      from unnest(${intents.map((intent) => intent.intent_id)}::uuid[], ${amounts((i) => i.due)}::bigint[], ${texts((i) => i.state)}::text[],
                  ${intents.map((i) => i.version)}::int[], ${amounts((i) => i.authorised)}::bigint[], ${amounts((i) => i.captured)}::bigint[],
                  ${amounts((i) => i.refunded)}::bigint[], ${amounts((i) => i.voided)}::bigint[], ${amounts((i) => i.capturing)}::bigint[],
                  ${amounts((i) => i.refunding)}::bigint[], ${amounts((i) => i.voiding)}::bigint[], ${amounts((i) => i.granted)}::bigint[],
                  ${texts((i) => i.provider)}::text[], ${texts((i) => i.provider_ref)}::text[], ${texts((i) => i.redirect_url)}::text[],
                  ${texts((i) => i.failure)}::text[], ${intents.map((i) => i.deadline_at)}::timestamptz[])
        as s (intent_id, due, state, version, authorised, captured, refunded, voided, capturing, refunding, voiding, granted,
              provider, provider_ref, redirect_url, failure, deadline_at)
     where i.tenant_id = ${tx.tenant} and i.intent_id = s.intent_id`
}

/** The intent that a provider means by its own reference; locked. */
export async function lockByProviderRef(tx: Tx, provider: string, provider_ref: string): Promise<Intent[]> {
  return tx.sql<Intent[]>`
    select intent_id, demand_id, method, provider, currency, amount, due, state, version, authorised, captured, refunded, voided,
           capturing, refunding, voiding, granted, reference, provider_ref, redirect_url, failure, deadline_at
      from payment.intent where tenant_id = ${tx.tenant} and provider = ${provider} and provider_ref = ${provider_ref}
     order by intent_id limit 1 for update`
}
