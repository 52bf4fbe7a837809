// An order that no single site can send whole: the cheapest set of sites by exact search, or as much as there is where it may part.
import {
  type Network,
  type Order,
  type RateCard,
  runnerUp,
  type Sourcing,
  sourceOrder,
} from '../../solvers/sourcing.ts'
import type { FreeStock } from './free-stock.ts'
import { bitsOf, type Ground } from './prepare-ground.ts'
import { bestOffer } from './price-parts.ts'
import type { Candidate, Demand } from './types.ts'

export interface Share {
  readonly candidate: Candidate
  readonly quantity: readonly number[]
}

export interface Split {
  /** The best set of shares, then the next best where one is known. */
  readonly plans: readonly (readonly Share[])[]
  readonly rest: readonly number[]
}

/** The search of one order stops after so many nodes and says what it has: an order of a thousand lines must not hold up a batch. */
const EFFORT = { max_nodes: 20_000 }
/** Dearer than any way to send a unit: left unmet only what nothing can send. */
const UNMET_PRICE = 1e12

/** Null where the order must not be split or nothing can be sent. */
export function splitOrder(
  ground: Ground,
  demand: Demand,
  candidates: readonly Candidate[],
  free: FreeStock,
): Split | null {
  const open = candidates.filter((candidate) => candidate.removed === null)
  if (open.length === 0) return null
  const covered = coveredWhole(demand, open, free)
  if (!covered && !demand.may_part) return null
  const { network, order } = problemOf(ground, demand, open, free, !covered)
  const best = sourceOrder(network, order, EFFORT)
  if (best.parts.length === 0) return fillInTurn(demand, open, free)
  const next = runnerUp(network, order, best, EFFORT)
  const plans = [best, next].filter(({ parts }) => parts.length > 0).map((answer) => sharesOf(answer, open))
  return { plans, rest: best.rest }
}

/** Units of a SKU that a site may give to this order; a line refused there takes its SKU out of that place for the whole order. */
function stockAt(candidate: Candidate, sku: string, free: FreeStock): number {
  return candidate.blocked.has(sku) ? 0 : free.at(candidate.site.location.location_id, sku)
}

/** Whether the sites together have every unit, by SKU. */
function coveredWhole(demand: Demand, open: readonly Candidate[], free: FreeStock): boolean {
  const wanted = new Map<string, number>()
  for (const line of demand.lines) wanted.set(line.sku, (wanted.get(line.sku) ?? 0) + line.quantity)
  return [...wanted].every(
    ([sku, units]) => open.reduce((sum, candidate) => sum + stockAt(candidate, sku, free), 0) >= units,
  )
}

function problemOf(
  ground: Ground,
  demand: Demand,
  open: readonly Candidate[],
  free: FreeStock,
  may_leave: boolean,
): { network: Network; order: Order } {
  const column = new Map<string, number>()
  for (const line of demand.lines) if (!column.has(line.sku)) column.set(line.sku, column.size)
  const vocabulary = ground.networks.get(demand.network_id)?.vocabulary ?? new Map<string, number>()
  const stock = open.flatMap((candidate) => [...column.keys()].map((sku) => stockAt(candidate, sku, free)))
  const whole = demand.lines.map((line) => line.quantity)
  return {
    network: {
      locations: open.map(({ site }) => ({
        capabilities: site.capabilities,
        handling_part: site.location.handling_per_order_minor,
        handling_line: site.location.handling_per_line_minor,
        load_part: 0,
        load_line: 0,
      })),
      skus: column.size,
      stock,
      depletion: null,
      keep_apart: [],
    },
    order: {
      lines: demand.lines.map((line) => ({
        sku: column.get(line.sku) ?? 0,
        quantity: line.quantity,
        weight_grams: line.weight_grams,
        volume_mm3: line.volume_mm3,
        value: 0,
        needs: bitsOf(line.handling_classes, vocabulary),
        kit: -1,
        hazard: 0,
      })),
      kits: [],
      lanes: open.map((candidate) => ({ rates: ratesOf(demand, candidate, whole), carbon_part: 0, carbon_gram: 0 })),
      lateness: null,
      split: {
        penalty: ground.policy.split_penalty_minor,
        max_parts: ground.policy.max_parts,
        min_part_value: 0,
        min_rest_value: 0,
        lines: true,
      },
      unmet: may_leave ? demand.lines.map(() => UNMET_PRICE) : null,
    },
  }
}

// The search prices each site by the service that is cheapest for all the goods; what is chosen is priced again by its own weight.
// Without rate cards a part costs its kilometres.
function ratesOf(demand: Demand, candidate: Candidate, whole: readonly number[]): RateCard {
  const offer = bestOffer(demand, candidate, whole)
  return (
    offer?.zone.steps ?? {
      upto_grams: [Number.MAX_SAFE_INTEGER],
      price: [Math.round(candidate.km ?? 0)],
      mm3_per_gram: 0,
    }
  )
}

function sharesOf(answer: Sourcing, open: readonly Candidate[]): Share[] {
  return answer.parts.flatMap((part) => {
    const candidate = open[part.location]
    return candidate === undefined ? [] : [{ candidate, quantity: part.quantity }]
  })
}

// The search ran out before it found any answer, or the parts allowed do not suffice: one site after the other gives what it has, the fullest first.
function fillInTurn(demand: Demand, open: readonly Candidate[], free: FreeStock): Split | null {
  const rest = demand.lines.map((line) => line.quantity)
  const shares: Share[] = []
  const drawn = new Map<string, number>()
  for (const candidate of open.toSorted((a, b) => b.units - a.units)) {
    const quantity = demand.lines.map((line, index) => {
      const place = `${candidate.site.location.location_id} ${line.sku}`
      const taken = Math.min(rest[index] ?? 0, stockAt(candidate, line.sku, free) - (drawn.get(place) ?? 0))
      drawn.set(place, (drawn.get(place) ?? 0) + taken)
      rest[index] = (rest[index] ?? 0) - taken
      return taken
    })
    if (quantity.some((units) => units > 0)) shares.push({ candidate, quantity })
  }
  const short = rest.some((units) => units > 0)
  return shares.length === 0 || (short && !demand.may_part) ? null : { plans: [shares], rest }
}
