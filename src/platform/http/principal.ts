// Who calls: the one shape in which identity tells the server whose request it is and what it may.
import type { Actor } from '../db.ts'

export interface Principal {
  readonly tenant: string
  readonly actor: Actor
  /** What the actor may, by permission. */
  readonly permissions: ReadonlySet<string>
  /** A person at a browser has a session; its token must come back in X-CSRF-Token unless the browser says that the page is ours. */
  readonly session: { readonly session_id: string; readonly csrf_token: string } | null
  /** The language that the person has chosen; a request may ask for another. */
  readonly language: 'en' | 'zh' | null
  /** Requests a minute, where this caller or its tenant has a limit of its own. */
  readonly per_minute: number | null
  readonly tenant_per_minute: number | null
}

export interface Principals {
  /**
   * Recognises the caller by its Authorization or Cookie header; undefined where neither carries credentials of Ordo.
   * Throws `unauthenticated` for credentials that are wrong or over. Answers at once, without a promise, while the caller is known from a moment ago.
   */
  recognise(
    authorization: string | undefined,
    cookie: string | undefined,
  ): Principal | undefined | Promise<Principal | undefined>
}

/** Nobody is recognised: for a server of public routes. */
export const nobody: Principals = { recognise: () => undefined }
