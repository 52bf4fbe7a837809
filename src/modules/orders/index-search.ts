// Search keys: written within a second of the order by a step, so that accepting an order stays one append.

import type { Tx } from '../../platform/db.ts'
import { inside } from '../../platform/engine/index.ts'
import { insertKeys, type KeyRow, personsOfOrders } from './store-search.ts'

/** On order.placed: number, external id, phone and its tail, name, mail. */
export const indexSearch = inside('orders.index-search', { batch: 500 }, async (tx, jobs) => {
  const rows = await personsOfOrders(
    tx,
    jobs.map((job) => job.subject),
  )
  const keys = rows.flatMap((row) => [
    ...keysOf(row.order_id, [
      ['number', row.number],
      ['external_id', normaliseText(row.external_id)],
    ]),
    ...personKeys(row),
  ])
  await insertKeys(tx, keys)
})

/** The keys that tell of a person: phone and its tail, name, mail. They go when the person is erased. */
export function personKeys(row: {
  readonly order_id: string
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
}): KeyRow[] {
  const phone = normalisePhone(row.phone)
  return keysOf(row.order_id, [
    ['phone', phone],
    ['phone_tail', phone === null || phone.length < 4 ? null : phone.slice(-4)],
    ['name', normaliseText(row.name)],
    ['email', normaliseText(row.email)],
  ])
}

function keysOf(order_id: string, entries: readonly [kind: string, key: string | null][]): KeyRow[] {
  return entries.flatMap(([kind, key]) => (key === null || key === '' ? [] : [{ kind, key, order_id }]))
}

/** Adds a key of another kind (tracking numbers) to orders. */
export async function addSearchKeys(
  tx: Tx,
  keys: readonly { kind: 'tracking'; key: string; order_id: string }[],
): Promise<void> {
  await insertKeys(
    tx,
    keys.map((key): KeyRow => ({ ...key, key: key.key.toUpperCase() })),
  )
}

/** Folds a text for searching: compatibility forms, lower case, single blanks, no accents. */
export function normaliseText(text: string | null): string | null {
  if (text === null) return null
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, 200)
}

/** Digits only, with the country code where there is one: "+86 138-0000-1111" and "138 0000 1111" share their tail. */
export function normalisePhone(text: string | null): string | null {
  const digits = (text ?? '').normalize('NFKC').replace(/\D/g, '').replace(/^00/, '')
  return digits.length < 4 ? null : digits.slice(0, 20)
}
