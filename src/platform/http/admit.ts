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

export interface Door {
  /** Answers the caller at once where he is known, otherwise a promise; throws or rejects with the refusal. */
  admit(declared: Route, request: FastifyRequest, reply: FastifyReply): Principal | null | Promise<Principal | null>
}

/** Makes the door of a server; `share` is this process' part of a tenant's limit. */
export function openDoor(runtime: Runtime, principals: Principals, limits: Limits, share: () => number): Door {
  const limiter = new RateLimiter()
  const public_host = hostOf(runtime.settings.public_url)

  function enforce(quotas: readonly Quota[], reply: FastifyReply): void {
    const verdict = limiter.take(quotas, runtime.clock.now().getTime())
    reply.header('ratelimit', verdict.state)
    reply.header('ratelimit-policy', verdict.policy)
    if (!verdict.allowed) throw platformProblem('rate_limited', { retry_after_seconds: verdict.retry_after_seconds })
  }
  function routeQuota(declared: Route, who: string): Quota[] {
    const { per_minute } = declared.options
    return per_minute === undefined
      ? []
      : [{ name: 'route', key: `route ${declared.method} ${declared.path} ${who}`, per_minute }]
  }
  function stranger(declared: Route, request: FastifyRequest, reply: FastifyReply): null {
    enforce(
      [
        { name: 'address', key: `address ${request.ip}`, per_minute: limits.address },
        ...routeQuota(declared, request.ip),
      ],
      reply,
    )
    return null
  }
  function known(declared: Route, principal: Principal, request: FastifyRequest, reply: FastifyReply): Principal {
    const permit = declared.options.permit
    if (permit !== 'public' && !principal.permissions.has(permit))
      throw platformProblem('forbidden', { permission: permit })
    if (principal.session !== null && changes(declared))
      refuseForgery(request, principal.session.csrf_token, public_host)
    const person = principal.session !== null
    const own = principal.per_minute ?? (person ? limits.person : limits.key)
    const tenant = (principal.tenant_per_minute ?? limits.tenant) * share()
    enforce(
      [
        { name: 'caller', key: principal.actor, per_minute: own },
        { name: 'tenant', key: principal.tenant, per_minute: tenant },
        ...routeQuota(declared, principal.actor),
      ],
      reply,
    )
    return principal
  }
  function recognise(authorization: string | undefined, cookie: string | undefined) {
    try {
      return principals.recognise(authorization, cookie)
    } catch (error) {
      return new Refused(error)
    }
  }
  return {
    admit(declared, request, reply) {
      if (declared.options.permit === 'public') {
        if (changes(declared)) refuseForeignPage(request, public_host)
        return stranger(declared, request, reply)
      }
      const { authorization, cookie } = request.headers
      // Guessing credentials is counted by address.
      const wrong = (error: unknown): never => {
        stranger(declared, request, reply)
        throw error
      }
      const orStranger = (principal: Principal | undefined) => principal ?? wrong(platformProblem('unauthenticated'))
      const found = recognise(authorization, cookie)
      if (!(found instanceof Promise))
        return found instanceof Refused ? wrong(found.error) : known(declared, orStranger(found), request, reply)
      return found.then((principal) => known(declared, orStranger(principal), request, reply), wrong)
    },
  }
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
