// Erases people for good: person, search keys, notes, labels, raw messages; what accounting needs stays, and a log without names says that it was done.
import type { Tx } from '../../platform/db.ts'
import { eraseFiles, erasePersonFiles } from '../../platform/files.ts'
import { forgetSubjects } from '../../platform/forget-subjects.ts'
import { publish } from '../../platform/outbox/publish.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { eraseHandReasons } from '../allocation/index.ts'
import { eraseItemNotes } from '../inbox/index.ts'
import { eraseMessages } from '../intake/index.ts'
import {
  erasePersons,
  lockPeople,
  normalisePhone,
  type PersonOrder,
  personsByContact,
  personsWithOrders,
} from '../orders/index.ts'
import { eraseReturnNotes, openReturns } from '../returns/index.ts'
import { eraseDecisionNotes } from '../review/index.ts'
import { parcelsOfOrders } from '../shipping/index.ts'
import { eraseExceptionNotes } from '../tracking/index.ts'
import { eraseRejectionNotes } from '../warehouse/index.ts'
import { privacyProblem } from './problems.ts'
import { type ErasureReason, insertErasures } from './store.ts'

/** More orders with one phone or mail are a shop's own number rather than a customer. */
export const ORDERS_AT_MOST = 500
const OVER: ReadonlySet<string> = new Set(['closed', 'cancelled', 'rejected'])

export interface Erasing {
  readonly reason: ErasureReason
  /** `customer`: everybody with the same phone or mail; `person`: this one order's person alone. */
  readonly whom: 'customer' | 'person'
}

export interface Erased {
  readonly person_ids: readonly string[]
  readonly order_ids: readonly string[]
  readonly files: number
  readonly messages: number
}

/** Erases a person; refused while an order or a return of theirs is open. Repeating it changes nothing. */
export async function erasePerson(tx: Tx, secrets: Secrets, person_id: string, asked: Erasing): Promise<Erased> {
  if ((await lockPeople(tx, [person_id])).length === 0) throw privacyProblem('person_unknown', { person_id })
  const own = await personsWithOrders(tx, [person_id])
  const people = asked.whom === 'person' ? own : await customerOf(tx, own)
  const person_ids = [...new Set([person_id, ...people.map((row) => row.person_id)])]
  await lockPeople(tx, person_ids)
  await refuseOpen(tx, people)
  return erasePeople(tx, secrets, person_ids, people, asked.reason, tx.now)
}

/** Erases these persons whatever state their orders are in, as of `at`. */
export async function erasePeople(
  tx: Tx,
  secrets: Secrets,
  person_ids: readonly string[],
  people: readonly PersonOrder[],
  reason: ErasureReason,
  at: Date,
): Promise<Erased> {
  const order_ids = people.map((row) => row.order_id)
  const byPerson = new Map(people.map((row) => [row.person_id, row]))
  const logged = await insertErasures(
    tx,
    person_ids.map((person_id) => ({
      person_id,
      contact_digests: digestsOf(secrets, byPerson.get(person_id)),
      reason,
      erased_at: at,
    })),
  )
  let messages = 0
  for (const sought of contactsOf(people)) messages += await eraseMessages(tx, sought, order_ids)
  const parcels = await parcelsOfOrders(tx, order_ids)
  const labels = parcels.flatMap((parcel) => (parcel.label_file_id === null ? [] : [parcel.label_file_id]))
  const files = (await eraseFiles(tx, labels)) + (await erasePersonFiles(tx, person_ids))
  const parcel_ids = parcels.map((parcel) => parcel.parcel_id)
  await eraseExceptionNotes(tx, parcel_ids)
  const return_ids = (await eraseReturnNotes(tx, order_ids)).map((row) => row.return_id)
  await eraseDecisionNotes(tx, order_ids)
  await eraseItemNotes(tx, order_ids)
  await eraseHandReasons(tx, order_ids)
  await eraseRejectionNotes(tx, order_ids)
  const written = await erasePersons(tx, person_ids, people, at)
  await forgetSubjects(tx, [...order_ids, ...parcel_ids, ...return_ids, ...written])
  await publish(
    tx,
    logged.map(({ person_id }) => ({ type: 'person.erased', subject: person_id, version: 1, data: { reason } })),
  )
  return { person_ids, order_ids, files, messages }
}

async function customerOf(tx: Tx, own: readonly PersonOrder[]): Promise<PersonOrder[]> {
  const found = await personsByContact(tx, own, ORDERS_AT_MOST + 1)
  if (found.length > ORDERS_AT_MOST) throw privacyProblem('contact_shared', { orders_at_most: ORDERS_AT_MOST })
  // The step that writes search keys may not have come to the newest order yet.
  const known = new Set(found.map((row) => row.order_id))
  return [...found, ...own.filter((row) => !known.has(row.order_id))]
}

async function refuseOpen(tx: Tx, people: readonly PersonOrder[]): Promise<void> {
  const returning = new Set(
    (
      await openReturns(
        tx,
        people.map((row) => row.order_id),
      )
    ).map((row) => row.order_id),
  )
  const open = people.filter((row) => !OVER.has(row.commercial) || returning.has(row.order_id))
  if (open.length > 0)
    throw privacyProblem('person_in_use', {
      orders: open.slice(0, 20).map(({ order_id, number, commercial }) => ({ order_id, number, commercial })),
    })
}

// One look at the raw messages for each different pair of phone and mail.
function contactsOf(people: readonly PersonOrder[]) {
  return [...Map.groupBy(people, ({ phone, email }) => JSON.stringify([phone, email])).values()].map((orders) => ({
    phone: orders[0]?.phone ?? null,
    email: orders[0]?.email ?? null,
    orders,
  }))
}

// Of the phone's digits and of the mail in small letters, so that who asks again can be answered.
function digestsOf(secrets: Secrets, person: PersonOrder | undefined): string[] {
  const contacts = [normalisePhone(person?.phone ?? null), person?.email?.trim().toLowerCase()]
  return contacts.flatMap((contact) => (contact == null || contact === '' ? [] : [secrets.digest(contact)]))
}
