// A worker in a process of its own, so that it can be killed in the middle of its work; ends with its parent.
import { openRuntime, steps } from '../../src/app.ts'
import { startWorker } from '../../src/platform/engine/index.ts'
import { KEYS } from '../spine/scene.ts'

const runtime = openRuntime({
  app_url: process.env.BENCH_APP_URL ?? '',
  keys: KEYS,
  log_level: 'error',
  connections: 6,
})
startWorker(runtime, steps)
process.on('disconnect', () => process.exit(0))
