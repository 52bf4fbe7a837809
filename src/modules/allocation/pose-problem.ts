// An order, the locations that are open to it and a rule, as the exact solver takes them: prices by weight, handling, lateness, limits.
import type { Network, Order, RateCard } from '../../solvers/sourcing.ts'
import { parcelsFor, ratePrice } from '../../solvers/sourcing-cost.ts'
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { apartOf } from './keep-apart.ts'
import { bitsOf, type Ground } from './prepare-ground.ts'
import { bestOffer, goodsOf, liking, parcelsOf, weighed } from './price-parts.ts'
import type { Candidate, Demand, Way } from './types.ts'

/** Dearer than any way to send a unit: left unmet only what nothing can send. */
const UNMET_PRICE = 1e12
/** Of two places that cost the same the nearer one wins, then the first by name: a hair on the price, far below a minor unit. */
const HAIR = 1e-5
/** Without rate cards a place costs its kilometres, and they outweigh its handling. */
export const PER_KM = 1000
const STEPS_AT_MOST = 300

export interface Wish {
  readonly max_parts: number
  /** Units may stay unmet. */
  readonly may_leave: boolean
}

export interface Posed {
  readonly network: Network
  readonly order: Order
  /** Whether the prices are those of every service at every weight; otherwise the answer is the best found. */
  readonly exact: boolean
}

/** Units of a SKU that a site may give to this order; a line refused there takes its SKU out of that place for the whole order. */
export function stockAt(guidance: Guidance, candidate: Candidate, sku: string, free: FreeStock): number {
  if (candidate.blocked.has(sku)) return 0
  return free.beyond(candidate.site.location.location_id, sku, guidance.safety_stock)
}

/** The problem of one order; `open` are the candidates that nothing has removed, the nearest first. */
export function poseProblem(
  ground: Ground,
  guidance: Guidance,
  demand: Demand,
  open: readonly Candidate[],
  free: FreeStock,
  wish: Wish,
): Posed {
  const { columns, skus, stock } = goodsAt(guidance, demand, open, free, wish.max_parts === 1)
  const vocabulary = ground.networks.get(demand.network_id)?.vocabulary ?? new Map<string, number>()
  const apart = apartOf(ground, [demand])
  const lanes = open.map((candidate) => laneOf(guidance, demand, candidate, wish.max_parts === 1))
  return {
    exact: lanes.every((lane) => lane.exact),
    network: {
      locations: open.map((candidate, place) => ({
        capabilities: candidate.site.capabilities,
        handling_part: weighed(candidate.site.location.handling_per_order_minor, guidance.weight_handling),
        handling_line: weighed(candidate.site.location.handling_per_line_minor, guidance.weight_handling),
        load_part: liking(guidance, candidate) + candidate.load_minor + place * HAIR,
        load_line: 0,
      })),
      skus,
      stock,
      depletion: ground.prices.depletion === 0 ? null : scarcityOf(open, columns, skus),
      keep_apart: apart.keep_apart,
    },
    order: {
      lines: demand.lines.map((line, index) => ({
        sku: columns[index] ?? 0,
        quantity: line.quantity,
        weight_grams: line.weight_grams,
        volume_mm3: line.volume_mm3,
        value: line.value_minor,
        needs: bitsOf(line.handling_classes, vocabulary),
        kit: -1,
        hazard: apart.classOf(line),
      })),
      kits: [],
      lanes: lanes.map(({ rates }, place) => ({ rates, carbon_part: 0, carbon_gram: carbonGram(open[place]) })),
      lateness: lanes.map(({ late }) => late),
      split: {
        // what no second part can be worth ends the search at the first look
        penalty: wish.max_parts === 1 ? UNMET_PRICE : (guidance.split_penalty ?? ground.policy.split_penalty_minor),
        max_parts: wish.max_parts,
        min_part_value: guidance.min_part_value,
        min_rest_value: guidance.min_rest_value,
        lines: !guidance.whole_lines,
      },
      unmet: wish.may_leave ? demand.lines.map(() => UNMET_PRICE) : null,
    },
  }
}

// Lines of one SKU draw on the same stock. Where one place sends all, the look at the sites has shared it out already, and each line stands alone.
function goodsAt(
  guidance: Guidance,
  demand: Demand,
  open: readonly Candidate[],
  free: FreeStock,
  whole_only: boolean,
): { columns: readonly number[]; skus: number; stock: readonly number[] } {
  if (whole_only)
    return {
      columns: demand.lines.map((_line, index) => index),
      skus: demand.lines.length,
      stock: open.flatMap((candidate) => candidate.can),
    }
  const column = new Map<string, number>()
  for (const line of demand.lines) if (!column.has(line.sku)) column.set(line.sku, column.size)
  return {
    columns: demand.lines.map((line) => column.get(line.sku) ?? 0),
    skus: column.size,
    stock: open.flatMap((candidate) => [...column.keys()].map((sku) => stockAt(guidance, candidate, sku, free))),
  }
}

function scarcityOf(open: readonly Candidate[], columns: readonly number[], skus: number): number[] {
  const prices = new Array<number>(open.length * skus).fill(0)
  open.forEach(({ depletion }, place) => {
    columns.forEach((column, index) => {
      prices[place * skus + column] = depletion[index] ?? 0
    })
  })
  return prices
}

/** What the CO₂ of a gram of goods costs from there. */
export function carbonGram(candidate: Candidate | undefined): number {
  return candidate === undefined ? 0 : candidate.emits.gram * candidate.emits.price
}

interface Priced {
  readonly rates: RateCard
  readonly late: number
  readonly exact: boolean
}

function flat(price: number): RateCard {
  return { upto_grams: [Number.MAX_SAFE_INTEGER], price: [price], mm3_per_gram: 0 }
}

/** What the cheapest service from there charges at each weight, with the CO₂ of its parcels. An order that leaves whole has one weight only. */
export function laneOf(guidance: Guidance, demand: Demand, candidate: Candidate, whole_only: boolean): Priced {
  const [only, ...others] = candidate.ways
  const parcel = candidate.emits.parcel * candidate.emits.price
  if (only === undefined)
    return { rates: flat(Math.round((candidate.km ?? 0) * PER_KM) + parcel), late: 0, exact: true }
  const goods = goodsOf(
    demand,
    demand.lines.map((line) => line.quantity),
  )
  if (others.length === 0)
    return { rates: withParcel(only.zone.steps, guidance, parcel), late: only.late_minor, exact: true }
  const best = bestOffer(guidance, candidate, goods)
  if (best === null) return { rates: flat(0), late: 0, exact: false }
  if (whole_only) {
    const parcels = parcelsOf(demand, { quantity: demand.lines.map((line) => line.quantity), offer: best })
    const rates = flat(weighed(best.amount, guidance.weight_shipping) + parcels * parcel)
    return { rates, late: best.late_minor, exact: true }
  }
  const { mm3_per_gram } = best.zone.steps
  const alike = candidate.ways.filter((way) => way.zone.steps.mm3_per_gram === mm3_per_gram)
  const grams = Math.max(goods.weight_grams, mm3_per_gram > 0 ? goods.volume_mm3 / mm3_per_gram : 0)
  const rates = cheapestAt(alike, guidance, grams, parcel)
  if (rates === null)
    return { rates: withParcel(best.zone.steps, guidance, parcel), late: best.late_minor, exact: false }
  return { rates, late: 0, exact: alike.length === candidate.ways.length }
}

// The card as the rule weighs it, with what each parcel costs besides.
function withParcel(steps: RateCard, { weight_shipping }: Guidance, parcel: number): RateCard {
  if (weight_shipping === 100 && parcel === 0) return steps
  return { ...steps, price: steps.price.map((one) => weighed(one, weight_shipping) + parcel) }
}

// Each service's price is a staircase over the weight; the lowest of them is one too, exact up to the weight of the whole order.
function cheapestAt(ways: readonly Way[], guidance: Guidance, grams: number, parcel: number): RateCard | null {
  const marks = new Set([Math.max(1, grams)])
  for (const { zone } of ways) {
    const { upto_grams } = zone.steps
    const heaviest = upto_grams.at(-1) ?? 1
    for (let full = 0; full < parcelsFor(zone.steps, grams); full++) {
      for (const upto of upto_grams) if (full * heaviest + upto < grams) marks.add(full * heaviest + upto)
      if (marks.size > STEPS_AT_MOST) return null
    }
  }
  const upto_grams = [...marks].sort((a, b) => a - b)
  const cards = ways.map(({ zone, late_minor }) => ({ steps: withParcel(zone.steps, guidance, parcel), late_minor }))
  const price = upto_grams.map((upto) =>
    Math.min(...cards.map(({ steps, late_minor }) => ratePrice(steps, upto) + late_minor)),
  )
  return { upto_grams, price, mm3_per_gram: ways[0]?.zone.steps.mm3_per_gram ?? 0 }
}
