// What the solvers take and answer as JSON, as schemas: docs/solvers shows them, a test compares.
import { Type } from 'typebox'

const most_locations = 1_000
const most_orders = 10_000
const most_lines = 2_000
/** Of any price, value, weight or capacity: sums of them are exact to a thousandth and more. */
const most = 1_000_000_000_000
const most_bits = 2 ** 31 - 1

const Price = (description: string) => Type.Number({ minimum: 0, maximum: most, description })
const Prices = (description: string) =>
  Type.Array(Type.Number({ minimum: 0, maximum: most }), { maxItems: 1_000_000, description })
const Plain = Type.Number({ minimum: -most, maximum: most })
const Matrix = (description: string) =>
  Type.Array(Type.Array(Plain, { maxItems: 1_000_000 }), { minItems: 1, maxItems: most_orders, description })
const Bits = (description: string) => Type.Integer({ minimum: 0, maximum: most_bits, description })

export const AssignInstance = Type.Object(
  {
    cost: Matrix('[location][order]: what the order costs (or gains) there'),
    weight: Matrix('[location][order]: what the order takes of the capacity there'),
    capacity: Type.Array(Plain, { minItems: 1, maxItems: most_orders, description: 'by location' }),
    sense: Type.Enum(['min', 'max'], { description: 'min: least cost; max: most gain' }),
    seconds: Type.Optional(Type.Number({ minimum: 0.01, maximum: 600, description: 'of search; 5 where absent' })),
  },
  { title: 'Generalised assignment: each order whole to one location, within capacity' },
)

export const AssignAnswer = Type.Object(
  {
    location_of: Type.Union([Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 1_000_000 }), Type.Null()], {
      description: 'by order; null: no assignment within the capacities was found',
    }),
    cost: Type.Union([Type.Number(), Type.Null()]),
    bound: Type.Union([Type.Number(), Type.Null()], { description: 'no assignment is better than this' }),
  },
  { title: 'The assignment found' },
)

const Location = Type.Object({
  capabilities: Bits('bits'),
  handling_part: Price('of each part'),
  handling_line: Price('of each line of a part'),
  load_part: Price('of load now, for each part'),
  load_line: Price('of load now, for each line'),
})

const NetworkShape = Type.Object({
  locations: Type.Array(Location, { minItems: 1, maxItems: most_locations }),
  skus: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  stock: Type.Array(Type.Integer({ minimum: 0, maximum: most }), {
    maxItems: 10_000_000,
    description: '[location × skus + sku]',
  }),
  depletion: Type.Union([Prices('[location × skus + sku]: of taking one unit'), Type.Null()]),
  keep_apart: Type.Array(Type.Integer({ minimum: 0, maximum: most_bits }), {
    maxItems: 31,
    description: 'by hazard class: the classes (bits) that may not travel with it',
  }),
})

const Lane = Type.Object({
  rates: Type.Object({
    upto_grams: Type.Array(Type.Number({ minimum: 1, maximum: most }), { minItems: 1, maxItems: 1_000 }),
    price: Type.Array(Type.Number({ minimum: 0, maximum: most }), { minItems: 1, maxItems: 1_000 }),
    mm3_per_gram: Type.Number({ minimum: 0, maximum: most, description: '0: volume is free' }),
  }),
  carbon_part: Price('CO₂ of each part'),
  carbon_gram: Price('CO₂ of each gram'),
  handling_line: Type.Optional(Price('of each line of a part, on top of the location’s')),
  barred: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0, maximum: most_lines }), {
      maxItems: most_lines,
      description: 'lines that may not leave from there',
    }),
  ),
})

const Line = Type.Object({
  sku: Type.Integer({ minimum: 0 }),
  quantity: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  weight_grams: Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'of one unit' }),
  volume_mm3: Type.Integer({ minimum: 0, maximum: 1e18, description: 'of one unit' }),
  value: Price('of one unit'),
  needs: Bits('capabilities (bits)'),
  kit: Type.Integer({ minimum: -1, description: 'index into kits, or -1' }),
  hazard: Type.Integer({ minimum: 0, maximum: 30, description: 'class; 0: none' }),
})

const OrderShape = Type.Object({
  lines: Type.Array(Line, { minItems: 1, maxItems: 2_000 }),
  kits: Type.Array(Type.Integer({ minimum: 1, maximum: 10_000_000 }), {
    maxItems: 2_000,
    description: 'how many kits of each kind',
  }),
  lanes: Type.Array(Type.Union([Lane, Type.Null()]), {
    minItems: 1,
    maxItems: most_locations,
    description: 'by location; null: it may not serve the order',
  }),
  lateness: Type.Union([Prices('by location: of a part that arrives after the promise'), Type.Null()]),
  split: Type.Object({
    penalty: Price('of each part beyond the first'),
    max_parts: Type.Integer({ minimum: 1, maximum: most_locations }),
    min_part_value: Price('of each part, where there are several'),
    min_rest_value: Price('of what is left unmet'),
    lines: Type.Boolean({ description: 'false: each line leaves whole from one location' }),
  }),
  unmet: Type.Union([Prices('by line: of one unit left unmet'), Type.Null()]),
  keep: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10_000_000,
      description: 'units of each SKU that it leaves at every location',
    }),
  ),
})

export const SourcingInstance = Type.Object(
  { network: NetworkShape, order: OrderShape },
  { title: 'Sourcing: which location ships which units of one order' },
)

export const BatchInstance = Type.Object(
  {
    network: NetworkShape,
    orders: Type.Array(OrderShape, { minItems: 1, maxItems: most_orders }),
    capacities: Type.Array(
      Type.Object({
        location: Type.Integer({ minimum: 0 }),
        per_part: Price('of the capacity, that each part takes'),
        per_line: Price('of the capacity, that each line of a part takes'),
        most: Price('of the capacity'),
      }),
      { maxItems: 10_000 },
    ),
    wait: Prices('by order: of not placing it now'),
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { title: 'Sourcing of many orders that share stock and capacity' },
)

const OrNull = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })

const Parts = Type.Array(
  Type.Object({
    location: Type.Integer(),
    quantity: Type.Array(Type.Integer({ minimum: 0 }), { maxItems: most_lines, description: 'by line' }),
    parcels: Type.Integer({ minimum: 1 }),
    chargeable_grams: Type.Number(),
    cost: Type.Number({ description: 'without split penalty' }),
  }),
  { maxItems: most_locations },
)
const Rest = Type.Array(Type.Integer({ minimum: 0 }), {
  maxItems: most_lines,
  description: 'by line: units left unmet',
})

export const SourcingAnswer = Type.Object(
  {
    parts: Parts,
    rest: Rest,
    cost: OrNull('null: there is no answer within the rules'),
    bound: OrNull('nothing cheaper than this exists'),
    optimal: Type.Boolean({ description: 'proven; false only where the search ran out of nodes' }),
    explored: Type.Integer({ description: 'nodes' }),
  },
  { title: 'The cheapest answer for one order' },
)

export const BatchAnswer = Type.Object(
  {
    answers: Type.Array(Type.Union([Type.Object({ parts: Parts, rest: Rest, cost: Type.Number() }), Type.Null()]), {
      maxItems: most_orders,
      description: 'by order; null: it waits',
    }),
    cost: Type.Number(),
    bound: Type.Number(),
    worth: Type.Array(Type.Number(), {
      maxItems: 10_000,
      description: 'by capacity: what one more unit of it would save',
    }),
  },
  { title: 'Answers for all orders' },
)
