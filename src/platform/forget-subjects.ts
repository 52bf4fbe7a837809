// What the platform itself remembers about things whose person was erased: replies kept for repeats, errors of jobs that were given up.
import type { Tx } from './db.ts'

/** Deletes the kept replies of commands that name one of these ids and blanks the errors of their dead letters; replies of intake hold ids only. */
export async function forgetSubjects(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.sql`
    with replies as (
      delete from platform.stored_reply
       where tenant_id = ${tx.tenant} and route <> all (array['POST /orders', 'POST /orders/bulk'])
         and exists (select from unnest(${[...ids]}::text[]) as about (id) where strpos(reply #>> '{}', about.id) > 0))
    update engine.dead_letter set error = '[erased]' where tenant_id = ${tx.tenant} and subject = any (${[...ids]}::uuid[])`
}
