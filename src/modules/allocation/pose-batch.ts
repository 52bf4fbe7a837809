// Orders that contend as one problem for the batch solver: what each may be sent by, the stock and the room that they share.
import type { Batch, Capacity } from '../../solvers/sourcing-batch.ts'
import type { Location, Order } from '../../solvers/sourcing-model.ts'
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { type Apart, apartOf } from './keep-apart.ts'
import { orderLimitAt } from './look-at-sites.ts'
import { depletionOf } from './policy-prices.ts'
import { carbonGram, laneOf } from './pose-problem.ts'
import { bitsOf, type Ground, type Site } from './prepare-ground.ts'
import { liking, weighed } from './price-parts.ts'
import type { Candidate, Decision, Guided } from './types.ts'

/** An order of the batch: the rule that it follows, what it may be sent from, and for each place what it adds for coming later than the soonest. */
export interface Contender extends Guided {
  /** As it would be decided first. */
  readonly own: Decision
  readonly guidance: Guidance
  readonly options: readonly Candidate[]
  readonly delay_hours: readonly number[]
  readonly max_parts: number
  readonly penalty: number
}

export interface PosedBatch {
  readonly contenders: readonly Contender[]
  readonly batch: Batch
  readonly sites: readonly Site[]
  readonly skus: readonly string[]
}

/** Above these in the order of what matters: a unit that does not leave, an hour that an urgent order comes later, an order split though its rule would not. */
const TIMES_UNMET = 1000
const TIMES_PARTED = 3
const HOURS_AT_MOST = 500

/** `dear` is what the dearest of the orders costs, in minor units: all that matters more than money is measured by it. */
export function poseBatch(ground: Ground, contenders: readonly Contender[], free: FreeStock, dear: number): PosedBatch {
  const places = new Map<string, Site>()
  for (const { options } of contenders)
    for (const { site, removed } of options) if (removed === null) places.set(site.location.location_id, site)
  const sites = [...places.values()]
  const skus = [...new Set(contenders.flatMap(({ demand }) => demand.lines.map((line) => line.sku)))]
  const apart = apartOf(
    ground,
    contenders.map(({ demand }) => demand),
  )
  const column = new Map(skus.map((sku, index) => [sku, index]))
  return {
    contenders,
    sites,
    skus,
    batch: {
      network: {
        locations: sites.map(
          (site): Location => ({
            capabilities: site.capabilities,
            handling_part: 0,
            handling_line: 0,
            load_part: 0,
            load_line: 0,
          }),
        ),
        skus: skus.length,
        stock: sites.flatMap(({ location }) => skus.map((sku) => free.beyond(location.location_id, sku, 0))),
        depletion:
          ground.prices.depletion === 0
            ? null
            : sites.flatMap(({ location }) =>
                skus.map((sku) => depletionOf(ground.prices, free.at(location.location_id, sku))),
              ),
        keep_apart: apart.keep_apart,
      },
      orders: contenders.map((contender) => orderOf(ground, contender, sites, { column, apart, dear })),
      capacities: sites.flatMap((site, index) => roomAt(ground, site, index, contenders, free)),
      wait: contenders.map(
        ({ demand }) => dear * TIMES_UNMET * demand.lines.reduce((sum, line) => sum + line.quantity, 0),
      ),
    },
  }
}

function orderOf(
  ground: Ground,
  { demand, guidance, options, delay_hours, max_parts, penalty }: Contender,
  sites: readonly Site[],
  { column, apart, dear }: { column: ReadonlyMap<string, number>; apart: Apart; dear: number },
): Order {
  const vocabulary = ground.networks.get(demand.network_id)?.vocabulary ?? new Map<string, number>()
  const at = new Map(options.map((candidate, index) => [candidate.site, { candidate, hours: delay_hours[index] ?? 0 }]))
  const ways = sites.map((site) => {
    const option = at.get(site)
    if (option === undefined || option.candidate.removed !== null) return null
    const { candidate, hours } = option
    const { rates, late } = laneOf(guidance, demand, candidate, max_parts === 1)
    const part =
      weighed(site.location.handling_per_order_minor, guidance.weight_handling) +
      liking(guidance, candidate) +
      candidate.load_minor
    const lane = {
      rates,
      carbon_part: 0,
      carbon_gram: carbonGram(candidate),
      handling_line: weighed(site.location.handling_per_line_minor, guidance.weight_handling),
      barred: demand.lines.flatMap((line, index) => (candidate.blocked.has(line.sku) ? [index] : [])),
    }
    return { lane, fixed: late + part + Math.min(hours, HOURS_AT_MOST) * dear }
  })
  return {
    lines: demand.lines.map((line) => ({
      sku: column.get(line.sku) ?? 0,
      quantity: line.quantity,
      weight_grams: line.weight_grams,
      volume_mm3: line.volume_mm3,
      value: line.value_minor,
      needs: bitsOf(line.handling_classes, vocabulary),
      kit: -1,
      hazard: apart.classOf(line),
    })),
    kits: [],
    lanes: ways.map((way) => way?.lane ?? null),
    lateness: ways.map((way) => way?.fixed ?? 0),
    split: {
      penalty: penalty + (guidance.whole_first ? dear * TIMES_PARTED : 0),
      max_parts,
      min_part_value: guidance.min_part_value,
      min_rest_value: guidance.min_rest_value,
      lines: !guidance.whole_lines,
    },
    unmet: demand.may_part && guidance.partial ? demand.lines.map(() => dear * TIMES_UNMET) : null,
    keep: guidance.safety_stock,
  }
}

// Slots with room for all the coming days together, and the orders a day that the rules allow where every order is under such a rule.
function roomAt(
  ground: Ground,
  { location }: Site,
  index: number,
  contenders: readonly Contender[],
  free: FreeStock,
): Capacity[] {
  const { location_id } = location
  const room = free.slots.room(
    location_id,
    contenders.some(({ options }) => options.some(({ urgent }) => urgent)),
  )
  const [none, one] = [free.slots.workOf(location_id, 0), free.slots.workOf(location_id, 1)]
  const limit = (room: number | null | undefined, per_part: number, per_line: number): Capacity[] =>
    room == null ? [] : [{ location: index, per_part, per_line, most: room }]
  // where rules differ the widest holds for all together, each for its own orders as they are placed
  const most = Math.max(...contenders.map(({ guidance }) => orderLimitAt(ground, guidance, location_id)))
  return [
    ...limit(room?.orders, 1, 0),
    ...limit(room?.lines, 0, 1),
    ...limit(room?.seconds, none.seconds, one.seconds - none.seconds),
    ...limit(most === Infinity ? null : Math.max(0, most - free.ordersAt(location_id)), 1, 0),
  ]
}
