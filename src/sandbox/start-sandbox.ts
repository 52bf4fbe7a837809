// The sandbox payment provider: a small HTTP server of its own with a hosted page, records by idempotency key and signed callbacks.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Clock } from '../platform/clock.ts'
import { idMaker } from '../platform/ids.ts'
import { answerApi, type Mishap } from './answer-api.ts'
import { type Choice, challengePage, choices } from './challenge-page.ts'
import { Ledger, type Payment } from './ledger.ts'
import { decide } from './move-payments.ts'
import { readText } from './read-text.ts'
import { openCallbacks } from './send-callbacks.ts'

export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port: number
  /** Where all news goes; empty: each page names its own address. */
  readonly callback_url: string
  /** `whsec_…`: signs callbacks, and is the key of the API. */
  readonly secret: string
  readonly clock: Clock
  /** Keeps the books over a restart. */
  readonly file?: string
  /** How long after its choice a late payment is told where nobody calls `tellLate`; 90 s where absent. */
  readonly late_ms?: number
}

export interface Sandbox {
  readonly url: string
  readonly ledger: Ledger
  /** What a customer does on the page. */
  choose(payment_id: string, choice: Choice): boolean
  /** Tells now what is late; answers how many. */
  tellLate(): number
  /** Lets the next calls of the API go wrong, one mishap each. */
  misbehave(...mishaps: Mishap[]): void
  /** Takes back the mishaps that have not happened yet. */
  behave(): void
  /** Resolves when no callback is on its way. */
  settled(): Promise<void>
  close(): Promise<void>
}

const LATE_MS = 90_000

/** Starts the provider on the loopback address. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const newId = idMaker(options.clock)
  const ledger = new Ledger(options.file ?? null)
  const callbacks = openCallbacks(options.secret, options.clock)
  const mishaps: Mishap[] = []
  const timers = new Set<NodeJS.Timeout>()

  function tell(payment: Payment, approved: boolean, times = 1): boolean {
    const page = decide(ledger, payment, approved)
    if (page === undefined) return false
    callbacks.send(options.callback_url || payment.notify_url, `evt_${newId()}`, page, times)
    return true
  }
  function choose(payment_id: string, choice: Choice): boolean {
    const payment = ledger.payment(payment_id)
    if (payment === undefined || payment.late) return false
    if (choice === 'timeout') return true
    if (choice !== 'late') return tell(payment, choice !== 'decline', choice === 'duplicate' ? 3 : 1)
    ledger.savePayment({ ...payment, late: true })
    const timer = setTimeout(() => tellOne(payment_id), options.late_ms ?? LATE_MS)
    timer.unref()
    timers.add(timer)
    return true
  }
  function tellOne(payment_id: string): boolean {
    const payment = ledger.payment(payment_id)
    return payment?.late === true && tell(payment, true)
  }

  const api = answerApi({
    ledger,
    newId,
    secret: options.secret,
    url: () => url,
    callback_url: options.callback_url,
    mishap: () => mishaps.shift(),
    tell: (payment, operation) =>
      callbacks.send(options.callback_url || payment.notify_url, `evt_${newId()}`, operation),
  })
  const server = createServer((request, reply) => {
    const path = URL.parse(request.url ?? '', 'http://sandbox')?.pathname ?? '/'
    const answered = path.startsWith('/pay/')
      ? servePage(ledger, choose, path, request, reply)
      : api(path, request, reply)
    answered.catch(() => reply.destroy())
  })
  await new Promise<void>((ready, refuse) => {
    server.once('error', refuse)
    server.listen(options.port, '127.0.0.1', ready)
  })
  const address = server.address()
  const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : options.port}`
  return {
    url,
    ledger,
    choose,
    tellLate: () => ledger.payments().filter((payment) => payment.late && tellOne(payment.payment_id)).length,
    misbehave: (...next) => void mishaps.push(...next),
    behave: () => void mishaps.splice(0),
    settled: () => callbacks.settled(),
    async close() {
      callbacks.stop()
      for (const timer of timers) clearTimeout(timer)
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

type Choose = (payment_id: string, choice: Choice) => boolean

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
}

async function servePage(
  ledger: Ledger,
  choose: Choose,
  path: string,
  request: IncomingMessage,
  reply: ServerResponse,
): Promise<void> {
  const payment_id = decodeURIComponent(path.slice('/pay/'.length))
  let decided: Choice | null = null
  if (request.method === 'POST') {
    const sent = new URLSearchParams(await readText(request)).get('choice')
    const choice = choices.find((one) => one === sent)
    if (choice !== undefined && choose(payment_id, choice)) decided = choice
  }
  const payment = ledger.payment(payment_id)
  const page = payment === undefined ? undefined : ledger.operation(payment.page_key)
  if (payment === undefined || page === undefined)
    reply.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
  else reply.writeHead(200, PAGE_HEADERS).end(challengePage(payment, page, decided))
}
