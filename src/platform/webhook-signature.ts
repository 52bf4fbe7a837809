// Signatures of webhooks by Standard Webhooks 1.0: made for what we send, checked for what comes in.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { MINUTE_MS, SECOND_MS } from './clock.ts'
import type { Randomness } from './ids.ts'

export const SECRET_PREFIX = 'whsec_'
const TOLERANCE_MS = 5 * MINUTE_MS

/** A new secret: `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(randomness: Randomness): string {
  return SECRET_PREFIX + Buffer.from(randomness.bytes(32)).toString('base64')
}

export interface WebhookMessage {
  readonly id: string
  readonly at: Date
  /** The body byte for byte as it is sent. */
  readonly body: string | Uint8Array
}

/** The headers of a message, signed with every active secret (HMAC-SHA256 over `id.timestamp.body`), the newest first. */
export function webhookHeaders(message: WebhookMessage, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / SECOND_MS))
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map((secret) => `v1,${signature(secret, message.id, timestamp, message.body).toString('base64')}`)
      .join(' '),
  }
}

function signature(secret: string, id: string, timestamp: string, body: string | Uint8Array): Buffer {
  const plain = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret
  return createHmac('sha256', Buffer.from(plain, 'base64')).update(`${id}.${timestamp}.`).update(body).digest()
}

export type Verdict = 'genuine' | 'unsigned' | 'too_old' | 'too_new' | 'forged'

export interface WebhookCheck {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string | Uint8Array
  /** Any of these may have signed: two while they rotate. */
  readonly secrets: readonly string[]
  readonly now: Date
  /** How far the sender's clock may be off; five minutes where absent. */
  readonly tolerance_ms?: number
}

/** Judges a message that came in; compares in constant time. A genuine message may still be a repeat: see `repeatGuard`. */
export function checkWebhook({ headers, body, secrets, now, tolerance_ms = TOLERANCE_MS }: WebhookCheck): Verdict {
  const [id, timestamp, given] = [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']]
  if (typeof id !== 'string' || id === '' || typeof timestamp !== 'string' || typeof given !== 'string')
    return 'unsigned'
  if (!/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const age_ms = now.getTime() - Number(timestamp) * SECOND_MS
  if (age_ms > tolerance_ms) return 'too_old'
  if (age_ms < -tolerance_ms) return 'too_new'
  const offered = given.split(' ').filter((part) => part.startsWith('v1,'))
  const expected = secrets.map((secret) => signature(secret, id, timestamp, body))
  const matches = offered.some((part) => {
    const bytes = Buffer.from(part.slice(3), 'base64')
    return expected.some((one) => bytes.length === one.length && timingSafeEqual(bytes, one))
  })
  return matches ? 'genuine' : 'forged'
}

const IDS_AT_MOST = 100_000

/**
 * Remembers the ids of genuine messages for twice the tolerance, at most 100,000 of them; answers false for an id that came before. For receivers
 * that have no table of their own to remember in.
 */
export function repeatGuard(tolerance_ms: number = TOLERANCE_MS): (id: string, now: Date) => boolean {
  const seen = new Map<string, number>()
  return (id, now) => {
    const floor = now.getTime() - 2 * tolerance_ms
    for (const [old, at_ms] of seen) {
      if (at_ms >= floor && seen.size < IDS_AT_MOST) break
      seen.delete(old)
    }
    if (seen.has(id)) return false
    seen.set(id, now.getTime())
    return true
  }
}
