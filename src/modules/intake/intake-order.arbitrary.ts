// Arbitrary orders as channels might send them, for property tests; with blanks, defaults and empty fields that mean nothing.
import fc from 'fast-check'
import type { IntakeOrder } from '../../contracts/order-intake.ts'

const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ maxLength, unit: 'grapheme' }),
    fc.constantFrom('', ' ', ' Anna ', '李雷', 'é', 'e\u0301', '"\\/'),
  )
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const minor = fc.integer({ min: 0, max: 1_000_000 })
const price = fc
  .tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([whole, part, places]) =>
    places === 0 ? `${whole}` : `${whole}.${String(part).padStart(6, '0').slice(0, places)}`,
  )
const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)

const line = fc.record(
  {
    sku: fc.stringMatching(/^[A-Z0-9-]{1,12}$/),
    quantity: fc.integer({ min: 1, max: 500 }),
    unit_price: price,
    external_line_id: fc.stringMatching(/^[a-z0-9]{1,8}$/),
    title: text(20),
    discount: fc.integer({ min: 0, max: 50 }),
    tax: fc.integer({ min: 0, max: 500 }),
    taxes: fc.array(
      fc.record({ name: text(5), rate: fc.constantFrom('0.13', '19'), amount: minor }, { requiredKeys: ['amount'] }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['sku', 'quantity', 'unit_price'] },
)

/** Orders that fit the contract; their figures need not add up. */
export const intakeOrder: fc.Arbitrary<IntakeOrder> = fc.record(
  {
    channel: fc.stringMatching(/^[a-z0-9]{1,8}$/),
    external_id: fc.stringMatching(/^[A-Za-z0-9#-]{1,20}$/),
    placed_at: fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    currency: fc.constantFrom('CNY', 'EUR', 'JPY', 'KWD'),
    prices_include_tax: fc.boolean(),
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    charges: fc.array(
      fc.record(
        { kind: fc.constantFrom('shipping' as const, 'fee' as const), title: text(10), amount: minor, tax: minor },
        { requiredKeys: ['kind', 'amount'] },
      ),
      { maxLength: 3 },
    ),
    totals: fc.record({ lines: maybe(minor), total: maybe(minor) }).map(({ lines, total }) => ({
      ...(lines === undefined ? {} : { lines }),
      ...(total === undefined ? {} : { total }),
    })),
    payment: fc.record(
      { method: fc.constantFrom('reference' as const, 'card' as const), reference: fc.stringMatching(/^[a-z]{1,9}$/) },
      { requiredKeys: ['method'] },
    ),
    customer: fc.record({ name: text(20), email: text(20), phone: text(12) }, { requiredKeys: [] }),
    ship_to: fc.record(
      {
        country: fc.constantFrom('CN', 'GB'),
        city: text(10),
        postcode: text(8),
        address_lines: fc.array(text(20), { maxLength: 3 }),
        lat: fc.double({ min: -90, max: 90, noNaN: true }),
        lon: fc.double({ min: -180, max: 180, noNaN: true }),
      },
      { requiredKeys: ['country'] },
    ),
    service_level: fc.constantFrom('standard', 'express'),
    priority: fc.integer({ min: -3, max: 3 }),
    note: text(30),
    attributes: fc.dictionary(
      key,
      fc.oneof(text(10), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
      { maxKeys: 8 },
    ),
  },
  {
    requiredKeys: [
      'channel',
      'external_id',
      'placed_at',
      'currency',
      'prices_include_tax',
      'lines',
      'payment',
      'ship_to',
    ],
  },
)
