// Erasing persons: found by their order, phone or mail; blanked with their search keys, while the order stays readable without them.
import type { Tx } from '../../platform/db.ts'
import { normalisePhone, normaliseText, personKeys } from './index-search.ts'
import {
  blankOrders,
  blankPersons,
  lockPersons,
  ordersOfPersons,
  type PersonOrder,
  personOfOrder,
  personsByKeys,
} from './store-erasure.ts'

export type { PersonOrder }

/** A person gets its id when its order is placed, in the same breath: their ids differ by milliseconds, and by this much at most. */
const SAME_BREATH_MS = 300_000

export interface Contact {
  readonly phone: string | null
  readonly email: string | null
}

/** The person of an order with that order; empty where there is none. */
export async function personBehind(tx: Tx, order_id: string): Promise<PersonOrder[]> {
  return personOfOrder(tx, order_id)
}

/** Persons with their orders, by id; one without an order is left out. */
export async function personsWithOrders(tx: Tx, person_ids: readonly string[]): Promise<PersonOrder[]> {
  return ordersOfPersons(
    tx,
    person_ids.map((person_id) => ({
      person_id,
      low: idAt(millisOf(person_id) - SAME_BREATH_MS, '0'),
      high: idAt(millisOf(person_id) + SAME_BREATH_MS, 'f'),
    })),
  )
}

/** Every person with this phone or this mail, with their orders, the newest `limit`. */
export async function personsByContact(tx: Tx, contacts: readonly Contact[], limit: number): Promise<PersonOrder[]> {
  const keys = contacts.flatMap(({ phone, email }) => [
    ...spellings(normalisePhone(phone) ?? '').map((key) => ({ kind: 'phone', key })),
    { kind: 'email', key: normaliseText(email) ?? '' },
  ])
  const known = keys.filter(({ key }) => key !== '')
  return known.length === 0 ? [] : personsByKeys(tx, known, limit)
}

/** Locks persons in the order of their ids; answers those that there are. */
export async function lockPeople(tx: Tx, person_ids: readonly string[]): Promise<string[]> {
  return (await lockPersons(tx, person_ids)).map((row) => row.person_id)
}

/** Blanks persons, their search keys and what their orders say of them; answers the ids of the notes and holds of those. Repeating it changes nothing. */
export async function erasePersons(
  tx: Tx,
  person_ids: readonly string[],
  orders: readonly PersonOrder[],
  at: Date,
): Promise<string[]> {
  await blankPersons(tx, person_ids, orders.flatMap(personKeys), at)
  const order_ids = orders.map((order) => order.order_id)
  return (await blankOrders(tx, order_ids)).map((row) => row.id)
}

// A Chinese mobile number is the same with its country code and without.
function spellings(digits: string): string[] {
  if (/^1\d{10}$/.test(digits)) return [digits, `86${digits}`]
  return /^861\d{10}$/.test(digits) ? [digits, digits.slice(2)] : [digits]
}

function millisOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}

// A bound of ids of version 7: the time in front, the lowest or highest digits behind.
function idAt(millis: number, digit: '0' | 'f'): string {
  const hex = Math.max(0, millis).toString(16).padStart(12, '0').slice(-12) + digit.repeat(20)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
