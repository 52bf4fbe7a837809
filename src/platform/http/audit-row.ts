// What the audit keeps of a request: who, which route, which ids, and keyed digests of before and after; never content.
import canonicalize from 'canonicalize'
import type { Actor } from '../db.ts'
import { bigintAsNumber } from '../outbox/publish.ts'
import type { Secrets } from '../secrets.ts'

export interface AuditRow {
  readonly actor: Actor
  /** `POST /orders/:id/cancellation`, or the name of a command. */
  readonly route: string
  readonly request_id: string | null
  /** The status that was answered; null where it was not known yet at the commit. */
  readonly status: number | null
  /** The ids touched, the most important first. */
  readonly subjects: readonly string[]
  /** How many things were changed: more than one for a bulk. */
  readonly count: number
  /** HMAC of what was asked, of how the thing was before, and after; null where there is nothing. */
  readonly request_digest: string | null
  readonly before_digest: string | null
  readonly after_digest: string | null
}

export const SUBJECTS_AT_MOST = 50

/** The keyed digest of a value's canonical JSON (RFC 8785); null for nothing. Passwords are left out before. */
export function digestOf(secrets: Secrets, value: unknown): string | null {
  if (value === undefined || value === null) return null
  return secrets.digest(canonicalText(value))
}

/** Canonical JSON (RFC 8785) of a value; amounts (bigint) and instants become what they are in a reply. */
export function canonicalText(value: unknown): string {
  return canonicalize(JSON.parse(JSON.stringify(value, withoutPasswords))) ?? 'null'
}

function withoutPasswords(key: string, value: unknown): unknown {
  return key === 'password' || key === 'new_password' ? undefined : bigintAsNumber(key, value)
}

/** The ids of a request: what the route noted, else those of its path, then those on the first level of its reply. */
export function subjectsOf(touched: readonly { id: string }[], params: unknown, reply: unknown): string[] {
  const found = new Set(touched.map((note) => note.id))
  for (const source of [params, reply]) {
    if (typeof source !== 'object' || source === null) continue
    for (const [name, value] of Object.entries(source)) {
      if (typeof value === 'string' && (source === params || name.endsWith('_id') || name === 'id'))
        found.add(value.slice(0, 100))
    }
  }
  return [...found].slice(0, SUBJECTS_AT_MOST)
}
