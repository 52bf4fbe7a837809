// What the surroundings say: which database, which keys, which folders; and a database of one's own where none is named.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { systemClock } from '../platform/clock.ts'
import { type Embedded, isServed, openAppLogin, startEmbedded } from '../platform/embedded.ts'
import { systemRandomness } from '../platform/ids.ts'
import { migrate } from '../platform/migrate.ts'
import { refuseBeside, runningIn } from './running.ts'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Surroundings {
  readonly admin_url: string
  readonly app_url: string
  /** Taken by each connection where the credentials are the owner's. */
  readonly role?: string
  readonly keys: string
  /** True where Ordo runs its own PostgreSQL. */
  readonly embedded: boolean
  /** Stops the database if it is Ordo's own and nobody else works on it. */
  stop(): Promise<void>
}

export function dataFolder(): string {
  return process.env.ORDO_DATA ?? join(ROOT, '.ordo')
}

/** The keys of ORDO_KEY; with a database of one's own they are made once and kept, readable by their owner only. */
function readKeys(own_database: boolean): string {
  const given = process.env.ORDO_KEY
  if (given !== undefined && given !== '') return given
  if (!own_database)
    throw new Error(
      'ORDO_KEY is missing: with DATABASE_URL give keys as id:base64 of 32 bytes (openssl rand -base64 32)',
    )
  const file = join(dataFolder(), 'key')
  if (!existsSync(file)) {
    mkdirSync(dataFolder(), { recursive: true })
    writeFileSync(file, `k1:${Buffer.from(systemRandomness.bytes(32)).toString('base64')}`, { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

/** Where running Ordos of this program are noted, wherever their data is. */
export const RUNNING = join(ROOT, '.ordo', 'running')
const databaseIn = (data: string) => join(data, 'postgresql')

/**
 * Finds or starts the database, migrated where `migrating`. Who does not start Ordo and names no folder means the one that runs: throws where that has
 * its data elsewhere.
 */
export async function openSurroundings(wish: { migrating: boolean; starting?: boolean }): Promise<Surroundings> {
  const { migrating, starting = false } = wish
  const app_url = process.env.DATABASE_URL
  if (app_url !== undefined && app_url !== '') {
    const admin_url = process.env.DATABASE_ADMIN_URL ?? app_url
    const keys = readKeys(false)
    if (migrating) await migrate(admin_url, systemClock.now())
    return {
      admin_url,
      app_url,
      ...(admin_url === app_url ? { role: 'ordo_app' } : {}),
      keys,
      embedded: false,
      stop: async () => {},
    }
  }
  if (!starting && process.env.ORDO_DATA === undefined)
    refuseBeside(
      runningIn(RUNNING, (data) => isServed(databaseIn(data))),
      dataFolder(),
    )
  const keys = readKeys(true)
  const embedded = await startEmbedded({
    folder: databaseIn(dataFolder()),
    settings: ['shared_buffers=256MB', 'max_wal_size=2GB'],
  })
  await migrate(embedded.admin_url, systemClock.now())
  await openAppLogin(embedded)
  return {
    admin_url: embedded.admin_url,
    app_url: embedded.app_url,
    keys,
    embedded: true,
    stop: () => leave(embedded),
  }
}

const LOOKS = 20
const LOOK_MS = 50

// Several processes may share one embedded database: who leaves last stops it. Sessions that were just ended are seen a moment longer.
async function leave(embedded: Embedded): Promise<void> {
  const sql = postgres(embedded.admin_url, { max: 1, onnotice: () => {} })
  try {
    for (let look = 0; look < LOOKS; look++) {
      const [found] = await sql.unsafe(
        "select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      )
      if (found?.others === 0) return await embedded.stop('fast')
      await wait(LOOK_MS)
    }
  } catch {
    // The database is gone already.
  } finally {
    await sql.end({ timeout: 1 })
  }
}
