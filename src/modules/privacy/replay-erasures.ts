// The log of erasures as lines to keep outside the database, and their replay after a backup was restored.
import { Type } from 'typebox'
import type { Runtime } from '../../platform/runtime.ts'
import { lockPeople, personsWithOrders } from '../orders/index.ts'
import { erasePeople } from './erase-people.ts'
import { type ErasureReason, erasuresAfter } from './store.ts'

const PAGE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'

export const Reason = Type.Enum(['customer_request', 'authority_request', 'retention_over', 'mistaken_data'])

export interface ErasureLine {
  readonly person_id: string
  readonly reason: ErasureReason
  readonly erased_at: string
  readonly contact_digests: readonly string[]
}

/** The log of a tenant, a page at a time; it holds nobody's personal data. */
export async function* exportErasures(runtime: Runtime, tenant: string): AsyncGenerator<ErasureLine> {
  for (let after = FIRST; ; ) {
    const rows = await runtime.db.transaction(tenant, 'system', (tx) => erasuresAfter(tx, after, PAGE))
    for (const row of rows) yield { ...row, erased_at: row.erased_at.toISOString() }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.person_id
  }
}

/** Erases again whom a backup brought back, each in a transaction of their own; answers how many of them there are. Orders that look open are no reason to wait: they had ended. */
export async function replayErasures(
  runtime: Runtime,
  tenant: string,
  lines: AsyncIterable<ErasureLine> | Iterable<ErasureLine>,
): Promise<number> {
  let replayed = 0
  for await (const { person_id, reason, erased_at } of lines) {
    await runtime.db.transaction(tenant, 'system', async (tx) => {
      if ((await lockPeople(tx, [person_id])).length === 0) return
      const people = await personsWithOrders(tx, [person_id])
      await erasePeople(tx, runtime.secrets, [person_id], people, reason, new Date(erased_at))
      replayed += 1
    })
  }
  return replayed
}
