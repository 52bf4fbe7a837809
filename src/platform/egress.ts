// Calls to addresses that others gave us: the name is resolved first, every address judged, one pinned; no redirects, bounded time and size.
import { lookup } from 'node:dns/promises'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './egress-address.ts'

export interface EgressRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** 15 s where absent, resolving and reading included. */
  readonly timeout_ms?: number
  /** Bytes of the reply's body at most; 100 kB where absent. */
  readonly bytes_at_most?: number
  readonly signal?: AbortSignal
}

export interface EgressReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>

/** Why a call was not made, or not read to its end. */
export type EgressFault = 'bad_address' | 'not_https' | 'private_address' | 'unresolved' | 'too_large' | 'no_answer'

export class EgressError extends Error {
  readonly fault: EgressFault
  constructor(fault: EgressFault, message: string) {
    super(message)
    this.name = 'EgressError'
    this.fault = fault
  }
}

export interface EgressRules {
  /** Tests and the demo call the loopback address, by plain HTTP. */
  readonly allow_private_addresses: boolean
}

const TIMEOUT_MS = 15_000
const BYTES_AT_MOST = 100_000

const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true })

/**
 * Makes one HTTP request; a redirect is an answer like any other and never followed. Throws EgressError for addresses that are not allowed,
 * for replies that are too large, and where no answer came (then the other side may have done what was asked). `resolve` is the system's
 * unless a test gives another.
 */
export async function callOut(
  rules: EgressRules,
  request: EgressRequest,
  resolve: Resolve = systemResolve,
): Promise<EgressReply> {
  const url = readUrl(request.url, rules)
  const deadline = AbortSignal.timeout(request.timeout_ms ?? TIMEOUT_MS)
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal])
  try {
    const pinned = await within(signal, pin(url, rules, resolve))
    return await send(url, request, pinned, signal)
  } catch (error) {
    if (error instanceof EgressError) throw error
    // The network's own codes stay inside: they must not be taken for those of the database.
    throw new EgressError('no_answer', `no answer: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The address as a URL, where it may be called at all by its form; throws EgressError. What the name resolves to is judged at each call. */
export function readUrl(text: string, rules: EgressRules): URL {
  const url = URL.parse(text)
  if (
    url === null ||
    (url.protocol !== 'https:' && url.protocol !== 'http:') ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new EgressError('bad_address', 'the address must be an http(s) URL without user name')
  if (url.protocol === 'http:' && !rules.allow_private_addresses)
    throw new EgressError('not_https', 'the address must begin with https://')
  const literal = literalOf(url)
  if (isIP(literal) !== 0 && !rules.allow_private_addresses && !isPublicAddress(literal)) throw privateAddress()
  return url
}

function literalOf(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
}

function privateAddress(): EgressError {
  return new EgressError('private_address', 'the address leads to a private network')
}

interface Pinned {
  readonly address: string
  readonly family: number
}

// All addresses of a name must be public: a name that also leads inside is a trap. The one that was judged is the one that is called.
async function pin(url: URL, rules: EgressRules, resolve: Resolve): Promise<Pinned> {
  const host = literalOf(url)
  const family = isIP(host)
  const addresses = family !== 0 ? [{ address: host, family }] : await resolve(host)
  const first = addresses[0]
  if (first === undefined) throw new EgressError('unresolved', `${host} has no address`)
  const inside = addresses.some(({ address }) => !isPublicAddress(address))
  if (inside && !rules.allow_private_addresses) throw privateAddress()
  return first
}

function within<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const late = new Promise<never>((_, refuse) => {
    if (signal.aborted) refuse(signal.reason)
    else signal.addEventListener('abort', () => refuse(signal.reason), { once: true })
  })
  return Promise.race([work, late])
}

function send(url: URL, request: EgressRequest, pinned: Pinned, signal: AbortSignal): Promise<EgressReply> {
  const body = request.body === undefined ? undefined : Buffer.from(request.body)
  const options: RequestOptions = {
    method: request.method,
    headers: {
      'user-agent': 'Ordo/1',
      ...request.headers,
      ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    },
    agent: false,
    signal,
    lookup: (_host, { all }, found) => {
      if (all === true) found(null, [pinned])
      else found(null, pinned.address, pinned.family)
    },
  }
  const start = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((answer, refuse) => {
    const sent = start(url, options, (reply) => {
      read(reply, request.bytes_at_most ?? BYTES_AT_MOST).then(
        (read) => answer({ status: reply.statusCode ?? 0, headers: reply.headers, body: read }),
        refuse,
      )
    })
    sent.on('error', refuse)
    sent.end(body)
  })
}

async function read(reply: IncomingMessage, bytes_at_most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of reply) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > bytes_at_most) {
      reply.destroy()
      throw new EgressError('too_large', `the reply is larger than ${bytes_at_most} bytes`)
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
