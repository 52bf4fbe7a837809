// Callbacks as a provider sends them, also such as belong to nothing here.
import { webhookHeaders } from '../../src/platform/webhook-signature.ts'
import type { Paying } from './paying.ts'

export async function post(
  paying: Paying,
  body: string,
  options: { secret?: string; at?: Date; tamper?: boolean } = {},
): Promise<number> {
  const at = options.at ?? paying.world.clock.now()
  const headers = webhookHeaders({ id: 'evt', at, body }, [options.secret ?? paying.secret])
  const sent = options.tamper === true ? body.replace('captured', 'refunded') : body
  const reply = await fetch(paying.callback_url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: sent,
  })
  return reply.status
}

export function captured(event_id: string, fields: Readonly<Record<string, unknown>> = {}): string {
  const operation = {
    operation_id: 'op_alien',
    key: 'alien',
    kind: 'page',
    payment_id: 'pay_alien',
    reference: 'x',
    status: 'captured',
    amount: 4_200,
    currency: 'CNY',
    url: null,
    reason: null,
    ...fields,
  }
  return JSON.stringify({ event_id, at: 'now', operation })
}
