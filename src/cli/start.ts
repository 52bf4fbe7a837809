// Starting: everything in one process, or the API and workers apart; all stop cleanly on Ctrl-C or SIGTERM.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { allRoutes, openRuntime, recordAudit, steps } from '../app.ts'
import { callersOf } from '../modules/identity/index.ts'
import { onOrdersKept } from '../modules/intake/index.ts'
import { watchDegradations } from '../modules/modes/index.ts'
import { startChores } from '../platform/chores.ts'
import { startWorker } from '../platform/engine/index.ts'
import { buildServer } from '../platform/http/server.ts'
import type { Runtime } from '../platform/runtime.ts'
import { allChores } from './chores.ts'
import { loadDemo } from './demo.ts'
import { dataFolder, openSurroundings, ROOT, RUNNING, type Surroundings } from './environment.ts'
import { noteRunning } from './running.ts'
import { openSandbox, sandboxBooks } from './sandbox.ts'
import { openUntilSignal } from './stop.ts'

const folders = [
  { at: '/t', folder: join(ROOT, 'dist/portal') },
  { at: '/', folder: join(ROOT, 'dist/console'), pages: ['/app'] },
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
    collect: watchDegradations(runtime),
    // Addresses of the proxy in front: only from there X-Forwarded-For is believed.
    ...(process.env.ORDO_TRUST_PROXY === undefined ? {} : { trust_proxy: process.env.ORDO_TRUST_PROXY }),
    staticFolders: folders.filter((entry) => existsSync(entry.folder)),
  })
}

/** One process with everything; answers when it listens, stops at Ctrl-C. */
export async function start(options: { port: number; demo: boolean }): Promise<void> {
  await refuseTakenPort(options.port)
  buildWebOnce()
  await openUntilSignal(async ({ closing, signal }) => {
    const surroundings = await openSurroundings({ migrating: true, starting: true })
    closing(() => surroundings.stop())
    if (surroundings.embedded) {
      const forget = noteRunning(RUNNING, { port: options.port, data: dataFolder() })
      closing(async () => forget())
    }
    const url = `http://127.0.0.1:${options.port}`
    const runtime = runtimeOf(surroundings, url)
    closing(() => runtime.db.close())
    const logins =
      options.demo && surroundings.embedded ? await demoOf(surroundings, runtime, options.port, signal) : null
    const sandbox = surroundings.embedded ? await openSandbox(runtime, url, options.port + 1) : null
    if (sandbox !== null) closing(() => sandbox.close())
    const worker = startWorker(runtime, steps)
    onOrdersKept(runtime, () => worker.nudge())
    closing(() => worker.stop())
    const chores = startChores(runtime, allChores)
    closing(() => chores.stop())
    const server = serverOf(runtime)
    closing(() => server.stop())
    await server.listen({ port: options.port, host: '127.0.0.1' })
    say([
      `Ordo is ready at ${url}`,
      `  API reference   ${url}/reference`,
      ...(logins === null ? [] : [`  Tracking page   ${url}/t/demo`]),
      ...(sandbox === null ? [] : [`  Sandbox payment ${sandbox.url}`]),
      ...(logins === null
        ? []
        : ['', 'Demo logins (merchant code · e-mail · password):', ...logins.map((login) => `  ${login}`)]),
      '',
      'Ctrl-C stops it; the data stays.',
    ])
  })
}

function demoOf(surroundings: Surroundings, runtime: Runtime, port: number, signal?: AbortSignal): Promise<string[]> {
  return loadDemo(surroundings.admin_url, runtime, {
    books: sandboxBooks(port + 1),
    say: (text) => say([text]),
    ...(signal === undefined ? {} : { signal }),
  })
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** The API alone. */
export async function serveApi(options: { port: number; host: string }): Promise<void> {
  await openUntilSignal(async ({ closing }) => {
    const surroundings = await openSurroundings({ migrating: false })
    closing(() => surroundings.stop())
    const runtime = runtimeOf(surroundings, `http://${options.host}:${options.port}`)
    closing(() => runtime.db.close())
    const server = serverOf(runtime)
    closing(() => server.stop())
    await server.listen({ port: options.port, host: options.host })
    say([`Ordo's API listens at http://${options.host}:${options.port}`])
  })
}

/** A worker alone. */
export async function serveWorker(slots: number): Promise<void> {
  await openUntilSignal(async ({ closing }) => {
    const surroundings = await openSurroundings({ migrating: false })
    closing(() => surroundings.stop())
    const runtime = runtimeOf(surroundings, 'http://127.0.0.1:4600')
    closing(() => runtime.db.close())
    const worker = startWorker(runtime, steps, slots)
    closing(() => worker.stop())
    const chores = startChores(runtime, allChores)
    closing(() => chores.stop())
    say([`A worker of Ordo runs with ${slots} slots`])
  })
}

/** Loads the demo merchant into the database of the surroundings. */
export async function demoCommand(): Promise<void> {
  const surroundings = await openSurroundings({ migrating: true })
  const runtime = runtimeOf(surroundings, 'http://127.0.0.1:4600')
  try {
    const port = Number(process.env.PORT ?? 4600)
    say(await demoOf(surroundings, runtime, port))
  } finally {
    await runtime.db.close()
    await surroundings.stop()
  }
}

// The pages are built from source once: a fresh clone has none.
function buildWebOnce(): void {
  if (existsSync(join(ROOT, 'dist/console/index.html')) || !existsSync(join(ROOT, 'web/console'))) return
  process.stdout.write('Building the pages (once) …\n')
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
}

// Said before anything is started: most often Ordo runs already.
async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer()
  await new Promise<void>((free, refuse) => {
    probe.once('error', () =>
      refuse(new Error(`port ${port} is taken: is Ordo running already? PORT=… chooses another`)),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()))
  })
}
