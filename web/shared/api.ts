// Calls the API by its contract: an address of src/contracts/views.ts in, its reply out; a refusal is thrown as ProblemError.
import type { Static, TSchema } from 'typebox'
import type { ViewAddress, viewRoutes } from '../../src/contracts/views.ts'

type Routes = typeof viewRoutes
export type Reply<Address extends ViewAddress> = Static<Routes[Address]['reply']>
export type Body<Address extends ViewAddress> = Routes[Address] extends { body: infer Schema extends TSchema }
  ? Static<Schema>
  : undefined
export type Query<Address extends ViewAddress> = Routes[Address] extends { query: infer Schema extends TSchema }
  ? Static<Schema>
  : Record<never, never>

export interface Input<Address extends ViewAddress> {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Query<Address>
  readonly body?: Body<Address>
  /** The same intention repeated has the same key; a new one is made where absent. */
  readonly key?: string
  /** The revision that was read, for an edit: it becomes If-Match. */
  readonly revision?: number
  readonly signal?: AbortSignal
}

/** What the server said when it refused: RFC 9457, in the reader's language. */
export class ProblemError extends Error {
  readonly status: number
  readonly code: string
  readonly fix: string | null
  readonly request_id: string | null
  /** What is wrong one by one, each with its code. */
  readonly errors: readonly Readonly<Record<string, unknown>>[]

  constructor(status: number, body: Readonly<Record<string, unknown>>, request_id: string | null) {
    super(text(body.title) ?? `HTTP ${status}`)
    this.name = 'ProblemError'
    this.status = status
    this.code = text(body.code) ?? (status === 0 ? 'offline' : 'unknown')
    this.fix = text(body.detail)
    this.request_id = request_id
    this.errors = Array.isArray(body.errors) ? body.errors.filter(isRecord) : []
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export interface Client {
  language: string
  csrf_token: string | null
  /** Told of every 401 but that of a log-in, so that the frame can ask to log in again. */
  onLoggedOut: (() => void) | null
}

export const client: Client = { language: 'en', csrf_token: null, onLoggedOut: null }

/** One call; the reply has the shape that the server's own schema enforces. */
export async function ask<Address extends ViewAddress>(
  address: Address,
  input: Input<Address> = {},
): Promise<Reply<Address>> {
  const [method = 'GET', path = '/'] = address.split(' ')
  const response = await send(method, fill(path, input.params ?? {}) + search(input.query ?? {}), input)
  if (response.ok) {
    const reply: Reply<Address> = await response.json()
    return reply
  }
  const problem = await problemOf(response)
  if (problem.status === 401 && address !== 'POST /session') client.onLoggedOut?.()
  throw problem
}

async function send(
  method: string,
  url: string,
  input: { body?: unknown; key?: string; revision?: number; signal?: AbortSignal },
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': client.language }
  if (method !== 'GET') {
    headers['idempotency-key'] = input.key ?? newKey()
    if (client.csrf_token !== null) headers['x-csrf-token'] = client.csrf_token
  }
  if (input.revision !== undefined) headers['if-match'] = `"${input.revision}"`
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  const body = input.body === undefined ? undefined : JSON.stringify(input.body)
  try {
    return await fetch(url, { method, headers, body, signal: input.signal, credentials: 'same-origin' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError(0, {}, null)
  }
}

/** A key that nobody else has; randomUUID is missing where pages come without TLS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null)
  return new ProblemError(response.status, isRecord(body) ? body : {}, response.headers.get('x-request-id'))
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fill(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function search(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '' && value !== null)
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
