// What customers were told of an order.
import { Type } from 'typebox'
import { Id, Instant, orNull } from '../../contracts/views-shared.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { kinds } from './kinds.ts'
import { messagesOf } from './store.ts'

const MessageView = Type.Object({
  message_id: Id,
  kind: Type.Enum([...kinds]),
  state: Type.Enum(['waiting', 'sent', 'skipped', 'failed']),
  reason: orNull(Type.String()),
  written_at: Instant,
  ended_at: orNull(Instant),
})

const messages = route('GET /orders/:id/messages', {
  permit: 'orders.read',
  summary: 'The messages to the customer of an order, newest first.',
  params: Type.Object({ id: Id }),
  reply: { 200: Type.Object({ items: Type.Array(MessageView, { maxItems: 200 }) }) },
  run: (context, { params }) =>
    context.transaction(async (tx) => ({
      items: (await messagesOf(tx, params.id)).map(({ message_id, kind, state, reason, written_at, ended_at }) => ({
        message_id,
        kind,
        state,
        reason,
        written_at,
        ended_at,
      })),
    })),
})

export const notificationRoutes: readonly Route[] = [messages]
