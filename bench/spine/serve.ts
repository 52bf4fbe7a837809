// The API in a process of its own, so that the load does not run in its loop; announces its port, ends with its parent.
import { allRoutes, openRuntime, recordAudit } from '../../src/app.ts'
import { callersOf } from '../../src/modules/identity/index.ts'
import { buildServer } from '../../src/platform/http/server.ts'
import { KEYS } from './scene.ts'

const runtime = openRuntime({
  app_url: process.env.BENCH_APP_URL ?? '',
  keys: KEYS,
  log_level: 'error',
  connections: 8,
})
const server = buildServer(runtime, { routes: allRoutes, principals: callersOf(runtime), recordAudit })
await server.listen({ port: 0, host: '127.0.0.1' })
const address = server.server.address()
process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
process.on('message', (message) => {
  if (message === 'statements') process.send?.({ statements: runtime.db.statements() })
})
process.on('disconnect', () => process.exit(0))
