// Replies kept with their effect: the key row is inserted first and completed last, in the transaction of the effect itself.
import { DAY_MS, later } from './clock.ts'
import type { Tx } from './db.ts'
import { sqlState } from './db.ts'
import type { Problem } from './problem.ts'
import { platformProblem } from './problems.ts'

/** Which request a reply belongs to: the caller is the actor of the transaction. */
export interface ReplyKey {
  /** `POST /orders/:id/cancellation` */
  readonly route: string
  readonly key: string
  /** SHA-256 of the canonical JSON of params, query and body. */
  readonly body_sha256: Uint8Array
}

export interface KeptReply {
  readonly status: number
  /** The body byte for byte as it was sent; encrypted where the route says so. */
  readonly text: string
}

const KEPT_MS = 7 * DAY_MS

/**
 * Takes the key for this transaction; null means: go on, it is yours. Otherwise the reply that was kept under it.
 * Waits at most two seconds for a twin that is being worked on elsewhere, then throws `in_progress`; another body throws `idempotency_key_reused`.
 */
export async function takeKey(tx: Tx, wanted: ReplyKey): Promise<KeptReply | null> {
  const taken = await insertKey(tx, wanted)
  if (taken) return null
  const rows = await tx.sql<{ body_sha256: Uint8Array; status: number; reply: string | null }[]>`
    select body_sha256, status::int as status, reply #>> '{}' as reply from platform.stored_reply
     where tenant_id = ${tx.tenant} and principal = ${tx.actor} and route = ${wanted.route} and key = ${wanted.key}`
  const kept = rows[0]
  if (kept === undefined) throw platformProblem('in_progress')
  if (Buffer.compare(kept.body_sha256, wanted.body_sha256) !== 0) throw platformProblem('idempotency_key_reused')
  return { status: kept.status, text: kept.reply ?? '' }
}

async function insertKey(tx: Tx, wanted: ReplyKey): Promise<boolean> {
  try {
    await tx.sql`set local lock_timeout = '2s'`
    const inserted = await tx.sql`
      insert into platform.stored_reply (tenant_id, principal, route, key, body_sha256, status, reply, created_at)
      values (${tx.tenant}, ${tx.actor}, ${wanted.route}, ${wanted.key}, ${wanted.body_sha256}, 0, null, ${tx.now})
      on conflict (tenant_id, principal, route, key) do nothing`
    await tx.sql`set local lock_timeout to default`
    return inserted.count === 1
  } catch (error) {
    if (sqlState(error) === '55P03') throw platformProblem('in_progress')
    throw error
  }
}

/** Completes the key with the reply; from the commit on, every repeat gets it. */
export async function keepReply(tx: Tx, key: ReplyKey, reply: KeptReply): Promise<void> {
  await tx.sql`
    update platform.stored_reply set status = ${reply.status}::smallint, reply = to_jsonb(${reply.text}::text)
     where tenant_id = ${tx.tenant} and principal = ${tx.actor} and route = ${key.route} and key = ${key.key}`
}

/**
 * Takes many keys of one route and caller in one statement, sorted so that two groups never wait for each other in a circle. Answers for each key, in
 * order: null (it is yours), the reply that was kept under it, or why it cannot be taken. A twin elsewhere holds the whole group up for two
 * seconds at most, then throws `in_progress`.
 */
export async function takeKeys(tx: Tx, wanted: readonly ReplyKey[]): Promise<readonly (KeptReply | Problem | null)[]> {
  const taken = new Set((await insertKeys(tx, wanted)).map((row) => row.key))
  const others = wanted.filter(({ key }) => !taken.has(key))
  const rows =
    others.length === 0
      ? []
      : await tx.sql<{ key: string; body_sha256: Uint8Array; status: number; reply: string | null }[]>`
          select key, body_sha256, status::int as status, reply #>> '{}' as reply from platform.stored_reply
           where tenant_id = ${tx.tenant} and principal = ${tx.actor} and route = ${others[0]?.route ?? ''}
             and key = any (${others.map(({ key }) => key)}::text[])`
  const known = new Map(rows.map((row) => [row.key, row]))
  return wanted.map(({ key, body_sha256 }) => {
    if (taken.has(key)) return null
    const kept = known.get(key)
    if (kept === undefined) return platformProblem('in_progress')
    if (Buffer.compare(kept.body_sha256, body_sha256) !== 0) return platformProblem('idempotency_key_reused')
    return { status: kept.status, text: kept.reply ?? '' }
  })
}

async function insertKeys(tx: Tx, wanted: readonly ReplyKey[]): Promise<{ key: string }[]> {
  const sorted = [...wanted].sort((a, b) => (a.key < b.key ? -1 : 1))
  try {
    await tx.sql`set local lock_timeout = '2s'`
    const rows = await tx.sql<{ key: string }[]>`
      insert into platform.stored_reply (tenant_id, principal, route, key, body_sha256, status, reply, created_at)
      select ${tx.tenant}::uuid, ${tx.actor}::text, route, key, body_sha256, 0, null, ${tx.now}::timestamptz
        from unnest(${sorted.map(({ route }) => route)}::text[], ${sorted.map(({ key }) => key)}::text[],
                    ${sorted.map(({ body_sha256 }) => Buffer.from(body_sha256))}::bytea[]) as new (route, key, body_sha256)
      on conflict (tenant_id, principal, route, key) do nothing
      returning key`
    await tx.sql`set local lock_timeout to default`
    return rows
  } catch (error) {
    if (sqlState(error) === '55P03') throw platformProblem('in_progress')
    throw error
  }
}

/** Completes many keys with their replies; from the commit on, every repeat gets its own. */
export async function keepReplies(tx: Tx, made: readonly { key: ReplyKey; reply: KeptReply }[]): Promise<void> {
  if (made.length === 0) return
  await tx.sql`
    update platform.stored_reply s set status = d.status, reply = to_jsonb(d.reply)
      from unnest(${made.map(({ key }) => key.route)}::text[], ${made.map(({ key }) => key.key)}::text[],
                  ${made.map(({ reply }) => reply.status)}::smallint[], ${made.map(({ reply }) => reply.text)}::text[]) as d (route, key, status, reply)
     where s.tenant_id = ${tx.tenant} and s.principal = ${tx.actor} and s.route = d.route and s.key = d.key`
}

/** Gives keys back that were taken for nothing: what was refused may be asked again under the same key. */
export async function giveKeysBack(tx: Tx, keys: readonly ReplyKey[]): Promise<void> {
  if (keys.length === 0) return
  await tx.sql`
    delete from platform.stored_reply s using unnest(${keys.map(({ route }) => route)}::text[], ${keys.map(({ key }) => key)}::text[]) as d (route, key)
     where s.tenant_id = ${tx.tenant} and s.principal = ${tx.actor} and s.route = d.route and s.key = d.key`
}

/** Forgets replies older than seven days, at most `limit` at a time; answers how many. */
export async function forgetReplies(tx: Tx, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from platform.stored_reply where tenant_id = ${tx.tenant} and (principal, route, key) in (
      select principal, route, key from platform.stored_reply
       where tenant_id = ${tx.tenant} and created_at < ${later(tx.now, -KEPT_MS)} order by created_at limit ${limit}::int)`
  return gone.count
}
