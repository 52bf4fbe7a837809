// `ordo doctor`: looks at the set-up and says in plain words what to mend.
import postgres from 'postgres'
import { systemClock } from '../platform/clock.ts'
import { systemRandomness } from '../platform/ids.ts'
import { migrations } from '../platform/migrate.ts'
import { openSecrets } from '../platform/secrets.ts'
import { openSurroundings, type Surroundings } from './environment.ts'

interface Finding {
  readonly good: boolean
  readonly text: string
}

/** Prints a line per finding; answers 1 where something must be mended. */
export async function doctor(): Promise<number> {
  const surroundings = await openSurroundings({ migrating: false })
  try {
    const findings = [...(await database(surroundings)), keys(surroundings)]
    for (const finding of findings) process.stdout.write(`${finding.good ? 'ok  ' : 'MEND'}  ${finding.text}\n`)
    return findings.every((finding) => finding.good) ? 0 : 1
  } finally {
    await surroundings.stop()
  }
}

function keys(surroundings: Surroundings): Finding {
  try {
    const secrets = openSecrets(surroundings.keys, systemRandomness)
    return { good: secrets.open(secrets.seal('x')) === 'x', text: 'ORDO_KEY seals and opens' }
  } catch (error) {
    return { good: false, text: error instanceof Error ? error.message : String(error) }
  }
}

async function database(surroundings: Surroundings): Promise<Finding[]> {
  const admin = postgres(surroundings.admin_url, { max: 1, onnotice: () => {} })
  const app = postgres(surroundings.app_url, {
    max: 1,
    onnotice: () => {},
    connection: surroundings.role === undefined ? {} : { role: surroundings.role },
  })
  try {
    const [server] = await admin.unsafe(
      "select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync",
    )
    const [applied] = await admin.unsafe('select max(version)::int as version from platform.migration')
    const [role] = await app.unsafe(
      'select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
    )
    const [letters] = await admin.unsafe('select count(*)::int as count from engine.dead_letter')
    const [stale] = await admin.unsafe('select count(*)::int as count from engine.job where due_at < $1', [
      new Date(systemClock.now().getTime() - 300_000),
    ])
    const late = await admin.unsafe('select name from engine.chore where due_at < $1 order by name limit 20', [
      new Date(systemClock.now().getTime() - 3_600_000),
    ])
    const [chores] = await admin.unsafe('select count(*)::int as count from engine.chore')
    const latest = migrations().at(-1)?.version
    return [
      { good: Number(server?.version) >= 160000, text: `PostgreSQL ${server?.version} (16 or newer)` },
      {
        good: server?.fsync === 'on' && server.sync !== 'off',
        text: `fsync ${server?.fsync}, synchronous_commit ${server?.sync}`,
      },
      {
        good: applied?.version === latest,
        text: `schema at ${applied?.version}, this program knows ${latest}${applied?.version === latest ? '' : ': run ordo migrate'}`,
      },
      { good: role?.rolsuper === false && role.rolbypassrls === false, text: `the app works as ${role?.name}` },
      {
        good: surroundings.role === undefined,
        text:
          surroundings.role === undefined
            ? 'app and owner have credentials of their own'
            : 'one set of credentials for owner and app: give DATABASE_ADMIN_URL and an app login',
      },
      { good: letters?.count === 0, text: `${letters?.count} dead letters` },
      {
        good: stale?.count === 0,
        text: `${stale?.count} jobs are due for over five minutes${stale?.count === 0 ? '' : ': is a worker running?'}`,
      },
      {
        good: late.length === 0 && chores?.count !== 0,
        text:
          chores?.count === 0
            ? 'no chore has ever run: is a worker running?'
            : late.length === 0
              ? `${chores?.count} chores are on time`
              : `chores are late by over an hour: ${late.map((row) => row.name).join(', ')}`,
      },
    ]
  } finally {
    await admin.end()
    await app.end()
  }
}
