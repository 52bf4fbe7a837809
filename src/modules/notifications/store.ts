// The statements of messages: written once per fact, ended once.
import type { Tx } from '../../platform/db.ts'
import type { Kind, MessageState } from './kinds.ts'

export interface Fact {
  readonly event_id: string
  readonly subject: string
  readonly data: unknown
}

/** The events of these subjects that have one of these types and no message yet, oldest first, at most `limit`. */
export async function untoldFacts(
  tx: Tx,
  subjects: readonly string[],
  types: readonly string[],
  limit: number,
): Promise<Fact[]> {
  return tx.sql<Fact[]>`
    select e.event_id, e.subject, e.data from outbox.event e
     where e.tenant_id = ${tx.tenant} and e.subject = any (${[...subjects]}::uuid[]) and e.type = any (${[...types]}::text[])
       and not exists (select from notifications.message m where m.tenant_id = ${tx.tenant} and m.event_id = e.event_id)
     order by e.event_id limit ${limit}::int`
}

export interface NewMessage {
  readonly event_id: string
  readonly order_id: string
  readonly kind: Kind
  readonly data: unknown
}

/** Writes messages, each fact once; answers the ids of those that are new. */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[]): Promise<string[]> {
  if (messages.length === 0) return []
  const rows = await tx.sql<{ message_id: string }[]>`
    insert into notifications.message (tenant_id, message_id, event_id, order_id, kind, data, written_at)
    select ${tx.tenant}::uuid, message_id, event_id, order_id, kind, data::jsonb, ${tx.now}
      from unnest(${messages.map(() => tx.newId())}::uuid[], ${messages.map((m) => m.event_id)}::uuid[], ${messages.map((m) => m.order_id)}::uuid[],
                  ${messages.map((m) => m.kind)}::text[], ${messages.map((m) => JSON.stringify(m.data))}::text[])
        as new (message_id, event_id, order_id, kind, data)
     order by event_id
    on conflict (tenant_id, event_id) do nothing
    returning message_id`
  return rows.map((row) => row.message_id)
}

export interface Message {
  readonly message_id: string
  readonly event_id: string
  readonly order_id: string
  readonly kind: Kind
  readonly data: unknown
  readonly state: MessageState
  readonly reason: string | null
  readonly written_at: Date
  readonly ended_at: Date | null
}

export async function messageById(tx: Tx, message_id: string): Promise<Message | null> {
  const rows = await tx.sql<Message[]>`
    select message_id, event_id, order_id, kind, data, state, reason, written_at, ended_at from notifications.message
     where tenant_id = ${tx.tenant} and message_id = ${message_id}`
  return rows[0] ?? null
}

const MESSAGES_AT_MOST = 200

/** The messages of an order, newest first. */
export async function messagesOf(tx: Tx, order_id: string): Promise<Message[]> {
  return tx.sql<Message[]>`
    select message_id, event_id, order_id, kind, data, state, reason, written_at, ended_at from notifications.message
     where tenant_id = ${tx.tenant} and order_id = ${order_id} order by message_id desc limit ${MESSAGES_AT_MOST}::int`
}

/** Ends messages that still wait. */
export async function endMessages(
  tx: Tx,
  message_ids: readonly string[],
  state: Exclude<MessageState, 'waiting'>,
  reason: string | null,
): Promise<void> {
  await tx.sql`
    update notifications.message set state = ${state}, reason = ${reason}, ended_at = ${tx.now}
     where tenant_id = ${tx.tenant} and message_id = any (${[...message_ids]}::uuid[]) and state = 'waiting'`
}
