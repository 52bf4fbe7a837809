// Things that need a person, of several kinds, and looks at the inbox.
import type { Server } from '../api/serve.ts'
import { freshKey, type Headers, serve, sessionOf } from '../api/serve.ts'
import type { World } from '../world/index.ts'
import { place } from '../world/orders.ts'

export interface Person {
  call: Server['call']
}

/** Somebody of the staff who asks Ordo for things. */
export async function somebody(
  server: Server,
  world: World,
  role: 'admin' | 'operator' | 'agent' | 'manager' | 'lead',
) {
  const headers: Headers = await sessionOf(server, world, role)
  const call: Server['call'] = (method, url, body) => server.call(method, url, body, { ...headers, ...freshKey() })
  return { call }
}

export function served(world: World) {
  return serve(world)
}

/** Orders that no carrier takes; their ids. */
export async function unplaced(world: World, count: number, price_minor = 9_900n): Promise<string[]> {
  const ids = await place(
    world,
    Array.from({ length: count }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1, price_minor }] })),
  )
  await world.drain()
  return ids
}

/** A job that failed for good; its id. */
export async function deadLetter(world: World, step = 'orders.close'): Promise<string> {
  return world.transaction(async (tx) => {
    const job_id = tx.newId()
    await tx.sql`
      insert into engine.dead_letter (tenant_id, step, job_id, subject, attempts, error, died_at)
      values (${tx.tenant}, ${step}, ${job_id}, ${tx.newId()}, 5, 'Error: broken', ${tx.now})`
    return job_id
  })
}

export interface Listed {
  readonly item_id: string
  readonly kind: string
  readonly state: string
  readonly reason: string
  readonly queue: string | null
  readonly assignee: string | null
  readonly outcome: string | null
  readonly rank: number
  readonly order_id: string | null
}

/** Every item of the world, the first of the ranking first. */
export async function itemsOf(world: World): Promise<Listed[]> {
  return world.transaction(
    (tx) => tx.sql<Listed[]>`
      select item_id, kind, state, reason, queue, assignee, outcome, rank, order_id from inbox.item where tenant_id = ${tx.tenant} order by rank, item_id`,
  )
}
