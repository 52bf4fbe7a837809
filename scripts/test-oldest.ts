// Runs the database tests on the oldest PostgreSQL that Ordo supports; its binaries are the package postgresql-16 (Linux on x64).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const OLDEST = 'postgresql-16'

if (existsSync(`node_modules/${OLDEST}`)) {
  const tests = spawnSync(process.execPath, ['scripts/test.ts', 'database tests'], {
    stdio: 'inherit',
    env: { ...process.env, ORDO_POSTGRES_PACKAGE: OLDEST },
  })
  process.exitCode = tests.status ?? 1
} else {
  console.error(`${OLDEST} is not installed: there is no package of it for ${process.platform} on ${process.arch}.`)
  process.exitCode = 1
}
