// What is known of a customer from other orders with the same phone or mail; nothing is kept of it.
import type { Tx } from '../../platform/db.ts'
import { normalisePhone, normaliseText } from './index-search.ts'
import { type CustomerHistory, type CustomerKey, countEarlier, readHistory } from './store-customers.ts'
import type { PersonRow } from './store-persons.ts'

const EARLIER_AT_MOST = 10
const HISTORY_AT_MOST = 1000

function keysOf(persons: Iterable<PersonRow>): CustomerKey[] {
  return [...persons].flatMap(({ order_id, phone, email }) => {
    const keys: [string, string | null][] = [
      ['phone', normalisePhone(phone)],
      ['email', normaliseText(email)],
    ]
    return keys.flatMap(([kind, key]) => (key === null || key === '' ? [] : [{ order_id, kind, key }]))
  })
}

/** How many orders before this one share its phone or mail, counted up to ten; orders without either are absent. One statement. */
export async function earlierOrders(tx: Tx, persons: Iterable<PersonRow>): Promise<ReadonlyMap<string, number>> {
  const keys = keysOf(persons)
  if (keys.length === 0) return new Map()
  return new Map((await countEarlier(tx, keys, EARLIER_AT_MOST)).map((row) => [row.order_id, row.earlier]))
}

/** The other orders of the customers of these orders; customers without any are absent. One statement, for a page of a list. */
export async function customerHistory(
  tx: Tx,
  persons: Iterable<PersonRow>,
): Promise<ReadonlyMap<string, CustomerHistory>> {
  const keys = keysOf(persons)
  if (keys.length === 0) return new Map()
  return new Map((await readHistory(tx, keys, HISTORY_AT_MOST)).map((row) => [row.order_id, row]))
}
