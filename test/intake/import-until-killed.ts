// A process that imports files and kills itself after so many batches: what a power cut leaves is what the test looks at.
import { join } from 'node:path'
import { openRuntime } from '../../src/app.ts'
import { importFiles, readMapping } from '../../src/modules/intake/index.ts'
import { fakeClock } from '../../src/platform/clock.ts'
import { contextOf } from '../../src/platform/runtime.ts'

const task: { app_url: string; tenant: string; folder: string; now: string; batches: number; resume: boolean } =
  JSON.parse(process.env.IMPORT ?? '{}')
const runtime = openRuntime({
  app_url: task.app_url,
  keys: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  clock: fakeClock(new Date(task.now)),
  log_level: 'silent',
})
let left = task.batches
const { mapping, text } = await readMapping(join(task.folder, 'mapping.json'))
await importFiles(contextOf(runtime, task.tenant, 'system'), {
  mapping,
  text,
  folders: [task.folder],
  resume: task.resume,
  onProgress() {
    left -= 1
    if (left < 0) process.kill(process.pid, 'SIGKILL')
  },
})
