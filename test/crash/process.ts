// One Ordo in a process of its own, to be killed: API and worker on the database that the environment names.
import { allRoutes, openRuntime, recordAudit, steps } from '../../src/app.ts'
import { callersOf } from '../../src/modules/identity/index.ts'
import { startWorker } from '../../src/platform/engine/index.ts'
import { buildServer } from '../../src/platform/http/server.ts'

// Let go only when the test says so; what it says before this line is read is kept for it.
await new Promise<void>((resolve) => process.once('message', () => resolve()))

const runtime = openRuntime({
  app_url: process.env.CRASH_APP_URL ?? '',
  keys: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  log_level: process.env.ORDO_TEST_LOG ?? 'silent',
  connections: 8,
  settings: { allow_private_addresses: true },
})
const worker = process.env.CRASH_WORKER === 'no' ? null : startWorker(runtime, steps, 2)
const server = buildServer(runtime, { routes: allRoutes, principals: callersOf(runtime), recordAudit })
await server.listen({ port: 0, host: '127.0.0.1' })
const address = server.server.address()
process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })

process.on('message', (message) => {
  if (message === 'stop') void stop()
})
process.on('disconnect', () => process.exit(0))

async function stop(): Promise<void> {
  await server.stop({ linger_ms: 0 })
  await worker?.stop()
  await runtime.db.close()
  process.exit(0)
}
