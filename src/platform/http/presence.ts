// How many processes serve: each says that it lives, so that a tenant's rate limit is shared between them instead of multiplied.
import { later, SECOND_MS } from '../clock.ts'
import type { Runtime } from '../runtime.ts'

const BEAT_MS = 5 * SECOND_MS
const DEAD_AFTER_MS = 20 * SECOND_MS

export interface Presence {
  /** This process' part of a limit that holds for all: 1 alone, 0.5 of two. */
  share(): number
  start(): Promise<void>
  beat(): Promise<void>
  stop(): Promise<void>
}

/** The presence of an HTTP process; beats from `start` to `stop`, alone until it knows better. */
export function openPresence(runtime: Runtime): Presence {
  const process_id = runtime.db.newId()
  let alive = 1
  let timer: NodeJS.Timeout | null = null
  async function beat(): Promise<void> {
    try {
      alive = Math.max(1, await signOfLife(runtime, process_id))
    } catch (error) {
      runtime.log.warn({ error: String(error) }, 'sign of life failed')
    }
  }
  return {
    share: () => 1 / alive,
    beat,
    async start() {
      await beat()
      timer = setInterval(() => void beat(), BEAT_MS)
      timer.unref()
    },
    async stop() {
      if (timer === null) return
      clearInterval(timer)
      timer = null
      await runtime.db
        .sql`delete from engine.process where process_id = ${process_id} -- all tenants: a process serves all`.catch(
        () => undefined,
      )
    },
  }
}

async function signOfLife(runtime: Runtime, process_id: string): Promise<number> {
  const now = runtime.clock.now()
  await runtime.db.sql`
    insert into engine.process (process_id, kind, seen_at) values (${process_id}, 'http', ${now}) -- all tenants: a process serves all
    on conflict (process_id) do update set seen_at = excluded.seen_at`
  const rows = await runtime.db.sql<{ alive: number }[]>`
    select count(*)::int as alive from engine.process where kind = 'http' and seen_at >= ${later(now, -DEAD_AFTER_MS)} -- all tenants: a process serves all`
  return rows[0]?.alive ?? 1
}
