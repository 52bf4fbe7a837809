// The feed: committed events in a gap-free order per tenant. Only this step moves the counter, so an event that commits late is never skipped.
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Tx } from '../db.ts'
import { Hopeless, inside, type Job } from '../engine/step.ts'
import { fault } from '../fault.ts'
import { wakeEndpoints } from './endpoints.ts'
import { FEED_STEP } from './publish.ts'

const Payload = Type.Object({ event_ids: Type.Array(Type.String(), { maxItems: 100_000 }) })

/** Gives the events of many committed transactions their positions, in the order of their ids within the batch; wakes the webhook endpoints. */
export const feedEvents = inside(FEED_STEP, { batch: 200, serial: true }, async (tx, jobs) => {
  await takePositions(tx, jobs.flatMap(eventIds))
  fault('feed:after-positions')
  await wakeEndpoints(tx)
})

function eventIds({ job_id, payload }: Job): string[] {
  if (!Value.Check(Payload, payload)) throw new Hopeless(`job ${job_id} names no events`)
  return payload.event_ids
}

// The counter's row is locked first: whoever reads it under its lock knows that no position below it is still to come.
async function takePositions(tx: Tx, event_ids: readonly string[]): Promise<void> {
  if (event_ids.length === 0) return
  const ids = event_ids.toSorted()
  // The bounds let PostgreSQL leave out every partition but one or two, whatever plan it takes.
  const [first, last] = [ids.at(0) ?? null, ids.at(-1) ?? null]
  const placed = await tx.sql`
    with counter as (
      insert into outbox.feed_counter as c (tenant_id, last_position) values (${tx.tenant}, ${ids.length}::bigint)
      on conflict (tenant_id) do update set last_position = c.last_position + excluded.last_position
      returning last_position - ${ids.length}::bigint as before)
    insert into outbox.feed (tenant_id, position, event_id, type, subject)
    select ${tx.tenant}::uuid, counter.before + row_number() over (order by e.event_id), e.event_id, e.type, e.subject
      from counter cross join unnest(${ids}::uuid[]) as id (event_id)
      join outbox.event e on e.tenant_id = ${tx.tenant} and e.event_id = id.event_id
     where e.event_id between ${first}::uuid and ${last}::uuid`
  if (placed.count !== event_ids.length)
    throw new Error(`${event_ids.length} events were told, ${placed.count} are there`)
}
