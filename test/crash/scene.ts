// What crash tests share: a database of their own, a tenant with a key, Ordos that can be killed, and the history that clients keep.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { steps } from '../../src/app.ts'
import * as identity from '../../src/modules/identity/index.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { systemRandomness } from '../../src/platform/ids.ts'
import { startTestDatabase } from '../world/database.ts'
import { CHANNEL, freshWorld, type World } from '../world/index.ts'

export interface Ordo {
  readonly port: number
  readonly process: ChildProcess
  /** Resolves with the signal or code by which the process ended. */
  readonly ended: Promise<string>
  /** Asks it to stop as Ctrl-C would; resolves when it has ended. */
  stop(): Promise<string>
}

/** An Ordo that has loaded its program and waits to be let go: loading takes longer than everything else of a start. */
export interface Waiting {
  go(): Promise<Ordo>
  give_up(): void
}

/** Starts an Ordo on the database; `faults` are the crash points at which it dies. */
export function startOrdo(app_url: string, options: { faults?: string; worker?: boolean } = {}): Promise<Ordo> {
  return warmOrdo(app_url, options).go()
}

/** The same in two steps. */
export function warmOrdo(app_url: string, options: { faults?: string; worker?: boolean } = {}): Waiting {
  const child = fork(fileURLToPath(new URL('./process.ts', import.meta.url)), {
    env: {
      ...process.env,
      CRASH_APP_URL: app_url,
      FAULTS: options.faults ?? '',
      CRASH_WORKER: options.worker === false ? 'no' : 'yes',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  })
  const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? String(code))))
  const stop = () => {
    if (child.connected) child.send('stop')
    return ended
  }
  return {
    async go() {
      child.send('go')
      const port = await new Promise<number>((resolve, reject) => {
        child.once('message', (message) =>
          resolve(typeof message === 'object' && message !== null && 'port' in message ? Number(message.port) : 0),
        )
        void ended.then((how) => reject(new Error(`Ordo ended at its start: ${how}`)))
      })
      return { port, process: child, ended, stop }
    },
    give_up: () => void child.kill('SIGKILL'),
  }
}

export type Outcome = 'ok' | 'refused' | 'unknown'

export interface Remembered {
  readonly external_id: string
  readonly outcome: Outcome
  readonly status: number
}

export interface CrashScene {
  readonly world: World
  readonly database: Awaited<ReturnType<typeof startTestDatabase>>
  readonly api_key: string
  /** Sends orders at once and remembers how each ended for its client; an unknown one is not sent again. */
  send(port: number, external_ids: readonly string[], quantity?: number): Promise<Remembered[]>
  /** How many orders stand under each external id. */
  kept(external_ids: readonly string[]): Promise<Map<string, number>>
  /** Runs the steps in this process until nothing is due. */
  finish(): Promise<void>
  close(): Promise<void>
}

/** A scene with real durability where `durable`, so that a stopped PostgreSQL may lose nothing it has acknowledged. */
export async function openCrashScene(stock: Readonly<Record<string, number>>, durable = false): Promise<CrashScene> {
  const database = await startTestDatabase(durable ? [] : undefined)
  const world = await freshWorld({
    stock,
    app_url: database.app_url,
    admin_url: database.admin_url,
    now: new Date().toISOString(),
  })
  const key = identity.newKey(systemRandomness.bytes(32), world.code)
  await world.transaction((tx) =>
    identity.insertKey(tx, {
      key_id: tx.newId(),
      name: 'crash',
      key_sha256: key.key_sha256,
      hint: key.hint,
      scopes: ['orders.place', 'stock.reserve'],
    }),
  )
  const send = (port: number, external_ids: readonly string[], quantity = 1) =>
    Promise.all(external_ids.map((external_id) => sendOrder(port, key.key, external_id, quantity))) // at most what a test sends
  return {
    world,
    database,
    api_key: key.key,
    send,
    async kept(external_ids) {
      const rows = await world.transaction(
        (tx) => tx.sql<{ external_id: string; count: number }[]>`
        select external_id, count(*)::int as count from orders.order where tenant_id = ${tx.tenant} and external_id = any (${[...external_ids]}::text[]) group by external_id`,
      )
      return new Map(rows.map((row) => [row.external_id, row.count]))
    },
    async finish() {
      world.clock.set(new Date(Date.now() + 1000))
      await drain(world.runtime, steps, world.tenant)
    },
    async close() {
      await world[Symbol.asyncDispose]()
      await database.remove()
    },
  }
}

/** The same order has the same customer whenever it is sent, and no two orders share one. */
const callers = new Map<string, number>()

function phoneOf(external_id: string): string {
  const caller = callers.get(external_id) ?? callers.size + 1
  callers.set(external_id, caller)
  return `+86139${String(caller).padStart(8, '0')}`
}

async function sendOrder(port: number, api_key: string, external_id: string, quantity: number): Promise<Remembered> {
  const body = {
    channel: CHANNEL,
    external_id,
    placed_at: '2026-03-01T08:00:00Z',
    currency: 'CNY',
    prices_include_tax: true,
    lines: [{ sku: 'SKU-1', quantity, unit_price: '99.00' }],
    payment: { method: 'reference', reference: external_id },
    customer: { name: '王小明', phone: phoneOf(external_id), locale: 'zh-CN' },
    ship_to: {
      country: 'CN',
      region: '浙江省',
      city: '杭州市',
      postcode: '310000',
      address_lines: ['文三路 1 号'],
      lat: 30.27,
      lon: 120.16,
    },
  }
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    })
    await answer.text()
    return {
      external_id,
      outcome: answer.status === 201 ? 'ok' : answer.status >= 500 ? 'unknown' : 'refused',
      status: answer.status,
    }
  } catch {
    return { external_id, outcome: 'unknown', status: 0 }
  }
}
