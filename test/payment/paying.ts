// A world with a payment provider: the sandbox over real HTTP, its callbacks served, and demands without orders.
import {
  type Balance,
  balances,
  conditionOf,
  configureProvider,
  type Method,
  openIntents,
  paymentRoutes,
} from '../../src/modules/payment/index.ts'
import { systemRandomness } from '../../src/platform/ids.ts'
import { newWebhookSecret } from '../../src/platform/webhook-signature.ts'
import type { Choice } from '../../src/sandbox/challenge-page.ts'
import type { Operation } from '../../src/sandbox/ledger.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { serve } from '../api/serve.ts'
import { freshWorld, type World, type WorldOptions } from '../world/index.ts'

export interface Paying extends AsyncDisposable {
  readonly world: World
  readonly sandbox: Sandbox
  readonly secret: string
  readonly callback_url: string
  /** Opens one intent per method for a new demand, and asks for its money. */
  demand(method: Method, amount: bigint, options?: { deadline_at?: Date; currency?: string }): Promise<string>
  /** Opens an intent that nobody has asked for yet. */
  open(method: Method, demand_id: string, amount: bigint): Promise<void>
  /** What the customer does on the page that is open for a demand; the news arrives before it answers. */
  choose(demand_id: string, choice: Choice): Promise<boolean>
  /** The only tender of a demand. */
  balance(demand_id: string): Promise<Balance>
  condition(demand_id: string): Promise<string>
  /** What the provider did for a demand. */
  done(demand_id: string): Promise<Operation[]>
  drain(): Promise<void>
}

export async function payingWorld(options: WorldOptions = {}): Promise<Paying> {
  const world = await freshWorld(options)
  const server = serve(world, paymentRoutes)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const address = server.app.server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const callback_url = `http://127.0.0.1:${port}/in/${world.code}/sandbox`
  const secret = newWebhookSecret(systemRandomness)
  const sandbox = await startSandbox({ port: 0, callback_url, secret, clock: world.clock })
  const { secrets, settings } = world.runtime
  await world.transaction((tx) =>
    configureProvider(tx, secrets, settings, { provider: 'sandbox', adapter: 'sandbox', api_url: sandbox.url, secret }),
  )
  const paying: Paying = {
    world,
    sandbox,
    secret,
    callback_url,
    async demand(method, amount, { deadline_at, currency = 'CNY' } = {}) {
      const demand_id = world.runtime.db.newId()
      await world.transaction((tx) =>
        openIntents(tx, [
          { demand_id, method, currency, amount, ...(deadline_at === undefined ? {} : { deadline_at }) },
        ]),
      )
      await paying.condition(demand_id)
      await paying.drain()
      return demand_id
    },
    open: (method, demand_id, amount) =>
      world.transaction((tx) => openIntents(tx, [{ demand_id, method, currency: 'CNY', amount }])),
    async choose(demand_id, choice) {
      const { provider_ref } = await paying.balance(demand_id)
      const taken = sandbox.choose(provider_ref ?? '', choice)
      await sandbox.settled()
      return taken
    },
    async balance(demand_id) {
      const found = await world.transaction((tx) => balances(tx, [demand_id]))
      const [balance] = found.get(demand_id) ?? []
      if (balance === undefined) throw new Error('no tender')
      return balance
    },
    async condition(demand_id) {
      const found = await world.transaction((tx) => conditionOf(tx, [demand_id]))
      return found.get(demand_id) ?? 'unknown'
    },
    async done(demand_id) {
      const { intent_id } = await paying.balance(demand_id)
      return sandbox.ledger.operations().filter((operation) => operation.reference === intent_id)
    },
    async drain() {
      await world.drain()
      await sandbox.settled()
      await world.drain()
    },
    [Symbol.asyncDispose]: async () => {
      await sandbox.close()
      await server[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
  return paying
}
