// How a declared route runs: input checked, then its one function, in a transaction that keeps reply and audit with the effect.
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../db.ts'
import type { KeptReply } from '../idempotency.ts'
import { platformProblem } from '../problems.ts'
import type { Context, Runtime } from '../runtime.ts'
import { type AuditRow, canonicalText, digestOf, subjectsOf } from './audit-row.ts'
import { boundedTransaction } from './bounded-transaction.ts'
import type { Call, RecordAudit } from './call.ts'
import { compileCheck } from './check-input.ts'
import { showsPersonalData } from './close-schema.ts'
import { EventStream } from './events-stream.ts'
import type { Gather } from './gather-requests.ts'
import { HeldTransaction, type HoldPlan, type Outcome, type Twins, type Who } from './hold-reply.ts'
import type { Principal, Principals } from './principal.ts'
import { httpProblem } from './problems.ts'
import { AnswerBox, changes, firstStatus, type Route, type RouteInput } from './route.ts'
import { languageOf } from './send-problem.ts'

type Input = RouteInput<unknown, unknown, unknown>

export interface Running {
  readonly runtime: Runtime
  readonly recordAudit: RecordAudit | null
  readonly twins: Twins
  readonly gather: Gather
  /** Streams that are open, to be ended when the server stops. */
  readonly streams: Set<EventStream>
  /** Who reads a stream is recognised again so often: a logout, another role or a revoked key ends it. */
  readonly principals: Principals
  readonly look_again_ms: number
}

/** Makes the handler of a route; schemas are compiled here, once. */
export function handlerOf(running: Running, declared: Route) {
  const check = compileCheck(declared)
  const { options } = declared
  const status = firstStatus(declared)
  const keeps = options.idempotent === 'required'
  const audits = changes(declared) && options.audit !== 'self' && running.recordAudit !== null
  const seals = keeps && showsPersonalData(Object.values(options.reply))
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { call } = request
    if (call === null) throw new Error('a declared route has a call')
    const { params, query } = check(request.params, request.query, options.raw === true ? undefined : request.body)
    const who = whoOf(call, request)
    const key = idempotencyKey(request, keeps)
    const input = inputOf(declared, call, request, {
      params,
      query,
      key,
      revision: options.edits === undefined ? null : revisionOf(request, options.edits === true),
    })
    const audit = audits
      ? (actor: Actor, sent: number | null, result: unknown) =>
          auditOf(running.runtime, actor, call, request, { params, query, sent, result })
      : null
    if (keeps && key !== null) return runKept({ running, declared, seals, status, audit, key }, who, input, reply)
    const context = contextOf(running, who, audit, status)
    const result = await options.run(context, {
      ...input,
      enter: (tenant, actor) => contextOf(running, { ...who, tenant, actor }, audit, status),
    })
    if (result instanceof EventStream) return stream(running, declared, request, reply, result)
    return send(declared, reply, result, status)
  }
}

function whoOf(call: Call, request: FastifyRequest): Who {
  const language = languageOf(request.headers['accept-language'], call.principal?.language ?? null)
  return { tenant: call.principal?.tenant ?? '', actor: call.principal?.actor ?? 'public', language }
}

function inputOf(
  declared: Route,
  call: Call,
  request: FastifyRequest,
  own: Pick<Input, 'params' | 'query' | 'key' | 'revision'>,
): Input {
  return {
    ...own,
    body: declared.options.raw === true ? undefined : request.body,
    headers: request.headers,
    address: request.ip,
    raw: call.raw,
    principal: call.principal,
    request_id: request.id,
    enter: () => {
      throw new Error('this route cannot be entered')
    },
    touch: (id, before, after) => void call.touched.push({ id, before, after }),
  }
}

type Audit = ((actor: Actor, sent: number | null, result: unknown) => AuditRow) | null

// Without a kept reply a route may take several transactions: its audit row goes into the first.
function contextOf({ runtime, recordAudit }: Running, who: Who, audit: Audit, status: number): Context {
  let audited = false
  return {
    runtime,
    ...who,
    now: runtime.clock.now(),
    transaction: (work) =>
      boundedTransaction(runtime, who.tenant, who.actor, async (tx) => {
        const result = await work(tx)
        if (audited || audit === null || recordAudit === null) return result
        await recordAudit(tx, [audit(tx.actor, result instanceof AnswerBox ? result.status : status, result)])
        tx.afterCommit(() => {
          audited = true
        })
        return result
      }),
  }
}

interface Kept {
  readonly running: Running
  readonly declared: Route
  readonly seals: boolean
  readonly status: number
  readonly audit: Audit
  readonly key: string
}

const TWIN_WAIT_MS = 2_000

async function runKept(kept: Kept, who: Who, input: Input, reply: FastifyReply): Promise<unknown> {
  const { running, declared, seals, key } = kept
  const route = `${declared.method} ${declared.path}`
  const body_sha256 = hash(
    'sha256',
    canonicalText({ params: input.params, query: input.query, body: input.body }),
    'buffer',
  )
  const end = await takeTurn(running.twins, `${who.tenant} ${who.actor} ${route} ${key}`, body_sha256)
  try {
    const plan: HoldPlan = {
      key: { route, key, body_sha256 },
      serialise: (result) => textOf(reply, declared, result, kept.status),
      seal: (text) => (seals ? running.runtime.secrets.seal(text) : text),
      auditOf: (actor, sent, result) => kept.audit?.(actor, sent.status, result) ?? null,
      record: async (tx, rows) => running.recordAudit?.(tx, rows),
    }
    const outcome =
      declared.options.together === undefined
        ? await runAlone(running.runtime, declared, plan, who, input)
        : await running.gather({ who, route: declared, plan, input })
    if (outcome.kind !== 'kept') return sendText(reply, outcome.reply, outcome.result)
    const text = seals ? running.runtime.secrets.open(outcome.reply.text) : outcome.reply.text
    return sendText(reply.header('idempotent-replayed', 'true'), { status: outcome.reply.status, text }, null)
  } finally {
    end()
  }
}

async function runAlone(runtime: Runtime, declared: Route, plan: HoldPlan, who: Who, input: Input): Promise<Outcome> {
  const held = new HeldTransaction(runtime, plan)
  const enter = (tenant: string, actor: string) => held.context({ ...who, tenant, actor })
  return held.finish(() => declared.options.run(held.context(who), { ...input, enter }))
}

async function takeTurn(twins: Twins, name: string, body_sha256: Uint8Array): Promise<() => void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(platformProblem('in_progress', { retry_after_seconds: 1 })), TWIN_WAIT_MS)
  late.promise.catch(() => undefined)
  try {
    for (let first = twins.get(name); first !== undefined; first = twins.get(name)) {
      if (Buffer.compare(first.body_sha256, body_sha256) !== 0) throw platformProblem('idempotency_key_reused')
      await Promise.race([first.done, late.promise])
    }
    return twins.begin(name, body_sha256)
  } finally {
    clearTimeout(timer)
  }
}

/** The answer as it will be sent: its status, and its text by the schema of that status. */
function textOf(reply: FastifyReply, declared: Route, result: unknown, status: number): KeptReply {
  const sent = result instanceof AnswerBox ? result.status : status
  const body = result instanceof AnswerBox ? result.body : result
  if (declared.options.reply[sent] === undefined)
    throw new Error(`${declared.method} ${declared.path} does not declare status ${sent}`)
  const text = body === undefined ? '' : reply.code(sent).serialize(body)
  if (typeof text !== 'string') throw new Error('a kept reply is JSON')
  return { status: sent, text }
}

const asItIs = (payload: unknown) => String(payload)

function sendText(reply: FastifyReply, made: KeptReply, result: unknown): FastifyReply {
  if (result instanceof AnswerBox) reply.headers(result.headers)
  setETag(reply, result)
  reply.code(made.status)
  return made.text === ''
    ? reply.send()
    : reply.type('application/json; charset=utf-8').serializer(asItIs).send(made.text)
}

function stream(
  running: Running,
  declared: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  result: EventStream,
): FastifyReply {
  if (declared.options.produces !== 'text/event-stream')
    throw new Error(`${declared.method} ${declared.path} streams: declare produces: 'text/event-stream'`)
  running.streams.add(result)
  result.onEnd(() => running.streams.delete(result))
  const { permit } = declared.options
  const { authorization, cookie } = request.headers
  const reader = request.call?.principal ?? null
  if (permit !== 'public')
    result.checkEvery(running.look_again_ms, async () => {
      const now: Principal | undefined = await running.principals.recognise(authorization, cookie)
      return now !== undefined && now.tenant === reader?.tenant && now.permissions.has(permit)
    })
  return result.attach(reply)
}

function send(declared: Route, reply: FastifyReply, result: unknown, status: number): unknown {
  if (!(result instanceof AnswerBox)) {
    setETag(reply, result)
    reply.code(status)
    return result === undefined ? reply.send() : result
  }
  if (declared.options.reply[result.status] === undefined)
    throw new Error(`${declared.method} ${declared.path} does not declare status ${result.status}`)
  setETag(reply, result.body)
  reply.code(result.status).headers(result.headers)
  if (result.body instanceof Uint8Array)
    return reply.send(Buffer.from(result.body.buffer, result.body.byteOffset, result.body.byteLength))
  return result.body === undefined ? reply.send() : reply.send(result.body)
}

// An object with a revision shows it as its ETag: what If-Match asks for.
function setETag(reply: FastifyReply, body: unknown): void {
  if (typeof body === 'object' && body !== null && 'revision' in body && typeof body.revision === 'number')
    reply.header('etag', `"${body.revision}"`)
}

const KEY = /^[\x21-\x7e]{1,255}$/

function idempotencyKey(request: FastifyRequest, required: boolean): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined || Array.isArray(key)) {
    if (required) throw platformProblem('idempotency_key_missing')
    return null
  }
  if (!KEY.test(key)) throw httpProblem('idempotency_key_invalid')
  return key
}

function revisionOf(request: FastifyRequest, required: boolean): number | null {
  const header = request.headers['if-match']
  if (header === undefined && !required) return null
  if (header === undefined) throw platformProblem('revision_required')
  const revision = /^"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (revision === undefined) throw platformProblem('revision_stale')
  return Number(revision)
}

interface Request {
  readonly params: unknown
  readonly query: unknown
  readonly sent: number | null
  readonly result: unknown
}

function auditOf(
  runtime: Runtime,
  actor: Actor,
  call: Call,
  request: FastifyRequest,
  { params, query, sent, result }: Request,
): AuditRow {
  const { secrets } = runtime
  const body = result instanceof AnswerBox ? result.body : result
  const before = call.touched.flatMap((note) => (note.before === undefined ? [] : [note.before]))
  const after = call.touched.flatMap((note) => (note.after === undefined ? [] : [note.after]))
  return {
    actor,
    route: `${call.declared.method} ${call.declared.path}`,
    request_id: request.id,
    status: sent,
    subjects: subjectsOf(call.touched, params, body),
    count: Math.max(1, call.touched.length),
    request_digest: digestOf(secrets, { params, query, body: call.raw === null ? request.body : undefined }),
    before_digest: before.length === 0 ? null : digestOf(secrets, before),
    after_digest: after.length === 0 ? digestOf(secrets, body) : digestOf(secrets, after),
  }
}
