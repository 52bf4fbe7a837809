// Changing where an order goes, as long as something of it has not left.
import { type Static, Type } from 'typebox'
import { Id } from './views-shared.ts'

export const addressReasons = ['customer_request', 'wrong', 'incomplete', 'undeliverable', 'other'] as const

const text = (maxLength: number) => Type.String({ maxLength })

/** The whole new address: what is not given is empty. A point is given whole; without one the old one stays where region, city and postcode stay. */
export const AddressChange = Type.Object(
  {
    reason: Type.Enum([...addressReasons]),
    ship_to: Type.Object(
      {
        country: Type.String({ pattern: '^[A-Z]{2}$' }),
        region: Type.Optional(text(100)),
        city: Type.Optional(text(100)),
        district: Type.Optional(text(100)),
        postcode: Type.Optional(text(20)),
        address_lines: Type.Array(Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }), {
          minItems: 1,
          maxItems: 6,
        }),
        point: Type.Optional(
          Type.Object(
            {
              lat: Type.Number({ minimum: -90, maximum: 90 }),
              lon: Type.Number({ minimum: -180, maximum: 180 }),
            },
            { additionalProperties: false },
          ),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type AddressChange = Static<typeof AddressChange>

/** What became of the work: units that stay where they are, units that look for another place, parcels that are packed and labelled anew; and units that have left to the old address. */
export const AddressChanged = Type.Object({
  order_id: Id,
  revision: Type.Integer(),
  stay: Type.Integer(),
  move: Type.Integer(),
  repack: Type.Integer(),
  gone: Type.Integer(),
})
export type AddressChanged = Static<typeof AddressChanged>
