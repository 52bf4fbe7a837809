// Invariants: SQL files that return no rows while all is well; run by anybody, after every database test, and nightly in production.
import { readdirSync, readFileSync } from 'node:fs'
import postgres from 'postgres'

const FOLDER = new URL('../../db/invariants/', import.meta.url)

export interface Invariant {
  /** Its id and name, from the file name. */
  readonly name: string
  /** What it promises: the first line of the file. */
  readonly promise: string
  readonly text: string
}

export interface Broken {
  readonly name: string
  readonly promise: string
  /** The first rows that break it, at most twenty. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** All invariants in the order of their names. */
export function invariants(): Invariant[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, FOLDER), 'utf8').trim().replace(/;$/, '')
      return { name: file.replace(/\.sql$/, ''), promise: (text.split('\n')[0] ?? '').replace(/^--\s*/, ''), text }
    })
}

const ROWS_AT_MOST = 20

/** Runs every invariant as ordo_maintenance at one moment (repeatable read), for one tenant where given; answers those that are broken. */
export async function brokenInvariants(admin_url: string, tenant?: string): Promise<Broken[]> {
  const sql = postgres(admin_url, { max: 1, onnotice: () => {}, connection: { TimeZone: 'UTC', jit: false } })
  try {
    return await sql.begin('isolation level repeatable read read only', async (tx) => {
      await tx.unsafe('set local role ordo_maintenance')
      const broken: Broken[] = []
      for (const invariant of invariants()) {
        const rows = await tx.unsafe(
          `select * from (\n${invariant.text}\n) v where $1::uuid is null or v.tenant_id = $1::uuid limit ${ROWS_AT_MOST}`,
          [tenant ?? null],
        )
        if (rows.length > 0) broken.push({ name: invariant.name, promise: invariant.promise, rows: [...rows] })
      }
      return broken
    })
  } finally {
    await sql.end()
  }
}
