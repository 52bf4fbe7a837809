// `ordo migrate`: the schema to this program's version, and nothing else.
import { systemClock } from '../platform/clock.ts'
import { migrate } from '../platform/migrate.ts'
import { openSurroundings } from './environment.ts'

/** Prints what was applied; exit code 57 (by its error) where the database is newer and breaking. */
export async function migrateCommand(): Promise<void> {
  const url = process.env.DATABASE_ADMIN_URL ?? process.env.DATABASE_URL
  if (url === undefined) {
    const own = await openSurroundings({ migrating: true })
    await own.stop()
    process.stdout.write('the database of this folder is up to date\n')
    return
  }
  const applied = await migrate(url, systemClock.now())
  process.stdout.write(
    applied.length === 0 ? 'nothing to apply\n' : `${applied.map((name) => `applied ${name}`).join('\n')}\n`,
  )
}
