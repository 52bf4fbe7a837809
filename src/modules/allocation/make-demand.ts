// How an order looks to allocation: what has to leave, where to, what it is worth; and the same as the rules see it.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { OrderFacts } from '../orders/index.ts'
import type { Ground } from './prepare-ground.ts'
import type { Mark } from './store.ts'
import type { Demand, DemandLine } from './types.ts'

interface Dimensions {
  readonly category: string
  readonly weight_grams: number
  readonly length_mm: number
  readonly width_mm: number
  readonly height_mm: number
  readonly handling_classes: readonly string[]
}

/** Which units are to be placed: those that wait now, or in a rehearsal all that were ordered and not cancelled. */
export type UnitsWanted = (line: OrderFacts['lines'][number]) => number

export const reservedUnits: UnitsWanted = (line) => line.units.reserved

const Promised = Compile(
  Type.Object(
    { promised_at: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)$' }) },
    { additionalProperties: true },
  ),
)

/** When the customer was promised to have it; null where nothing was promised. */
export function promisedAt(attributes: unknown): Date | null {
  return Promised.Check(attributes) ? new Date(attributes.promised_at) : null
}

const nowhere: ReadonlySet<string> = new Set()

/** Of what is to be minded about an order: the places that failed or were refused, for a while too. */
export function refusalsOf(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter((mark) => mark.kind !== 'exception' && mark.kind !== 'lock')
}

/** An order as demand; what its channel promised stands in its attributes as `promised_at`. */
export function demandOf(
  ground: Ground,
  order: OrderFacts,
  marks: readonly Mark[],
  skuOf: (sku: string) => Dimensions | undefined,
  wanted: UnitsWanted = reservedUnits,
  home: ReadonlySet<string> = nowhere,
): Demand {
  const base = ground.toBase(order.currency)
  const lines = order.lines
    .filter((line) => wanted(line) > 0)
    .map((line): DemandLine => {
      const sku = skuOf(line.sku)
      return {
        line_no: line.line_no,
        sku: line.sku,
        quantity: wanted(line),
        weight_grams: sku?.weight_grams ?? 0,
        volume_mm3: sku === undefined ? 0 : sku.length_mm * sku.width_mm * sku.height_mm,
        handling_classes: sku?.handling_classes ?? [],
        category: sku?.category ?? '',
        value_minor: base === null ? 0 : base(Math.max(0, Math.round(Number(line.net) / line.ordered))),
      }
    })
  const { order_id, network_id, channel, priority, placed_at, service_level, shortage_policy } = order
  return {
    order_id,
    network_id,
    channel,
    priority,
    placed_at,
    service_level,
    promised_at: promisedAt(order.attributes),
    cash_on_delivery: order.payment_method === 'cod',
    may_part: shortage_policy === 'split',
    queue: marks.find((mark) => mark.kind === 'exception')?.queue ?? '',
    total_minor: base === null ? null : base(Number(order.total)),
    to: {
      country: order.ship_country,
      region: order.ship_region,
      city: order.ship_city,
      postcode: order.ship_postcode,
      lat: order.ship_lat,
      lon: order.ship_lon,
    },
    lines,
    excluded: excludedBy(marks, lines),
    home,
    locked: marks.find((mark) => mark.kind === 'lock')?.location_id ?? null,
  }
}

/** What waits of an order, as demand: it goes back to `home` if that can send all of it, otherwise to where it was before a closure. */
export function waitingDemand(
  ground: Ground,
  order: OrderFacts,
  marks: readonly Mark[],
  skuOf: (sku: string) => Dimensions | undefined,
  home: readonly string[] | undefined = undefined,
): Demand {
  const former = marks.find((mark) => mark.home !== null)?.home
  return demandOf(ground, order, marks, skuOf, reservedUnits, new Set(home ?? former))
}

// A mark without a line counts for all of them; one whose time is over no more.
function excludedBy(marks: readonly Mark[], lines: readonly DemandLine[]): ReadonlySet<string> {
  return new Set(
    refusalsOf(marks)
      .filter((mark) => mark.kind !== 'lapsed')
      .flatMap(({ line_no, location_id }) =>
        line_no === null ? lines.map((line) => `${line.line_no} ${location_id}`) : [`${line_no} ${location_id}`],
      ),
  )
}

const HOUR_MS = 3_600_000

/** The order as the rules see it: plain values, amounts in minor units of the base currency, no personal data. */
export function caseOf(demand: Demand, at: Date) {
  const { lines } = demand
  const until = demand.promised_at === null ? null : demand.promised_at.getTime() - at.getTime()
  return {
    channel: demand.channel,
    service_level: demand.service_level,
    priority: demand.priority,
    hours_to_promise: until === null ? null : Math.floor(until / HOUR_MS),
    value: demand.total_minor,
    lines: lines.length,
    units: lines.reduce((sum, line) => sum + line.quantity, 0),
    weight_grams: lines.reduce((sum, line) => sum + line.quantity * line.weight_grams, 0),
    categories: [...new Set(lines.map((line) => line.category).filter((name) => name !== ''))],
    handling_classes: [...new Set(lines.flatMap((line) => line.handling_classes))],
    country: demand.to.country,
    region: demand.to.region ?? '',
    city: demand.to.city ?? '',
    postcode: demand.to.postcode ?? '',
    cod: demand.cash_on_delivery,
    queue: demand.queue,
  }
}
export type AllocationCase = ReturnType<typeof caseOf>
