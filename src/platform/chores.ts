// Chores: what must be done now and then for all tenants, by one process at a time, however many run. The database says when each is due.
import { later, MINUTE_MS } from './clock.ts'
import type { Runtime } from './runtime.ts'

export interface Chore {
  readonly name: string
  readonly every_ms: number
  /** Does it, in parts that may be repeated; answers how many rows it touched. */
  run(runtime: Runtime, stopped: () => boolean): Promise<number>
}

/** So long nobody else takes a chore that has been taken: longer than any run, short enough after a crash. */
const TAKEN_MS = 30 * MINUTE_MS
const FAILED_AGAIN_MS = 5 * MINUTE_MS
const LOOK_EVERY_MS = MINUTE_MS

/** Does the chores that are due and that nobody else has in hand; answers their names. One that fails is tried again five minutes later. */
export async function runDueChores(
  runtime: Runtime,
  chores: readonly Chore[],
  stopped: () => boolean = () => false,
): Promise<string[]> {
  const done: string[] = []
  await enter(runtime, chores)
  for (const chore of chores) {
    if (stopped() || !(await take(runtime, chore.name))) continue
    const outcome = await chore.run(runtime, stopped).then(
      (rows) => ({ rows, error: null }),
      (error: unknown) => ({ rows: 0, error: String(error) }),
    )
    const wait_ms = outcome.error === null ? chore.every_ms : Math.min(FAILED_AGAIN_MS, chore.every_ms)
    await settle(runtime, chore.name, wait_ms, outcome)
    if (outcome.error === null) done.push(chore.name)
    else runtime.log.error({ chore: chore.name, error: outcome.error }, 'chore failed')
  }
  return done
}

async function enter({ db, clock }: Runtime, chores: readonly Chore[]): Promise<void> {
  await db.sql`
    insert into engine.chore (name, due_at) -- all tenants: a chore
    select name, ${clock.now()}::timestamptz from unnest(${chores.map((chore) => chore.name)}::text[]) as new (name) on conflict (name) do nothing`
}

async function take({ db, clock }: Runtime, name: string): Promise<boolean> {
  const now = clock.now()
  const taken = await db.sql`
    update engine.chore set taken_until = ${later(now, TAKEN_MS)} -- all tenants: a chore
     where name = ${name} and due_at <= ${now} and (taken_until is null or taken_until <= ${now})`
  return taken.count === 1
}

async function settle(
  { db, clock }: Runtime,
  name: string,
  wait_ms: number,
  { rows, error }: { readonly rows: number; readonly error: string | null },
): Promise<void> {
  const now = clock.now()
  await db.sql`
    update engine.chore -- all tenants: a chore
       set due_at = ${later(now, wait_ms)}, taken_until = null, rows = ${BigInt(rows)}::bigint, last_error = ${error}::text,
           done_at = case when ${error}::text is null then ${now}::timestamptz else done_at end
     where name = ${name}`
}

/** Looks every minute whether a chore is due, until stopped; a database that is away is tried again a minute later. */
export function startChores(runtime: Runtime, chores: readonly Chore[]): { stop(): Promise<void> } {
  let stopped = false
  let running = Promise.resolve()
  const look = () => {
    running = running.then(async () => {
      if (stopped) return
      await runDueChores(runtime, chores, () => stopped).catch((error: unknown) =>
        runtime.log.error({ error: String(error) }, 'cannot look for chores'),
      )
    })
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
