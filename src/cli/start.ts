// Starting: everything in one process, or the API and workers apart; all stop cleanly on Ctrl-C or SIGTERM.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { allRoutes, openRuntime, recordAudit, steps } from '../app.ts'
import { callersOf } from '../modules/identity/index.ts'
import { onOrdersKept } from '../modules/intake/index.ts'
import { startWorker } from '../platform/engine/index.ts'
import { buildServer } from '../platform/http/server.ts'
import type { Runtime } from '../platform/runtime.ts'
import { loadDemo } from './demo.ts'
import { openSurroundings, ROOT, type Surroundings } from './environment.ts'
import { openSandbox } from './sandbox.ts'

const folders = [
  { at: '/t', folder: join(ROOT, 'dist/portal') },
  { at: '/', folder: join(ROOT, 'dist/console') },
]

function runtimeOf(surroundings: Surroundings, public_url: string): Runtime {
  return openRuntime({
    app_url: surroundings.app_url,
    keys: surroundings.keys,
    ...(surroundings.role === undefined ? {} : { role: surroundings.role }),
    log_level: process.env.ORDO_LOG ?? (surroundings.embedded ? 'warn' : 'info'),
    settings: {
      public_url: process.env.ORDO_PUBLIC_URL ?? public_url,
      smtp_url: process.env.ORDO_SMTP_URL ?? null,
      mail_from: process.env.ORDO_MAIL_FROM ?? 'ordo@localhost',
      allow_private_addresses: surroundings.embedded,
    },
  })
}

function serverOf(runtime: Runtime) {
  return buildServer(runtime, {
    routes: allRoutes,
    principals: callersOf(runtime),
    recordAudit,
    staticFolders: folders.filter((entry) => existsSync(entry.folder)),
  })
}

/** One process with everything; answers when it listens, stops at Ctrl-C. */
export async function start(options: { port: number; demo: boolean }): Promise<void> {
  buildWebOnce()
  const surroundings = await openSurroundings({ migrating: true })
  const url = `http://127.0.0.1:${options.port}`
  const runtime = runtimeOf(surroundings, url)
  const logins = options.demo && surroundings.embedded ? await loadDemo(surroundings.admin_url, runtime) : null
  const sandbox = surroundings.embedded ? await openSandbox(runtime, url, options.port + 1) : null
  const worker = startWorker(runtime, steps)
  onOrdersKept(runtime, () => worker.nudge())
  const server = serverOf(runtime)
  stopOnSignal([
    () => server.stop(),
    () => worker.stop(),
    async () => sandbox?.close(),
    () => runtime.db.close(),
    () => surroundings.stop(),
  ])
  await server.listen({ port: options.port, host: '127.0.0.1' })
  const lines = [
    `Ordo is ready at ${url}`,
    `  API reference   ${url}/reference`,
    `  Tracking page   ${url}/t/demo`,
    ...(sandbox === null ? [] : [`  Sandbox payment ${sandbox.url}`]),
    ...(logins === null
      ? []
      : ['', 'Demo logins (merchant code · e-mail · password):', ...logins.map((login) => `  ${login}`)]),
    '',
    'Ctrl-C stops it; the data stays.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** The API alone. */
export async function serveApi(options: { port: number; host: string }): Promise<void> {
  const surroundings = await openSurroundings({ migrating: false })
  const runtime = runtimeOf(surroundings, `http://${options.host}:${options.port}`)
  const server = serverOf(runtime)
  stopOnSignal([() => server.stop(), () => runtime.db.close(), () => surroundings.stop()])
  await server.listen({ port: options.port, host: options.host })
  process.stdout.write(`Ordo's API listens at http://${options.host}:${options.port}\n`)
}

/** A worker alone. */
export async function serveWorker(slots: number): Promise<void> {
  const surroundings = await openSurroundings({ migrating: false })
  const runtime = runtimeOf(surroundings, 'http://127.0.0.1:4600')
  const worker = startWorker(runtime, steps, slots)
  stopOnSignal([() => worker.stop(), () => runtime.db.close(), () => surroundings.stop()])
  process.stdout.write(`A worker of Ordo runs with ${slots} slots\n`)
}

/** Loads the demo merchant into the database of the surroundings. */
export async function demoCommand(): Promise<void> {
  const surroundings = await openSurroundings({ migrating: true })
  const runtime = runtimeOf(surroundings, 'http://127.0.0.1:4600')
  const logins = await loadDemo(surroundings.admin_url, runtime)
  process.stdout.write(`${logins.join('\n')}\n`)
  await runtime.db.close()
  await surroundings.stop()
}

// The pages are built from source once: a fresh clone has none.
function buildWebOnce(): void {
  if (existsSync(join(ROOT, 'dist/console/index.html')) || !existsSync(join(ROOT, 'web/console'))) return
  process.stdout.write('Building the pages (once) …\n')
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Ends in the given order at the first signal; the second signal ends at once. */
function stopOnSignal(ends: readonly (() => Promise<unknown>)[]): void {
  let stopping = false
  const stop = async () => {
    if (stopping) process.exit(130)
    stopping = true
    for (const end of ends)
      await end().catch((error: unknown) => process.stderr.write(`ordo: while stopping: ${String(error)}\n`))
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
}
