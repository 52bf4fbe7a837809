// The language of mappings: how columns of CSV files become orders, charges, returns and rejections. docs/guides/import.md explains it.
import { type Static, Type } from 'typebox'
import { CurrencyRate } from './allocation.ts'
import { ChannelFact, Currency, Key, LocationFact, NetworkFact } from './catalog.ts'
import { ChargeKind } from './order-intake.ts'
import { CarrierFact, RateCardFact } from './shipping-rates.ts'
import { BothTexts } from './views-shared.ts'

const closed = { additionalProperties: false } as const
const Text = Type.String({ maxLength: 500 })
const Ref = Type.Ref('Expression')
const If = Type.Ref('Condition')

const Expression = Type.Union([
  /** A column: `price` of the file of orders, `items.price` of another. */
  Type.String({ minLength: 1, maxLength: 200 }),
  Type.Object({ is: Text }, closed),
  /** Text after text; nothing where any part is nothing. */
  Type.Object({ join: Type.Array(Ref, { minItems: 1, maxItems: 20 }) }, closed),
  /** The first that is not empty. */
  Type.Object({ first: Type.Array(Ref, { minItems: 1, maxItems: 20 }) }, closed),
  Type.Object({ upper: Ref }, closed),
  Type.Object({ lower: Ref }, closed),
  /** Each word with a capital. */
  Type.Object({ title: Ref }, closed),
  /** Lower case without accents, blanks made single: for comparing names. */
  Type.Object({ fold: Ref }, closed),
  Type.Object(
    { pad: Ref, width: Type.Integer({ minimum: 1, maximum: 40 }), with: Type.String({ minLength: 1, maxLength: 1 }) },
    closed,
  ),
  /** An entry of a table of the mapping, or one field of it; `else` where there is none. */
  Type.Object({ table: Key, of: Ref, field: Type.Optional(Key), else: Type.Optional(Ref) }, closed),
  /** Decimal arithmetic: the product with a constant. */
  Type.Object({ times: Ref, by: Type.String({ pattern: '^-?[0-9]{1,9}(\\.[0-9]{1,6})?$' }) }, closed),
  Type.Object({ if: If, give: Ref, else: Type.Optional(Ref) }, closed),
])

const Condition = Type.Union([
  Type.Object({ equals: Type.Tuple([Ref, Ref]) }, closed),
  Type.Object({ in: Type.Tuple([Ref, Type.Array(Text, { maxItems: 200 })]) }, closed),
  Type.Object({ matches: Type.Tuple([Ref, Text]) }, closed),
  Type.Object({ empty: Ref }, closed),
  /** The first number is below the second. */
  Type.Object({ below: Type.Tuple([Ref, Ref]) }, closed),
  Type.Object({ zero: Ref }, closed),
  Type.Object({ all: Type.Array(If, { minItems: 1, maxItems: 20 }) }, closed),
  Type.Object({ any: Type.Array(If, { minItems: 1, maxItems: 20 }) }, closed),
  Type.Object({ not: If }, closed),
])

const language = { Expression, Condition }
const Value = Type.Cyclic(language, 'Expression')
const Test = Type.Cyclic(language, 'Condition')

export type Expression =
  | string
  | { is: string }
  | { join: Expression[] }
  | { first: Expression[] }
  | { upper: Expression }
  | { lower: Expression }
  | { title: Expression }
  | { fold: Expression }
  | { pad: Expression; width: number; with: string }
  | { table: string; of: Expression; field?: string; else?: Expression }
  | { times: Expression; by: string }
  | { if: Condition; give: Expression; else?: Expression }

export type Condition =
  | { equals: [Expression, Expression] }
  | { in: [Expression, string[]] }
  | { matches: [Expression, string] }
  | { empty: Expression }
  | { below: [Expression, Expression] }
  | { zero: Expression }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

const optional = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, Type.Optional(Value)]))

/** What a row is, by the first rule whose condition holds; a row that no rule names is a line. */
const Rule = Type.Object(
  {
    if: Test,
    as: Type.Union([Type.Literal('line'), Type.Literal('charge'), Type.Literal('return'), Type.Literal('reject')]),
    kind: Type.Optional(ChargeKind),
    title: Type.Optional(Value),
    reason: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{2,39}$' })),
  },
  closed,
)

/** Whole numbers made from a column, or where that is empty from a seeded throw between two bounds. */
const Measure = Type.Object(
  { from: Type.Optional(Value), between: Type.Tuple([Type.Integer({ minimum: 1 }), Type.Integer({ minimum: 1 })]) },
  closed,
)

/** What `ordo import setup` makes so that the orders have somewhere to come from. */
const Setup = Type.Object(
  {
    networks: Type.Record(Key, NetworkFact, { maxProperties: 20 }),
    channel: ChannelFact,
    locations: Type.Record(Key, LocationFact, { minProperties: 1, maxProperties: 200 }),
    carriers: Type.Record(Key, CarrierFact, { minProperties: 1, maxProperties: 50 }),
    rate_cards: Type.Record(Type.String({ pattern: '^[^/]+/[^/]+$' }), RateCardFact, {
      minProperties: 1,
      maxProperties: 200,
    }),
    skus: Type.Object(
      {
        /** The file that describes them, one row each; SKUs that only orders name are made too. */
        file: Key,
        sku: Value,
        name: Value,
        category: Type.Optional(Value),
        weight_grams: Measure,
        length_mm: Measure,
        width_mm: Measure,
        height_mm: Measure,
      },
      closed,
    ),
    /** What one unit of the mapping's currency is worth in others: for a tenant that counts in one of them and has no rate of its own. */
    currency_rates: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Z]{3}$' }), CurrencyRate.properties.rate, { maxProperties: 50 }),
    ),
    /** Reasons of the review rules that orders of this channel are not held for: what was sold long ago needs nobody's look. */
    review: Type.Optional(
      Type.Object(
        {
          waive: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_]{1,49}$' }), {
            minItems: 1,
            maxItems: 50,
            uniqueItems: true,
          }),
        },
        closed,
      ),
    ),
    /** Units received of each SKU, in per cent of what the orders ask for. */
    stock_percent: Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0, maximum: 10_000 })]),
  },
  closed,
)

export const Mapping = Type.Object(
  {
    name: Key,
    about: BothTexts,
    channel: Key,
    currency: Currency,
    /** IANA zone of the times in the files. */
    zone: Type.String({ minLength: 1, maxLength: 64 }),
    prices_include_tax: Type.Boolean(),
    files: Type.Record(
      Key,
      Type.Object(
        {
          /** Relative to the folder of the import, or to the folder of shared data. */
          path: Type.String({ minLength: 1, maxLength: 300 }),
          delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
          /** How its bytes become text, by the names of the Encoding Standard: utf-8 where absent; gb18030, windows-1252, utf-16le … */
          encoding: Type.Optional(Type.String({ pattern: '^[a-z0-9_-]{2,40}$' })),
          /** Makes it a file to look up: of its own columns, and what is looked up with. The first row of a key counts. */
          key: Type.Optional(Value),
          by: Type.Optional(Value),
        },
        closed,
      ),
      { minProperties: 1, maxProperties: 20 },
    ),
    tables: Type.Optional(
      Type.Record(Key, Type.Record(Text, Type.Union([Text, Type.Record(Key, Text)]), { maxProperties: 1_000 }), {
        maxProperties: 20,
      }),
    ),
    /** The file that is read in order; rows of one `group_by` within the window are one order. */
    orders: Type.Object(
      { file: Key, group_by: Value, window_rows: Type.Integer({ minimum: 0, maximum: 1_000_000 }) },
      closed,
    ),
    /** Where lines are in a file of their own: that file, found by its key. */
    rows: Type.Optional(Type.Object({ file: Key }, closed)),
    /** What a row is worth: the sum of quantity × price. */
    money: Type.Array(Type.Object({ quantity: Value, price: Value }, closed), { minItems: 1, maxItems: 5 }),
    rules: Type.Array(Rule, { maxItems: 50 }),
    order: Type.Object(
      {
        external_id: Value,
        placed_at: Value,
        ...optional(['note', 'service_level']),
        customer: Type.Optional(Type.Object(optional(['name', 'email', 'phone', 'locale']), closed)),
        ship_to: Type.Object(
          { country: Value, ...optional(['region', 'city', 'district', 'postcode', 'address_line', 'lat', 'lon']) },
          closed,
        ),
        payment_reference: Type.Optional(Value),
        attributes: Type.Optional(
          Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }), Value, { maxProperties: 50 }),
        ),
      },
      closed,
    ),
    line: Type.Object(
      { sku: Value, quantity: Value, unit_price: Value, ...optional(['title', 'external_line_id']) },
      closed,
    ),
    /** Paid with a row beside its line, summed over the order. */
    row_charges: Type.Optional(
      Type.Array(Type.Object({ kind: ChargeKind, title: Type.Optional(Value), amount: Value }, closed), {
        maxItems: 10,
      }),
    ),
    /** Who gives back what: the latest earlier line of that customer and SKU with units left. */
    return: Type.Optional(Type.Object({ customer: Value, sku: Value, quantity: Value }, closed)),
    /** Orders that were cancelled at the channel: placed, then cancelled. */
    cancel: Type.Optional(Test),
    setup: Type.Optional(Setup),
  },
  closed,
)

type Fields<Names extends string> = Partial<Record<Names, Expression>>
type Raw = Static<typeof Mapping>

/** A mapping that has passed its schema. */
export interface Mapping extends Pick<Raw, 'name' | 'about' | 'channel' | 'currency' | 'zone' | 'prices_include_tax'> {
  readonly files: Readonly<
    Record<string, { path: string; delimiter?: string; encoding?: string; key?: Expression; by?: Expression }>
  >
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>>
  readonly orders: { readonly file: string; readonly group_by: Expression; readonly window_rows: number }
  readonly rows?: { readonly file: string }
  readonly money: readonly { readonly quantity: Expression; readonly price: Expression }[]
  readonly rules: readonly {
    readonly if: Condition
    readonly as: 'line' | 'charge' | 'return' | 'reject'
    readonly kind?: Static<typeof ChargeKind>
    readonly title?: Expression
    readonly reason?: string
  }[]
  readonly order: {
    readonly external_id: Expression
    readonly placed_at: Expression
    readonly note?: Expression
    readonly service_level?: Expression
    readonly customer?: Fields<'name' | 'email' | 'phone' | 'locale'>
    readonly ship_to: { readonly country: Expression } & Fields<
      'region' | 'city' | 'district' | 'postcode' | 'address_line' | 'lat' | 'lon'
    >
    readonly payment_reference?: Expression
    readonly attributes?: Readonly<Record<string, Expression>>
  }
  readonly line: { readonly sku: Expression; readonly quantity: Expression; readonly unit_price: Expression } & Fields<
    'title' | 'external_line_id'
  >
  readonly row_charges?: readonly {
    readonly kind: Static<typeof ChargeKind>
    readonly title?: Expression
    readonly amount: Expression
  }[]
  readonly return?: { readonly customer: Expression; readonly sku: Expression; readonly quantity: Expression }
  readonly cancel?: Condition
  readonly setup?: Omit<NonNullable<Raw['setup']>, 'skus'> & { readonly skus: SetupSkus }
}

export interface Measure {
  readonly from?: Expression
  readonly between: readonly [number, number]
}

export interface SetupSkus {
  readonly file: string
  readonly sku: Expression
  readonly name: Expression
  readonly category?: Expression
  readonly weight_grams: Measure
  readonly length_mm: Measure
  readonly width_mm: Measure
  readonly height_mm: Measure
}
