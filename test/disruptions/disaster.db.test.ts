// The disaster command, small: a region closes, a worker is killed while orders move, all is undone, and everything still adds up.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase } from '../world/database.ts'

const run = promisify(execFile)
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
let database: Awaited<ReturnType<typeof startTestDatabase>>

beforeAll(async () => {
  database = await startTestDatabase()
})
afterAll(() => database.remove())

test('one command plays a disaster with a killed worker, undoes it, and leaves every invariant whole', async () => {
  const env = { ...process.env, DATABASE_URL: database.app_url, DATABASE_ADMIN_URL: database.admin_url }
  const { stdout } = await run(process.execPath, [MAIN, 'disaster', '--orders', '120', '--json'], { env })
  const told = JSON.parse(stdout)
  expect(told.broken).toEqual([])
  expect(told.invariants).toBeGreaterThan(50)
  expect(told.affected).toBeGreaterThan(0)
  expect(told.when_killed.taken).toBeGreaterThan(0)
  expect(told.applied.waiting).toBe(0)
  expect(told.undone.returned + told.undone.elsewhere + told.undone.stays).toBeGreaterThan(0)
})
