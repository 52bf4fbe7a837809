// Orders that wait for a place, as a person looks at them: what trying again now would come to, where a place that failed is let in again, and from where they could leave above the rules. Nothing is locked or written.
import type { PlaceChoice, PlaceOutlook } from '../../contracts/hand.ts'
import type { Tx } from '../../platform/db.ts'
import { type OrderFacts, unitsIn } from '../orders/index.ts'
import { looksForPlace, waitsForGoods } from './allocate-orders.ts'
import { decideAll } from './decide-all.ts'
import { lookAtOrders, type Sight } from './look-at-orders.ts'
import { waitingDemand } from './make-demand.ts'
import { sendsFrom } from './send-from.ts'
import { outlookFor, placeOf } from './show-outlook.ts'
import { type RefusalRow, refusalsNow } from './store-refusals.ts'
import type { Guided } from './types.ts'
import { timesOf } from './write-decisions.ts'

export interface WaysOut {
  /** The version of the order that was looked at. */
  readonly version: number
  readonly again: PlaceOutlook
  /** With every place let in again that is out; null where none is. */
  readonly lifted: PlaceOutlook | null
}

export interface OwnWaysOut extends WaysOut {
  /** Places that are out for something that waits, each let in again; the most useful first. */
  readonly lift: readonly PlaceChoice[]
  /** Locations that could send it if what the rules leave out, or what failed before, is set aside; the cheapest first. */
  readonly send: readonly PlaceChoice[]
}

const LIFTS_AT_MOST = 5

/** Of those orders that look for a place: what trying again comes to where all of them try, by order. */
export async function waysOutOf(tx: Tx, orders: readonly OrderFacts[]): Promise<ReadonlyMap<string, WaysOut>> {
  const waiting = orders.filter(looksForPlace)
  if (waiting.length === 0) return new Map()
  const sight = await lookAtOrders(tx, waiting, waitingDemand)
  const ids = waiting.map((order) => order.order_id)
  const out = Map.groupBy(await refusalsNow(tx, ids), (row) => row.order_id)
  return new Map(waysOf(tx, sight, waiting, out))
}

/** The same of one order, with the choices that a person has; null where nothing of it looks for a place. */
export async function ownWaysOut(tx: Tx, order: OrderFacts): Promise<OwnWaysOut | null> {
  if (!looksForPlace(order)) return null
  const sight = await lookAtOrders(tx, [order], waitingDemand)
  const out = await refusalsNow(tx, [order.order_id])
  const [found] = waysOf(tx, sight, [order], new Map([[order.order_id, out]]))
  const [guided] = sight.guided
  if (found === undefined || guided === undefined) return null
  const [, ways] = found
  if (waitsForGoods(order)) return { ...ways, lift: [], send: [] }
  return {
    ...ways,
    lift: liftsOf(tx, sight, guided, ways, out),
    send: sendsFrom(sight, order, guided, ways.again, tx.now),
  }
}

function waysOf(
  tx: Tx,
  sight: Sight,
  orders: readonly OrderFacts[],
  out: ReadonlyMap<string, readonly RefusalRow[]>,
): [string, WaysOut][] {
  const held = new Set(orders.filter(waitsForGoods).map((order) => order.order_id))
  const able = sight.guided.filter(({ demand }) => !held.has(demand.order_id))
  const again = decidedAll(tx, sight, able)
  const let_in = able.flatMap((guided) => {
    const { demand } = guided
    const rows = (out.get(demand.order_id) ?? []).filter(isOutFor(demand))
    return rows.length === 0 ? [] : [without(guided, rows)]
  })
  const lifted = decidedAll(tx, sight, let_in)
  return orders.map((order) => [
    order.order_id,
    {
      version: order.version,
      again: again.get(order.order_id) ?? kept(sight, order),
      lifted: lifted.get(order.order_id) ?? null,
    },
  ])
}

// All of them at once: of what is scarce only one of them gets it.
function decidedAll(tx: Tx, sight: Sight, guided: readonly Guided[]): ReadonlyMap<string, PlaceOutlook> {
  const free = sight.free.copy()
  const decisions = decideAll(sight.ground, guided, free, tx.now)
  const { arrives } = timesOf(tx.now, free.booked)
  return new Map(decisions.map((decision) => [decision.demand.order_id, outlookFor(sight, decision, arrives)]))
}

// It leaves whole, and a part of it is not there yet.
function kept({ ground }: Sight, order: OrderFacts): PlaceOutlook {
  const units = unitsIn(order, 'reserved')
  return {
    ...{ currency: ground.currency, plan: null, units, unmet: units },
    ...{ because: 'shortage', stands: [], degraded: [] },
  }
}

/** Whether a refusal keeps a place out for something of this demand. */
export function isOutFor({
  lines,
}: {
  readonly lines: readonly { readonly line_no: number }[]
}): (row: RefusalRow) => boolean {
  return ({ line_no }) => line_no === null || lines.some((line) => line.line_no === line_no)
}

function without({ demand, guidances }: Guided, rows: readonly RefusalRow[]): Guided {
  const let_in = new Set(rows.map((row) => row.location_id))
  const excluded = [...demand.excluded].filter((place) => !let_in.has(place.slice(place.indexOf(' ') + 1)))
  return { guidances, demand: { ...demand, excluded: new Set(excluded) } }
}

// Each place that is out, let in again alone; and where several are, all of them.
function liftsOf(
  tx: Tx,
  sight: Sight,
  guided: Guided,
  { lifted }: WaysOut,
  out: readonly RefusalRow[],
): readonly PlaceChoice[] {
  const network = sight.ground.networks.get(guided.demand.network_id)?.sites ?? []
  const places = Map.groupBy(out.filter(isOutFor(guided.demand)), (row) => row.location_id)
  const each = [...places].flatMap(([location_id, rows]): PlaceChoice[] => {
    const site = network.find((one) => one.location.location_id === location_id)
    if (site === undefined) return []
    const outlook = decidedAll(tx, sight, [without(guided, rows)]).get(guided.demand.order_id)
    return outlook === undefined ? [] : [{ place: placeOf({ site }), set_aside: reasonsOf(rows), lets_in: [], outlook }]
  })
  const best = each.sort((a, b) => moreUseful(a.outlook, b.outlook)).slice(0, LIFTS_AT_MOST)
  if (best.length < 2 || lifted === null) return best
  const lets_in = [...places].map(([location_id, rows]) => {
    const site = network.find((one) => one.location.location_id === location_id)
    const name = site === undefined ? { location_id, name: location_id, name_zh: null } : placeOf({ site })
    return { ...name, until: endOf(rows) }
  })
  return [...best, { place: null, set_aside: [], lets_in, outlook: lifted }]
}

function reasonsOf(rows: readonly RefusalRow[]): PlaceChoice['set_aside'] {
  return [...Map.groupBy(rows, (row) => row.reason)].map(([code, mine]) => ({ code, until: endOf(mine) }))
}

// When the last of them ends by itself; null where one of them does not.
function endOf(rows: readonly RefusalRow[]): string | null {
  const ends = rows.flatMap(({ until }) => (until === null ? [] : [until.toISOString()]))
  return ends.length < rows.length ? null : (ends.toSorted().at(-1) ?? null)
}

function moreUseful(a: PlaceOutlook, b: PlaceOutlook): number {
  return a.unmet - b.unmet || (a.plan?.cost ?? Infinity) - (b.plan?.cost ?? Infinity) || 0
}
