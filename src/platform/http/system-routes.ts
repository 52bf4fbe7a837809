// The server's own routes: is the process alive, can it serve, what does it count, what does it offer.
import type { Registry } from 'prom-client'
import { Type } from 'typebox'
import { migrations } from '../migrate.ts'
import type { Runtime } from '../runtime.ts'
import { metricsPage, type RequestMetrics } from './metrics.ts'
import { openapi } from './openapi.ts'
import { httpProblem } from './problems.ts'
import { answer, type Route, route } from './route.ts'

export interface System {
  readonly runtime: Runtime
  readonly registry: Registry
  readonly metrics: RequestMetrics
  isStopping(): boolean
  declared(): readonly Route[]
}

const Fine = Type.Object({ status: Type.Literal('ok') })
const CHECK_WAIT_MS = 1_000

/** /health, /ready, /metrics and /openapi.json. */
export function systemRoutes(system: System): Route[] {
  const newest = migrations().at(-1)?.version ?? 0
  let document: string | null = null
  return [
    route('GET /health', {
      permit: 'public',
      because: 'tells nothing but that the process lives',
      summary: 'Whether this process lives; red from the moment it begins to stop.',
      reply: { 200: Fine },
      run: async () => {
        if (system.isStopping()) throw httpProblem('not_ready', { reason: 'stopping', retry_after_seconds: 5 })
        return { status: 'ok' }
      },
    }),
    route('GET /ready', {
      permit: 'public',
      because: 'tells nothing but whether the database answers',
      summary: 'Whether this process can serve: it is not stopping, the database answers, the schema is current.',
      reply: { 200: Fine },
      run: async () => {
        if (system.isStopping()) throw httpProblem('not_ready', { reason: 'stopping', retry_after_seconds: 5 })
        const version = await schemaVersion(system.runtime)
        if (version === null)
          throw httpProblem('not_ready', { reason: 'the database does not answer', retry_after_seconds: 1 })
        if (version < newest)
          throw httpProblem('not_ready', { reason: 'the schema is not migrated', retry_after_seconds: 5 })
        return { status: 'ok' }
      },
    }),
    route('GET /metrics', {
      permit: 'public',
      because: 'figures of the process, of no tenant; keep it behind the proxy',
      summary: 'Metrics in the Prometheus text format.',
      produces: 'text/plain',
      reply: { 200: Type.String() },
      run: async () =>
        answer(200, await metricsPage(system.registry, system.metrics), {
          'content-type': 'text/plain; version=0.0.4; charset=utf-8',
        }),
    }),
    route('GET /openapi.json', {
      permit: 'public',
      because: 'the same for everybody',
      summary: 'This document.',
      produces: 'application/json',
      reply: { 200: Type.Unknown() },
      run: async () => {
        document ??= JSON.stringify(openapi(system.declared()))
        return answer(200, document, {
          'content-type': 'application/json; charset=utf-8',
          'cache-control': 'public, max-age=300',
        })
      },
    }),
  ]
}

/** The newest migration of the database, null where it does not answer within a second. */
async function schemaVersion(runtime: Runtime): Promise<number | null> {
  const asked = runtime.db.sql<
    { version: number | null }[]
  >`select max(version) as version from platform.migration -- all tenants: the schema is one`.then(
    (rows) => rows[0]?.version ?? 0,
    () => null,
  )
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), CHECK_WAIT_MS).unref())
  return Promise.race([asked, late])
}
