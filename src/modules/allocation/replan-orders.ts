// Planning without some locations: where what lies there would leave from instead, what that costs and when it arrives, before and after. Nothing is written.
import { setImmediate } from 'node:timers/promises'
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'
import type { OrderFacts } from '../orders/index.ts'
import { attemptsOf } from './allocate-orders.ts'
import { decideAll } from './decide-all.ts'
import { samePlaces, undecided } from './decide-plainly.ts'
import { reasonOf } from './find-reason.ts'
import { FreeStock } from './free-stock.ts'
import { lookAtOrders } from './look-at-orders.ts'
import { lookAtSites } from './look-at-sites.ts'
import { demandOf } from './make-demand.ts'
import { degradedKindsOf } from './mark-degraded.ts'
import { type Ground, type Stop, withStop } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import { decide, takeFrom } from './rules.ts'
import type { Decision, Guided, Plan } from './types.ts'
import { timesOf } from './write-decisions.ts'

/** Units of an order line that lie allocated at a location. */
export interface HeldPlace {
  readonly location_id: string
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
}

/** Freight and handling in minor units of the base currency, and when the last part arrives; null where not known. */
export interface Outlook {
  readonly cost: number | null
  readonly arrives_at: Date | null
}

export interface Replanned {
  readonly order_id: string
  readonly promised_at: Date | null
  readonly units: number
  readonly unmet: number
  readonly before: Outlook
  readonly after: Outlook
  readonly targets: readonly { readonly location_id: string; readonly units: number }[]
  /** Why something stays without a place; null where nothing does. */
  readonly because: string | null
}

/** As many as the step takes at once: those contend as they will when they are moved. */
const ORDERS_AT_A_TIME = 200

/** Plans anew what these orders hold at the stopped locations, in the order in which they would choose; `held` by order. `degraded`: what it stands on is last good values. */
export async function replan(
  tx: Tx,
  orders: readonly OrderFacts[],
  held: ReadonlyMap<string, readonly HeldPlace[]>,
  locations: ReadonlySet<string>,
  stop: Pick<Stop, 'from' | 'until'>,
): Promise<{ currency: string; orders: Replanned[]; degraded: DegradedKind[] }> {
  const planning = await prepare(tx, orders, held, (present) =>
    withStop(present, locations, { ...stop, version_id: '' }),
  )
  const { present, ground, guided, free, isBounded, footing } = planning
  const planned: Replanned[] = []
  for (let from = 0; from < guided.length; from += ORDERS_AT_A_TIME) {
    await setImmediate()
    const some = guided.slice(from, from + ORDERS_AT_A_TIME)
    const stuck = some.filter(isBounded).map(({ demand }) => undecided(demand))
    const able = some.filter((one) => !isBounded(one))
    const decided = new Map([...decideAll(ground, able, free, tx.now), ...stuck].map((one) => [one.demand, one]))
    for (const one of some) {
      const decision = decided.get(one.demand) ?? undecided(one.demand)
      const before = presentPlan(present, one, decision, held.get(one.demand.order_id) ?? [], tx.now)
      planned.push(replannedOf(ground, decision, stuck.includes(decision), before, free, tx.now))
    }
  }
  return { currency: ground.currency, orders: planned, degraded: degradedKindsOf(footing) }
}

/** What these orders hold, priced anew where it lies, and the best there is for each with what it holds given back; none takes what another holds. */
export async function reprice(
  tx: Tx,
  orders: readonly OrderFacts[],
  held: ReadonlyMap<string, readonly HeldPlace[]>,
): Promise<{ policy: Ground['policy']; orders: Replanned[] }> {
  const { present, guided, free } = await prepare(tx, orders, held)
  const priced = guided.map((one) => {
    const mine = held.get(one.demand.order_id) ?? []
    const start = free.mark()
    for (const { location_id, sku, quantity } of mine) free.hold(location_id, sku, quantity)
    const decision = decide(present, one, free, tx.now)
    takeFrom(free, decision)
    const before = presentPlan(present, one, decision, mine, tx.now)
    const outlook = replannedOf(present, decision, false, before, free, tx.now)
    // what it holds is not free for others until it has left
    free.rewind(start)
    if (!samePlaces(before, decision.plan)) takeFrom(free, decision)
    return outlook
  })
  return { policy: present.policy, orders: priced }
}

// Everything that planning stands on; `change` makes the ground to plan on from that of today.
async function prepare(
  tx: Tx,
  orders: readonly OrderFacts[],
  held: ReadonlyMap<string, readonly HeldPlace[]>,
  change?: (present: Ground) => Ground,
) {
  const sight = await lookAtOrders(
    tx,
    orders,
    (ground, order, marks, skuOf) => {
      const mine = Map.groupBy(held.get(order.order_id) ?? [], (place) => place.line_no)
      return demandOf(ground, order, marks, skuOf, (line) =>
        (mine.get(line.line_no) ?? []).reduce((sum, place) => sum + place.quantity, 0),
      )
    },
    change,
  )
  const isBounded = ({ demand }: Guided) =>
    attemptsOf(sight.marksOfOrder(demand.order_id)) >= sight.ground.policy.attempts_at_most
  return { ...sight, isBounded }
}

// What it costs from where it lies, by today's rates and the rule that would decide it.
function presentPlan(
  ground: Ground,
  { demand, guidances }: Guided,
  decision: Decision,
  held: readonly HeldPlace[],
  at: Date,
): Plan | null {
  const guidance = decision.guidance ?? guidances[0]
  if (guidance === undefined) return null
  const there = new FreeStock()
  for (const { location_id, sku, quantity } of held)
    there.add(location_id, sku, there.at(location_id, sku) + quantity + guidance.safety_stock)
  const places = Map.groupBy(held, (place) => place.location_id)
  const parts = lookAtSites(ground, guidance, { ...demand, excluded: new Set() }, there, at).flatMap((candidate) => {
    const mine = places.get(candidate.site.location.location_id)
    if (mine === undefined) return []
    const quantity = demand.lines.map((line) =>
      mine.reduce((sum, place) => (place.line_no === line.line_no ? sum + place.quantity : sum), 0),
    )
    return [partOf(guidance, demand, candidate, quantity)]
  })
  return parts.length < places.size ? null : planOf(parts, 0)
}

function replannedOf(
  ground: Ground,
  decision: Decision,
  bounded: boolean,
  before: Plan | null,
  free: FreeStock,
  at: Date,
): Replanned {
  const { demand, plan, rest } = decision
  const unmet = rest.reduce((sum, units) => sum + units, 0)
  const times = timesOf(at, free.booked)
  const outlook = (one: Plan | null): Outlook =>
    one === null || one.parts.length === 0 || (!ground.unpriced && one.parts.some((part) => part.offer === null))
      ? { cost: null, arrives_at: null }
      : {
          cost: Math.round(one.parts.reduce((sum, part) => sum + part.shipping + part.handling, 0)),
          arrives_at: times.arrives(one),
        }
  return {
    order_id: demand.order_id,
    promised_at: demand.promised_at,
    units: demand.lines.reduce((sum, line) => sum + line.quantity, 0),
    unmet,
    before: outlook(before),
    after: outlook(plan),
    targets: (plan?.parts ?? []).map(({ candidate, quantity }) => ({
      location_id: candidate.site.location.location_id,
      units: quantity.reduce((sum, units) => sum + units, 0),
    })),
    because: unmet === 0 ? null : bounded ? 'too_many_attempts' : reasonOf(ground, decision),
  }
}
