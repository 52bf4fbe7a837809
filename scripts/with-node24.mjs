// Runs a program under the Node 24 of node_modules with nothing but a host Node >= 20 and npm: installs first what the lock file wants.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'
const bin = join(root, 'node_modules', '.bin')
const node = windows ? join(root, 'node_modules', 'node', 'bin', 'node.exe') : join(bin, 'node')

/** Whether every package of the lock file that this machine needs is installed in its exact version; costs about 5 ms. */
function isInstalled() {
  const installedLock = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedLock) || !existsSync(node)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true
    const found = installed[path]
    return found === undefined ? optional === true || peer === true : found.version === version
  })
}

/** `npm ci` by the npm that called us, or the one on the path; its output goes to stderr, so that stdout stays the program's own. */
function install() {
  console.error('ordo: installing the packages of package-lock.json (once) …')
  const arguments_ = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const npm = process.env.npm_execpath
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...arguments_], options)
    : spawnSync('npm', arguments_, { ...options, shell: windows })
  if (done.status === 0 && existsSync(node)) return
  console.error(
    `ordo: npm ci failed (${done.error?.message ?? `exit code ${done.status}`}); run it by hand to see why.`,
  )
  process.exit(1)
}

/** Hands signals on and ends as the program ends. */
function run(arguments_) {
  const child = spawn(node, arguments_, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  })
  // A terminal sends Ctrl-C to the whole process group: handing it on would make two of it.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => {
    if (!atTerminal) child.kill('SIGINT')
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A signal to npm alone ends npm and its shell, who do not hand it on: left behind, the program ends too.
  const parent = process.ppid
  const underNpm = process.env.npm_lifecycle_event !== undefined
  setInterval(() => {
    if (underNpm && process.ppid !== parent) child.kill('SIGTERM')
  }, 500).unref()
  child.on('error', (error) => {
    console.error(`ordo: ${node} does not start: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]))
}

if (!isInstalled()) install()
run(process.argv.slice(2))
