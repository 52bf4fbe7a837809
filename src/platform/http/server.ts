// The HTTP server: built from the list of routes, every refusal problem+json, every change audited, stopped without losing a request.
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import { MINUTE_MS } from '../clock.ts'
import { Problem } from '../problem.ts'
import { platformProblem } from '../problems.ts'
import type { Runtime } from '../runtime.ts'
import { Door, type Limits, usualLimits } from './admit.ts'
import type { RecordAudit } from './call.ts'
import { serialisedSchema } from './close-schema.ts'
import { gatherRequests } from './gather-requests.ts'
import { Twins } from './hold-reply.ts'
import { openRegistry, RequestMetrics } from './metrics.ts'
import { openPresence } from './presence.ts'
import type { Principals } from './principal.ts'
import { httpProblem } from './problems.ts'
import { readJson } from './read-json.ts'
import { referencePage } from './reference.ts'
import type { Route } from './route.ts'
import { handlerOf, type Running } from './run-route.ts'
import { pageHeaders, replyHeaders } from './security-headers.ts'
import { problemText, sendProblem } from './send-problem.ts'
import { openPages, type Pages, type StaticFolder } from './static-files.ts'
import { systemRoutes } from './system-routes.ts'

export interface ServerOptions {
  readonly routes: readonly Route[]
  readonly principals: Principals
  readonly recordAudit?: RecordAudit
  readonly staticFolders?: readonly StaticFolder[]
  readonly limits?: Partial<Limits>
  /** Adds what others count to /metrics. */
  readonly collect?: (registry: Registry) => void
  /** Takes the caller's address from X-Forwarded-For of a proxy at these addresses. */
  readonly trust_proxy?: string | boolean
  /** How often the readers of streams are recognised again; every minute where absent. */
  readonly look_again_ms?: number
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Turns health red, ends streams, lets requests in flight finish, then closes; at most `within_ms`. */
    stop(options?: { linger_ms?: number; within_ms?: number }): Promise<void>
    /** Every declared route, those of the server itself too. */
    declared: readonly Route[]
    /** Says that this process lives and counts the others, at once instead of every five seconds. */
    beat(): Promise<void>
  }
}

const BODY_AT_MOST = 1_048_576
const HEADERS_AT_MOST = 16_384
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Builds the server; nothing listens yet. `inject` of the answer serves tests. */
export function buildServer(runtime: Runtime, options: ServerOptions): FastifyInstance {
  const app = Fastify({
    genReqId: () => runtime.db.newId(),
    bodyLimit: BODY_AT_MOST,
    http: { maxHeaderSize: HEADERS_AT_MOST },
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    trustProxy: options.trust_proxy ?? false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply, runtime.log),
    clientErrorHandler(error, socket) {
      answerBrokenRequest(error.code ?? '', socket, runtime.db.newId())
    },
  })
  const state = { stopping: false, under_way: 0 }
  const running: Running = {
    runtime,
    recordAudit: options.recordAudit ?? null,
    twins: new Twins(),
    gather: gatherRequests(runtime),
    streams: new Set(),
    principals: options.principals,
    look_again_ms: options.look_again_ms ?? MINUTE_MS,
  }
  const metrics = new RequestMetrics()
  const registry = openRegistry(runtime, () => state.under_way, options.collect)
  const presence = openPresence(runtime)
  const door = new Door(runtime, options.principals, { ...usualLimits, ...options.limits }, presence.share)
  const system = systemRoutes({
    runtime,
    registry,
    metrics,
    isStopping: () => state.stopping,
    declared: () => app.declared,
  })
  const declared = [...system, ...options.routes]
  app.decorate('declared', declared)
  app.decorateRequest('call', null)
  readBodies(app)
  const pages = openPages(options.staticFolders ?? [])
  addHooks(app, door, pages, state, metrics)
  app.setNotFoundHandler(
    (request, reply) =>
      pages.serve(request, reply) ?? sendProblem(platformProblem('not_found'), request, reply, runtime.log),
  )
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, runtime.log))
  register(app, running, declared)
  app.register(referencePage)
  app.addHook('onListen', async () => presence.start())
  app.addHook('preClose', async () => endStreams(running))
  app.addHook('onClose', async () => presence.stop())
  app.decorate('beat', presence.beat)
  app.decorate('stop', async (how = {}) => stop(app, state, running, how))
  return app
}

function register(app: FastifyInstance, running: Running, declared: readonly Route[]): void {
  for (const one of declared) {
    const { options } = one
    const json = options.produces === undefined
    const response = json
      ? Object.fromEntries(Object.entries(options.reply).map(([status, schema]) => [status, serialisedSchema(schema)]))
      : {}
    app.route({
      method: one.method,
      url: one.path,
      bodyLimit: options.body_limit ?? BODY_AT_MOST,
      config: { declared: one, plain: one.path === '/health' || one.path === '/ready' || one.path === '/metrics' },
      schema: { response },
      handler: handlerOf(running, one),
    })
  }
  for (const [path, taken] of Map.groupBy(declared, (one) => one.path)) {
    const methods = new Set(taken.map((one) => one.method))
    if (methods.has('GET')) methods.add('HEAD')
    const others = METHODS.filter((method) => !methods.has(method))
    const allow = [...methods].sort().join(', ')
    app.route({ method: others, url: path, config: { allow }, handler: async () => undefined })
  }
}

function addHooks(
  app: FastifyInstance,
  door: Door,
  pages: Pages,
  state: { stopping: boolean; under_way: number },
  metrics: RequestMetrics,
): void {
  app.addHook('onRequest', (request, reply, next) => {
    state.under_way += 1
    const { declared, allow, plain } = request.routeOptions.config
    reply.headers(declared === undefined ? pageHeaders : replyHeaders)
    if (state.stopping) reply.header('connection', 'close')
    if (allow !== undefined) {
      reply.header('allow', allow)
      next(platformProblem('method_not_allowed'))
      return
    }
    if (declared === undefined) return next()
    if (plain !== true && declared.options.produces === undefined && pages.page(request, reply) !== undefined) return
    const call = { declared, principal: null, touched: [], raw: null, began: performance.now() }
    request.call = call
    if (plain === true) return next()
    admit(door, declared, request, reply, next)
  })
  app.addHook('onResponse', (request, reply, next) => {
    state.under_way -= 1
    const { call } = request
    const route = call === null ? 'other' : `${call.declared.method} ${call.declared.path}`
    metrics.observe(route, reply.statusCode, call === null ? 0 : performance.now() - call.began)
    next()
  })
}

function admit(
  door: Door,
  declared: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  next: (error?: Error) => void,
): void {
  const enter = (principal: import('./principal.ts').Principal | null) => {
    if (request.call !== null) request.call.principal = principal
    next()
  }
  const refuse = (error: unknown) => next(error instanceof Error ? error : new Error(String(error)))
  try {
    const found = door.admit(declared, request, reply)
    if (found instanceof Promise) found.then(enter, refuse)
    else enter(found)
  } catch (error) {
    refuse(error)
  }
}

// JSON only; a route that declares `raw` gets the bytes of whatever type.
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (request.call !== null && request.call.declared.options.raw === true) {
      request.call.raw = bytes
      return done(null, undefined)
    }
    try {
      done(null, readJson(bytes))
    } catch (error) {
      done(error instanceof Problem ? error : platformProblem('malformed_json'))
    }
  })
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (request.call === null || request.call.declared.options.raw !== true) {
      if (bytes.length === 0) return done(null, undefined)
      return done(platformProblem('unsupported_media_type'))
    }
    request.call.raw = bytes
    done(null, undefined)
  })
}

function endStreams(running: Running): void {
  for (const stream of running.streams) stream.end()
}

const LINGER_MS = 0
const WITHIN_MS = 9_000

async function stop(
  app: FastifyInstance,
  state: { stopping: boolean },
  running: Running,
  how: { linger_ms?: number; within_ms?: number },
): Promise<void> {
  state.stopping = true
  await pause(how.linger_ms ?? LINGER_MS)
  endStreams(running)
  const closed = app.close()
  // A connection that becomes idle after its last answer would keep the server open until its client goes.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  const timer = setTimeout(() => app.server.closeAllConnections(), how.within_ms ?? WITHIN_MS)
  await closed
  clearInterval(idle)
  clearTimeout(timer)
}

function pause(duration_ms: number): Promise<void> {
  return duration_ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, duration_ms))
}

// The parser of HTTP gave up: there is no request to answer, only a socket.
function answerBrokenRequest(code: string, socket: import('node:net').Socket, id: string): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = httpProblem(code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'malformed_request')
  const body = problemText(problem, 'en', id)
  const reason = problem.status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'
  socket.end(
    `HTTP/1.1 ${problem.status} ${reason}\r\ncontent-type: application/problem+json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
