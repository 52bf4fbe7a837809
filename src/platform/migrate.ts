// Migrations: plain SQL files, forward only, in the order of their numbers; a newer schema that breaks this program is refused.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import type { Sql } from './db.ts'
import { ensurePartitions } from './partitions.ts'

const FOLDER = new URL('../../db/migrations/', import.meta.url)
/** A statement that waits longer for a lock would make others wait behind it. */
const LOCK_WAIT_MS = 2_000
const TURN_POLL_MS = 200

export interface Migration {
  readonly version: number
  readonly name: string
  readonly text: string
  /** Marked `-- breaking`: an older program must not run on the schema after it. */
  readonly breaking: boolean
  /**
   * Marked `-- no transaction`: each statement runs alone and waits as long as it must, for CREATE INDEX CONCURRENTLY. After a failure all of them
   * run again, so that each bears it: what is made was dropped before, if it was there.
   */
  readonly alone: boolean
}

/** The migrations of this program in order, or those of another folder. Throws where two have one number: only one of them would ever run. */
export function migrations(folder = FOLDER): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort()
  const twice = names.find((name, at) => names[at - 1]?.slice(0, 4) === name.slice(0, 4))
  if (twice !== undefined) throw new Error(`two migrations have the number ${twice.slice(0, 4)}: give ${twice} another`)
  return names.map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    return {
      version: Number(name.slice(0, 4)),
      name,
      text,
      breaking: /^-- breaking/m.test(text),
      alone: /^-- no transaction/m.test(text),
    }
  })
}

export class SchemaTooNew extends Error {}
export class SchemaDiffers extends Error {}

/**
 * Brings the database at `admin_url` (the owner's or a superuser's) to this program's schema; safe to run from many processes at once.
 * Answers the names of what was applied of `known`, the migrations of this program where none are given. Throws SchemaTooNew where the database has a breaking migration that this program does not know,
 * SchemaDiffers where another migration ran under one of this program's numbers.
 */
export async function migrate(admin_url: string, now: Date, known = migrations()): Promise<string[]> {
  const sql: Sql = postgres(admin_url, {
    max: 1,
    types: { bigint: postgres.BigInt },
    onnotice: () => {},
    connection: { application_name: 'ordo-migrate', TimeZone: 'UTC' },
  })
  try {
    await sql.unsafe(readFileSync(new URL('../roles.sql', FOLDER), 'utf8')).simple()
    await sql.unsafe(`set lock_timeout = ${LOCK_WAIT_MS}; set role ordo_owner`).simple()
    await sql
      .unsafe(
        'create schema if not exists platform; create table if not exists platform.migration (version integer primary key, name text not null, checksum text not null, breaking boolean not null, applied_at timestamptz not null default now())',
      )
      .simple()
    await refuseNewer(sql, known)
    await refuseOther(sql, known)
    const applied: string[] = []
    for (const migration of known) if (await apply(sql, migration)) applied.push(migration.name)
    await ensurePartitions(sql, now)
    return applied
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function refuseNewer(sql: Sql, known: readonly Migration[]): Promise<void> {
  const latest = known.at(-1)?.version ?? 0
  const newer = await sql<{ name: string; breaking: boolean }[]>`
    select name, breaking from platform.migration where version > ${latest}::int order by version -- all tenants: the schema is one`
  const breaking = newer.find((migration) => migration.breaking)
  if (breaking !== undefined)
    throw new SchemaTooNew(`the database has ${breaking.name}, which this program does not know: update Ordo`)
}

// What ran under a number is known by its name; a migration that was never applied must not pass for done.
async function refuseOther(sql: Sql, known: readonly Migration[]): Promise<void> {
  const applied = await sql<{ version: number; name: string }[]>`
    select version, name from platform.migration order by version -- all tenants: the schema is one`
  const names = new Map(known.map((migration) => [migration.version, migration.name]))
  const other = applied.find(({ version, name }) => (names.get(version) ?? name) !== name)
  if (other !== undefined)
    throw new SchemaDiffers(
      `the database has ${other.name} where this program has ${names.get(other.version)}: they are of different histories`,
    )
}

// The row is inserted first: of two migrators at once the second waits on it and then finds it there.
async function apply(sql: Sql, migration: Migration): Promise<boolean> {
  if (migration.alone) return applyAlone(sql, migration)
  for (let attempt = 1; ; attempt++) {
    try {
      return await sql.begin(async (tx) => claim(tx, migration, () => tx.unsafe(migration.text).simple()))
    } catch (error) {
      const lockTimeout = error instanceof postgres.PostgresError && error.code === '55P03'
      if (!lockTimeout || attempt >= 10) throw error
    }
  }
}

// Outside of a transaction the row comes last: what failed half-way is not taken for done.
async function applyAlone(sql: Sql, migration: Migration): Promise<boolean> {
  await takeTurn(sql)
  try {
    const done =
      await sql`select from platform.migration where version = ${migration.version} -- all tenants: the schema is one`
    if (done.count > 0) return false
    await sql.unsafe('set lock_timeout = 0').simple()
    for (const statement of migration.text.split(/;\s*$/m))
      if (statement.trim() !== '') await sql.unsafe(statement).simple()
    return await claim(sql, migration)
  } finally {
    await sql.unsafe(`set lock_timeout = ${LOCK_WAIT_MS}; select pg_advisory_unlock_all()`).simple()
  }
}

// Asked for again and again instead of waited for: whoever waits in a statement is waited for by CREATE INDEX CONCURRENTLY.
async function takeTurn(sql: Sql): Promise<void> {
  for (;;) {
    const [row] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(hashtext('ordo-migrate')) as mine`
    if (row?.mine === true) return
    await setTimeout(TURN_POLL_MS)
  }
}

async function claim(
  sql: postgres.ISql<{ bigint: bigint }>,
  migration: Migration,
  run: () => Promise<unknown> = async () => {},
): Promise<boolean> {
  const checksum = createHash('sha256').update(migration.text).digest('hex')
  const inserted = await sql`
    insert into platform.migration (version, name, checksum, breaking) -- all tenants: the schema is one; -- as owner: who made it
    values (${migration.version}, ${migration.name}, ${checksum}, ${migration.breaking}) on conflict (version) do nothing`
  if (inserted.count === 0) return false
  await run()
  return true
}
