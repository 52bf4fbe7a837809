// The routes of privacy: find the person behind an order or a contact, and erase.
import { Type } from 'typebox'
import { Id, Instant, orNull } from '../../contracts/views-shared.ts'
import { route } from '../../platform/http/route.ts'
import { maskName } from '../../platform/masking.ts'
import { type PersonOrder, personBehind, personsByContact } from '../orders/index.ts'
import { erasePerson, ORDERS_AT_MOST } from './erase-people.ts'
import { Reason } from './replay-erasures.ts'

const Search = Type.Object({
  order_id: Type.Optional(Id),
  phone: Type.Optional(Type.String({ minLength: 4, maxLength: 40 })),
  email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
})

const People = Type.Object({
  items: Type.Array(
    Type.Object({
      person_id: Id,
      order_id: Id,
      number: Type.String(),
      commercial: Type.String(),
      placed_at: Instant,
      /** Masked. */
      name: orNull(Type.String()),
      erased_at: orNull(Instant),
    }),
    { maxItems: ORDERS_AT_MOST },
  ),
})

const Erasure = Type.Object({
  reason: Reason,
  /** `customer`: everybody with the same phone or mail; `person`: this person alone. */
  whom: Type.Optional(Type.Enum(['customer', 'person'])),
})

const ErasureView = Type.Object({
  person_ids: Type.Array(Id, { maxItems: ORDERS_AT_MOST + 1 }),
  order_ids: Type.Array(Id, { maxItems: ORDERS_AT_MOST + 1 }),
  /** Labels that were deleted. */
  files: Type.Integer(),
  /** Raw messages that were deleted. */
  messages: Type.Integer(),
})

function personRow({ person_id, order_id, number, commercial, placed_at, name, erased_at }: PersonOrder) {
  return {
    person_id,
    order_id,
    number,
    commercial,
    placed_at: placed_at.toISOString(),
    name: name === null ? null : maskName(name),
    erased_at: erased_at?.toISOString() ?? null,
  }
}

export const privacyRoutes = [
  route('POST /people/search', {
    permit: 'people.erase',
    summary: 'The persons behind an order, a phone or a mail, with their orders, newest first; changes nothing.',
    body: Search,
    reply: { 200: People },
    run: (context, { body: { order_id, phone = null, email = null } }) =>
      context.transaction(async (tx) => {
        const behind = order_id === undefined ? [] : await personBehind(tx, order_id)
        const same = await personsByContact(tx, [...behind, { phone, email }], ORDERS_AT_MOST)
        const rows = new Map([...same, ...behind].map((row) => [row.order_id, row]))
        return { items: [...rows.values()].slice(0, ORDERS_AT_MOST).map(personRow) }
      }),
  }),
  route('POST /people/:id/erasure', {
    permit: 'people.erase',
    summary: 'Erases the personal data of a customer for good; refused while an order or a return of theirs is open.',
    idempotent: 'required',
    params: Type.Object({ id: Id }),
    body: Erasure,
    reply: { 200: ErasureView },
    run: (context, { params, body, touch }) =>
      context.transaction(async (tx) => {
        const { reason, whom = 'customer' } = body
        const erased = await erasePerson(tx, context.runtime.secrets, params.id, { reason, whom })
        for (const person_id of erased.person_ids) touch(person_id)
        return erased
      }),
  }),
]
