// The stage of the demo: the runtime under a clock of its own, a payment provider, a merchant with staff, and ways to act on it.
import { createServer } from 'node:http'
import { steps, subscriptions } from '../../app.ts'
import type { Role } from '../../contracts/permissions.ts'
import { configureProvider, receiveCallback } from '../../modules/payment/index.ts'
import { type FakeClock, fakeClock } from '../../platform/clock.ts'
import { type Database, openDatabase, type Tx } from '../../platform/db.ts'
import { drain } from '../../platform/engine/index.ts'
import { seededRandomness } from '../../platform/ids.ts'
import { contextOf, type Runtime } from '../../platform/runtime.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { type Chance, chanceOf } from './chance.ts'
import { type Ranking, rankArticles } from './rank-articles.ts'

export interface StageOptions {
  /** Of the owner, who may take the role of the app. */
  readonly admin_url: string
  readonly tenant: string
  readonly seed: number
  /** When the first of the days begins. */
  readonly from: Date
  readonly staff: Readonly<Record<Role, string>>
  readonly key_id: string
  /** Where the sandbox provider keeps its books and listens; in memory and anywhere where absent. */
  readonly books?: { readonly file: string; readonly port: number }
}

export interface Stage {
  readonly tenant: string
  readonly runtime: Runtime
  readonly clock: FakeClock
  readonly chance: Chance
  readonly ranking: Ranking
  readonly sandbox: Sandbox
  readonly key_id: string
  /** One transaction of a person of that role. */
  as<Result>(role: Role | 'system', work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Runs all steps that are due by the clock of the stage. */
  drain(): Promise<void>
  close(): Promise<void>
}

const SECRET_BYTES = 24
const CONNECTIONS = 2

/** Opens the stage in `runtime`'s database; its clock shows `from`. */
export async function openStage(runtime: Runtime, options: StageOptions): Promise<Stage> {
  const clock = fakeClock(options.from)
  const past: Runtime = {
    ...runtime,
    clock,
    db: openPast(options.admin_url, clock),
    randomness: seededRandomness(options.seed),
    // Nobody of these people exists: no mail leaves.
    settings: { ...runtime.settings, allow_private_addresses: true, smtp_url: null },
  }
  const secret = `whsec_${Buffer.from(runtime.randomness.bytes(SECRET_BYTES)).toString('base64')}`
  const callbacks = await listenForCallbacks(past, options.tenant)
  const sandbox = await startSandbox({
    port: options.books?.port ?? 0,
    callback_url: callbacks.url,
    secret,
    clock,
    ...(options.books === undefined ? {} : { file: options.books.file }),
  })
  const as = <Result>(role: Role | 'system', work: (tx: Tx) => Promise<Result>) =>
    past.db.transaction(options.tenant, role === 'system' ? role : `user:${options.staff[role]}`, work)
  const settings = { provider: PROVIDER, adapter: 'sandbox', api_url: sandbox.url, secret }
  await as('admin', (tx) => configureProvider(tx, past.secrets, past.settings, settings))
  const chance = chanceOf(options.seed)
  return {
    tenant: options.tenant,
    runtime: past,
    clock,
    chance,
    ranking: rankArticles(chance),
    sandbox,
    key_id: options.key_id,
    as,
    async drain() {
      await drain(past, steps, options.tenant)
    },
    async close() {
      await sandbox.close()
      await callbacks.close()
      await past.db.close()
    },
  }
}

export const PROVIDER = 'sandbox'

// Connections of its own, few, so that each statement is planned few times. Nothing waits for the disk: the mark at the end does, once for all.
function openPast(admin_url: string, clock: FakeClock): Database {
  const url = new URL(admin_url)
  url.searchParams.set('synchronous_commit', 'off')
  return openDatabase({
    url: url.href,
    role: 'ordo_app',
    clock,
    subscriptions,
    max: CONNECTIONS,
    application: 'ordo demo',
  })
}

// The provider's news come by HTTP, as they do in earnest.
async function listenForCallbacks(runtime: Runtime, tenant: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const incoming = { provider: PROVIDER, headers: request.headers, raw: Buffer.concat(parts) }
      receiveCallback(contextOf(runtime, tenant, 'system'), incoming).then(
        () => reply.writeHead(204).end(),
        () => reply.writeHead(500).end(),
      )
    })
  })
  await new Promise<void>((ready, refuse) => {
    server.once('error', refuse)
    server.listen(0, '127.0.0.1', ready)
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
