// D1 M9 E2: an Ordo killed around its calls to others, before and after they were made, neither loses a call nor pays twice: the provider's own books say so.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { simulateFulfilment } from '../../src/cli/simulate.ts'
import { configureProvider, paymentRoutes } from '../../src/modules/payment/index.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { systemRandomness } from '../../src/platform/ids.ts'
import { outboxRoutes } from '../../src/platform/outbox/index.ts'
import { newWebhookSecret } from '../../src/platform/webhook-signature.ts'
import { startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { freshKey, keyOf, serve } from '../api/serve.ts'
import { openReceiver } from '../outbox/receiver.ts'
import { place, read } from '../world/orders.ts'
import { aroundCalls } from './points.ts'
import { type CrashScene, openCrashScene, startOrdo } from './scene.ts'

const ORDERS = 4
const KILLS = process.env.ORDO_LONG === '1' ? 3 : 1
const LEASE_MS = 90_000

/** As if the time of every lease and every back-off had passed. */
async function endLeases({ world }: CrashScene): Promise<void> {
  await world.transaction(
    (tx) => tx.sql`
      update engine.job set due_at = ${new Date(Date.now() - 1_000)}
       where tenant_id = ${tx.tenant} and due_at > now() and due_at < ${new Date(Date.now() + 20 * LEASE_MS)}`,
  )
}

/** Kills one Ordo after the other at the point, each with the calls in hand that the one before had left. */
async function killAt(scene: CrashScene, point: string): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    const doomed = await startOrdo(scene.database.app_url, { faults: point })
    expect(await doomed.ended).toBe('SIGKILL')
    await endLeases(scene)
  }
}

async function catchUp(scene: CrashScene, settled: () => Promise<void>): Promise<void> {
  for (let round = 0; round < 3; round++) {
    scene.world.clock.set(new Date(Date.now() + 1_000))
    await drain(scene.world.runtime, steps, scene.world.tenant)
    await settled()
  }
}

test.each(aroundCalls)(
  'D1 M9 a kill at %s loses no call and authorises and captures each card exactly once',
  async (point) => {
    const scene = await openCrashScene({ 'SKU-1': 1_000 })
    const { world } = scene
    await using server = serve(world, [...paymentRoutes, ...outboxRoutes])
    await using receiver = await openReceiver()
    await server.app.listen({ port: 0, host: '127.0.0.1' })
    const address = server.app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const secret = newWebhookSecret(systemRandomness)
    const callback_url = `http://127.0.0.1:${port}/in/${world.code}/sandbox`
    const sandbox = await startSandbox({ port: 0, callback_url, secret, clock: world.clock })
    const { secrets, settings } = world.runtime
    await world.transaction((tx) =>
      configureProvider(tx, secrets, settings, {
        provider: 'sandbox',
        adapter: 'sandbox',
        api_url: sandbox.url,
        secret,
      }),
    )
    const hook = { url: receiver.url, types: ['order.confirmed'] }
    const made = await server.call('POST', '/webhooks', hook, { ...(await keyOf(world)), ...freshKey() })
    expect(made.status).toBe(201)

    const wish = { lines: [{ sku: 'SKU-1', quantity: 1 }], method: 'card' as const, provider: 'sandbox' }
    const ids = await place(
      world,
      Array.from({ length: ORDERS }, () => wish),
    )
    await killAt(scene, point)
    await catchUp(scene, sandbox.settled)
    const payments = sandbox.ledger.payments()
    expect(payments).toHaveLength(ORDERS)
    for (const payment of payments) expect(sandbox.choose(payment.payment_id, 'approve')).toBe(true)
    await catchUp(scene, sandbox.settled)

    // The captures at shipment are asked for, and refused until the next Ordo comes, which dies with them in hand.
    sandbox.misbehave(...Array.from({ length: 20 * ORDERS }, () => 'refuse_500' as const))
    await simulateFulfilment(world.runtime, world.tenant, { until: 'shipped', limit: ORDERS })
    sandbox.behave()
    await endLeases(scene)
    await killAt(scene, point)
    await catchUp(scene, sandbox.settled)

    const operations = sandbox.ledger.operations()
    expect(operations.filter((one) => one.kind === 'page').map((one) => one.status)).toEqual(
      Array.from({ length: ORDERS }, () => 'authorised'),
    )
    const captures = operations.filter((one) => one.kind === 'capture')
    expect(captures.map((one) => [one.status, one.amount])).toEqual(
      Array.from({ length: ORDERS }, () => ['captured', 9_900]),
    )
    expect(new Set(captures.map((one) => one.payment_id)).size).toBe(ORDERS)
    expect(sandbox.ledger.payments().map((one) => [one.authorised, one.captured, one.refunded])).toEqual(
      Array.from({ length: ORDERS }, () => [9_900, 9_900, 0]),
    )
    for (const id of ids) expect((await read(world, id)).lines[0]?.units.shipped).toBe(1)
    // A webhook may come twice, then with the same id; none is missing.
    const told = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
    expect(told.size).toBe(ORDERS)
    expect(await world.brokenInvariants()).toEqual([])
    await sandbox.close()
    await scene.close()
  },
)
