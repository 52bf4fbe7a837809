// A route is data: method and path, who may, what it takes and answers, and the one function that does it.
import type { Static, TSchema } from 'typebox'
import type { Permission } from '../../contracts/permissions.ts'
import type { Actor, Tx } from '../db.ts'
import type { Context } from '../runtime.ts'
import type { Principal } from './principal.ts'

/** What a route may look at of its request; params, query and body have passed their schemas. */
export interface RouteInput<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** The revision from If-Match, where the route asks for one. */
  readonly revision: number | null
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The address of the caller as the rate limiter sees it. */
  readonly address: string
  /** The body as it came, where the route declares `raw`: signatures are over bytes. */
  readonly raw: Uint8Array | null
  /** Who calls; null on a public route. */
  readonly principal: Principal | null
  /** Idempotency-Key, where it was sent. */
  readonly key: string | null
  readonly request_id: string
  /** A public route that has found out whose request it is goes on with this context: audited and, where declared, idempotent. */
  enter(tenant: string, actor: Actor): Context
  /** Notes for the audit what this request touched; before and after are kept as keyed digests only. */
  touch(id: string, before?: unknown, after?: unknown): void
}

/** An answer with another status than the first declared, with headers, or with bytes that are not JSON. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Makes an answer with its status; what a route returns plainly is answered with the lowest declared status. */
export function answer(status: number, body?: unknown, headers?: Readonly<Record<string, string>>): AnswerBox {
  return new AnswerBox(status, body, headers)
}

export class AnswerBox implements Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export interface RouteOptions<Params extends TSchema, Query extends TSchema, Body extends TSchema> {
  /** The permission that is asked for; `public` routes name their own protection in `because`. */
  readonly permit: Permission | 'public'
  readonly because?: string
  /** One sentence for the API reference. */
  readonly summary: string
  /**
   * `required`: Idempotency-Key is needed; the route runs in exactly one `context.transaction`, and its reply is stored there, before the commit.
   * `natural`: a change that has a key of its own or may be repeated (PUT and DELETE always are). A POST without either changes nothing.
   */
  readonly idempotent?: 'required' | 'natural'
  /** `self`: the route writes its audit rows itself, because its effect is committed together with that of others. */
  readonly audit?: 'self'
  /** An edit: If-Match is needed; `where_known`: only where the object is there already, which the route itself knows. */
  readonly edits?: true | 'where_known'
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly raw?: boolean
  /** Media type of the reply where it is not JSON: `application/pdf`, `text/event-stream`. */
  readonly produces?: string
  /** Bytes of the body at most; 1 MiB where absent. */
  readonly body_limit?: number
  /** Requests a minute and caller, beside the tenant's limit. */
  readonly per_minute?: number
  readonly reply: Readonly<Record<number, TSchema>>
  run(context: Context, input: RouteInput<Static<Params>, Static<Query>, Static<Body>>): Promise<unknown>
  /** Requests that share a transaction, see `gatheredRoute`. */
  together?(
    tx: Tx,
    inputs: readonly RouteInput<Static<Params>, Static<Query>, Static<Body>>[],
  ): Promise<readonly unknown[]>
}

export interface Route {
  readonly method: string
  readonly path: string
  readonly options: RouteOptions<TSchema, TSchema, TSchema>
}

/** Declares a route, `'POST /orders/:id/cancellation'`; the server is built from the list of them. */
export function route<Params extends TSchema, Query extends TSchema, Body extends TSchema>(
  address: string,
  options: RouteOptions<Params, Query, Body>,
): Route {
  const [method = '', path = ''] = address.split(' ')
  return { method, path, options }
}

type Gathered<Params extends TSchema, Query extends TSchema, Body extends TSchema> = Omit<
  RouteOptions<Params, Query, Body>,
  'run' | 'idempotent' | 'audit'
> &
  Required<Pick<RouteOptions<Params, Query, Body>, 'together'>>

/**
 * Declares a route whose requests come in crowds for the same rows: those of one caller that come together share one transaction, at most 200.
 * `together` answers one result per request in their order, or a Problem for one that is refused and must then have changed nothing. Each keeps its own
 * Idempotency-Key, reply and audit row.
 */
export function gatheredRoute<Params extends TSchema, Query extends TSchema, Body extends TSchema>(
  address: string,
  options: Gathered<Params, Query, Body>,
): Route {
  const run = () => Promise.reject(new Error(`${address} runs together with its like only`))
  return route<Params, Query, Body>(address, { ...options, idempotent: 'required', run })
}

/** Whether a route changes something: then it is audited, and a browser must prove where it comes from. */
export function changes(declared: Route): boolean {
  if (declared.method === 'PUT' || declared.method === 'PATCH' || declared.method === 'DELETE') return true
  return declared.options.idempotent !== undefined
}

/** The status of a plain return: the lowest declared. */
export function firstStatus(declared: Route): number {
  return Math.min(...Object.keys(declared.options.reply).map(Number))
}
