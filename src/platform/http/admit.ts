// The door: who calls, may he, does he come from our own page, and is there room in his quota. Everything before the body is read.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { platformProblem } from '../problems.ts'
import type { Runtime } from '../runtime.ts'
import { type Quota, RateLimiter } from './limit-rate.ts'
import type { Principal, Principals } from './principal.ts'
import { changes, type Route } from './route.ts'

/** Requests a minute; a key's or tenant's own figure goes before these. */
export interface Limits {
  /** An address without credentials, over all public routes. */
  readonly address: number
  /** A person. */
  readonly person: number
  /** A key. */
  readonly key: number
  readonly tenant: number
}

export const usualLimits: Limits = { address: 600, person: 3_000, key: 1_000_000, tenant: 2_000_000 }

/** The door of a server; `share` is this process' part of a tenant's limit. */
export class Door {
  readonly #runtime: Runtime
  readonly #principals: Principals
  readonly #limits: Limits
  readonly #share: () => number
  readonly #limiter = new RateLimiter()
  readonly #public_host: string

  constructor(runtime: Runtime, principals: Principals, limits: Limits, share: () => number) {
    this.#runtime = runtime
    this.#principals = principals
    this.#limits = limits
    this.#share = share
    this.#public_host = hostOf(runtime.settings.public_url)
  }

  /** Answers the caller at once where he is known, otherwise a promise; throws or rejects with the refusal. */
  admit(declared: Route, request: FastifyRequest, reply: FastifyReply): Principal | null | Promise<Principal | null> {
    if (declared.options.permit === 'public') {
      if (changes(declared)) refuseForeignPage(request, this.#public_host)
      this.#count(this.#addressQuotas(declared, request), reply)
      return null
    }
    const found = this.#recognise(request)
    if (!(found instanceof Promise)) return this.#known(declared, found, request, reply)
    return found.then(
      (principal) => this.#known(declared, principal, request, reply),
      (error: unknown) => this.#known(declared, new Refused(error), request, reply),
    )
  }

  #recognise(request: FastifyRequest) {
    try {
      return this.#principals.recognise(request.headers.authorization, request.headers.cookie)
    } catch (error) {
      return new Refused(error)
    }
  }

  #known(
    declared: Route,
    found: Principal | Refused | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Principal {
    if (found === undefined || found instanceof Refused) {
      this.#count(this.#addressQuotas(declared, request), reply) // guessing credentials is counted by address
      throw found?.error ?? platformProblem('unauthenticated')
    }
    this.#count(this.#callerQuotas(declared, found), reply)
    const { permit } = declared.options
    if (permit !== 'public' && !found.permissions.has(permit))
      throw platformProblem('forbidden', { permission: permit })
    if (found.session !== null && changes(declared)) refuseForgery(request, found.session.csrf_token, this.#public_host)
    return found
  }

  #count(quotas: readonly Quota[], reply: FastifyReply): void {
    const verdict = this.#limiter.take(quotas, this.#runtime.clock.now().getTime())
    reply.header('ratelimit', verdict.state)
    reply.header('ratelimit-policy', verdict.policy)
    if (!verdict.allowed) throw platformProblem('rate_limited', { retry_after_seconds: verdict.retry_after_seconds })
  }

  #addressQuotas(declared: Route, request: FastifyRequest): Quota[] {
    const address: Quota = { name: 'address', key: `address ${request.ip}`, per_minute: this.#limits.address }
    return withRoute(address, declared, request.ip)
  }

  #callerQuotas(declared: Route, principal: Principal): Quota[] {
    const usual = principal.session === null ? this.#limits.key : this.#limits.person
    const tenant = (principal.tenant_per_minute ?? this.#limits.tenant) * this.#share()
    const own: Quota = { name: 'caller', key: principal.actor, per_minute: principal.per_minute ?? usual }
    return [...withRoute(own, declared, principal.actor), { name: 'tenant', key: principal.tenant, per_minute: tenant }]
  }
}

function withRoute(quota: Quota, declared: Route, who: string): Quota[] {
  const { per_minute } = declared.options
  if (per_minute === undefined) return [quota]
  return [quota, { name: 'route', key: `route ${declared.method} ${declared.path} ${who}`, per_minute }]
}

class Refused {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

// A cookie goes along with every request that a browser makes, also when another site asks for it: the page must be ours.
function refuseForgery(request: FastifyRequest, csrf_token: string, public_host: string): void {
  refuseForeignPage(request, public_host)
  if (request.headers['sec-fetch-site'] === 'same-origin') return
  if (request.headers.origin !== undefined) return // compared above
  if (request.headers['x-csrf-token'] === csrf_token) return
  throw platformProblem('csrf_failed')
}

function refuseForeignPage(request: FastifyRequest, public_host: string): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw platformProblem('csrf_failed')
  const { origin } = request.headers
  if (origin === undefined) return
  const host = hostOf(origin)
  if (host === '' || (host !== request.headers.host && host !== public_host)) throw platformProblem('csrf_failed')
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : ''
}
