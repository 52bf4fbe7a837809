// The surge command, its first ten hours: hurried orders keep their promise by live load, the rest is spread, and everything still adds up.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase } from '../world/database.ts'

const run = promisify(execFile)
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'ordo-surge-'))
let database: Awaited<ReturnType<typeof startTestDatabase>>

beforeAll(async () => {
  database = await startTestDatabase()
})
afterAll(async () => {
  await database.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('one command plays a surge with live load and without, draws it, and leaves every invariant whole', async () => {
  const env = { ...process.env, DATABASE_URL: database.app_url, DATABASE_ADMIN_URL: database.admin_url }
  const chart = join(folder, 'surge.svg')
  const { stdout } = await run(process.execPath, [MAIN, 'surge', '--hours', '10', '--json', '--chart', chart], { env })
  const { broken, sides } = JSON.parse(stdout)
  expect(broken).toEqual([])
  const [without, live] = sides
  // the command itself fails below its 95 per cent
  expect(live.urgent.kept / live.urgent.orders).toBeGreaterThanOrEqual(0.95)
  expect(live.urgent.kept).toBeGreaterThan(without.urgent.kept)
  expect(live.by_place.GZ1 + live.by_place.CD1 + live.by_place.BJ1).toBeGreaterThan(
    without.by_place.GZ1 + without.by_place.CD1 + without.by_place.BJ1,
  )
  expect(readFileSync(chart, 'utf8')).toContain('With live load')
})
