// Rate limits: a bucket per caller and one per tenant, filled evenly, told in RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10).
import { MINUTE_MS } from '../clock.ts'

interface Bucket {
  tokens: number
  at_ms: number
}

export interface Quota {
  readonly name: 'caller' | 'tenant' | 'address' | 'route'
  /** Whose bucket: unique over names. */
  readonly key: string
  readonly per_minute: number
}

export interface Verdict {
  readonly allowed: boolean
  /** Values of the headers RateLimit and RateLimit-Policy. */
  readonly state: string
  readonly policy: string
  /** Seconds until a request passes again; 0 where this one does. */
  readonly retry_after_seconds: number
}

const BUCKETS_AT_MOST = 100_000

export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  /** Takes one request from each quota, or from none where one of them is empty. `now_ms` is the injected clock's. */
  take(quotas: readonly Quota[], now_ms: number): Verdict {
    let state = ''
    let policy = ''
    let wait_seconds = 0
    for (const quota of quotas) wait_seconds = Math.max(wait_seconds, this.#wait(quota, now_ms))
    for (const quota of quotas) {
      const bucket = this.#bucket(quota, now_ms)
      if (wait_seconds === 0) bucket.tokens -= 1
      const missing = quota.per_minute - bucket.tokens
      const gap = state === '' ? '' : ', '
      state += `${gap}"${quota.name}";r=${Math.max(0, Math.floor(bucket.tokens))};t=${Math.ceil((missing * 60) / quota.per_minute)}`
      policy += `${gap}"${quota.name}";q=${Math.floor(quota.per_minute)};w=60`
    }
    return { allowed: wait_seconds === 0, state, policy, retry_after_seconds: wait_seconds }
  }

  #wait(quota: Quota, now_ms: number): number {
    const { tokens } = this.#bucket(quota, now_ms)
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) * 60) / quota.per_minute))
  }

  #bucket(quota: Quota, now_ms: number): Bucket {
    const known = this.#buckets.get(quota.key)
    if (known === undefined) {
      if (this.#buckets.size >= BUCKETS_AT_MOST) this.#forget(now_ms)
      const fresh = { tokens: quota.per_minute, at_ms: now_ms }
      this.#buckets.set(quota.key, fresh)
      return fresh
    }
    const filled = ((now_ms - known.at_ms) * quota.per_minute) / MINUTE_MS
    if (filled > 0) known.tokens = Math.min(quota.per_minute, known.tokens + filled)
    known.at_ms = now_ms
    return known
  }

  // Buckets that have been left alone for a minute are full: forgetting them changes nothing.
  #forget(now_ms: number): void {
    for (const [key, bucket] of this.#buckets) if (now_ms - bucket.at_ms >= MINUTE_MS) this.#buckets.delete(key)
    if (this.#buckets.size >= BUCKETS_AT_MOST) this.#buckets.clear()
  }
}
