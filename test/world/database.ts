// One migrated PostgreSQL for all database tests of a run: started before the first, stopped after the last.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { systemClock } from '../../src/platform/clock.ts'
import { openAppLogin, startEmbedded } from '../../src/platform/embedded.ts'
import { migrate } from '../../src/platform/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    admin_url: string
    app_url: string
  }
}

/** Starts and migrates a database of its own in a temporary folder; for global set-up and for tests that break their database. */
export async function startTestDatabase(
  settings: readonly string[] = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
) {
  const folder = mkdtempSync(join(tmpdir(), 'ordo-test-'))
  const package_name = process.env.ORDO_POSTGRES_PACKAGE
  const embedded = await startEmbedded({ folder, settings, ...(package_name === undefined ? {} : { package_name }) })
  await migrate(embedded.admin_url, systemClock.now())
  await openAppLogin(embedded)
  return {
    ...embedded,
    folder,
    async remove() {
      await embedded.stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startTestDatabase()
  project.provide('admin_url', database.admin_url)
  project.provide('app_url', database.app_url)
  return () => database.remove()
}
