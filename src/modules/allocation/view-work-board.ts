// The board of open work: which columns, and the first cards of each; all of it by index, however much is open.
import type {
  WorkBoard,
  WorkBoardQuery,
  WorkCard,
  WorkCardQuery,
  WorkCards,
  WorkColumn,
} from '../../contracts/hand-board.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { viewLoad } from '../capacity/index.ts'
import { findOrders, loadOrders, type OrderFacts } from '../orders/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { promisedAt } from './make-demand.ts'
import { groundKinds, groundOf } from './prepare-ground.ts'
import { lockedTo } from './store-hand.ts'
import {
  type CardRow,
  countCards,
  countCardsOf,
  countWaiting,
  firstCards,
  firstCardsOf,
  newestCosts,
  raisedOrders,
  type WaitingRow,
  waitingCards,
  workIn,
} from './store-work-board.ts'
import { isUrgent } from './urgency.ts'

const COLUMNS_AT_MOST = 60
const FIRST_CARDS = 12
const CARDS = 30
const ORDERS_AT_MOST = 5000
const LIST = 'work-board'
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Columns in the order of their locations; beyond sixty those with the most work. */
export async function viewWorkBoard(tx: Tx, secrets: Secrets, query: WorkBoardQuery): Promise<WorkBoard> {
  const chosen = await chosenOrders(tx, query)
  const load = await viewLoad(tx, LOAD_HOURS)
  const asked = query.locations === undefined ? null : new Set(query.locations.split(','))
  const places = load.items.filter((place) => asked === null || asked.has(place.location_id))
  const ids = places.map((place) => place.location_id)
  const counts = new Map(
    (await (chosen === null ? countCards(tx, ids) : countCardsOf(tx, chosen))).map((row) => [
      row.location_id,
      row.count,
    ]),
  )
  const countOf = (place: { readonly location_id: string }) => counts.get(place.location_id) ?? 0
  const shown = new Set(
    places
      .filter((place) => place.state === 'open' || countOf(place) > 0 || asked !== null)
      .toSorted((a, b) => countOf(b) - countOf(a))
      .slice(0, COLUMNS_AT_MOST),
  )
  const columns = places.filter((place) => shown.has(place))
  const rows = await cardsAfter(
    tx,
    chosen,
    columns.map((place) => place.location_id),
    null,
    FIRST_CARDS + 1,
  )
  const waiting = await waitingCards(tx, chosen, FIRST, FIRST_CARDS + 1)
  const pages = Map.groupBy(rows, (row) => row.location_id)
  const cards = await describe(
    tx,
    [...pages.values()].flatMap((page) => page.slice(0, FIRST_CARDS)),
    waiting.slice(0, FIRST_CARDS),
  )
  return {
    at: tx.now.toISOString(),
    currency: await currencyOf(tx),
    columns: columns.map((place): WorkColumn => {
      const { location_id, name, name_zh, state, working, next_cut_off, overdue_orders } = place
      return {
        ...{ location_id, name, name_zh, state, working, next_cut_off, overdue_orders },
        fill_percent: place.limited ? place.fill_percent : null,
        count: countOf(place),
        ...pageOf(secrets, pages.get(location_id) ?? [], FIRST_CARDS, cards),
      }
    }),
    left_out: places.length - columns.length,
    waiting: {
      count: (await countWaiting(tx, chosen))[0]?.count ?? 0,
      ...waitingPage(secrets, waiting, FIRST_CARDS, cards),
    },
  }
}

const LOAD_HOURS = 1

/** The next cards of a column, or of what waits for a place. */
export async function viewWorkCards(tx: Tx, secrets: Secrets, query: WorkCardQuery): Promise<WorkCards> {
  const limit = Math.min(query.limit ?? CARDS, 100)
  const chosen = await chosenOrders(tx, query)
  if (query.location === undefined) {
    const after = textPosition(secrets, `${LIST}:waiting`, query.cursor, 1)?.[0] ?? FIRST
    const rows = await waitingCards(tx, chosen, after, limit + 1)
    return waitingPage(secrets, rows, limit, await describe(tx, [], rows.slice(0, limit)))
  }
  const [ship_by, fulfilment_id] = textPosition(secrets, LIST, query.cursor, 2) ?? []
  const after =
    ship_by === undefined || fulfilment_id === undefined ? null : { ship_by: new Date(ship_by), fulfilment_id }
  const rows = await cardsAfter(tx, chosen, [query.location], after, limit + 1)
  return pageOf(secrets, rows, limit, await describe(tx, rows.slice(0, limit), []))
}

function cardsAfter(
  tx: Tx,
  chosen: readonly string[] | null,
  location_ids: readonly string[],
  after: Parameters<typeof firstCards>[2],
  limit: number,
): Promise<CardRow[]> {
  return chosen === null
    ? firstCards(tx, location_ids, after, limit)
    : firstCardsOf(tx, chosen, location_ids, after, limit)
}

// The orders that the filters leave, at most five thousand; null where nothing is filtered.
async function chosenOrders(
  tx: Tx,
  { q, priority }: Pick<WorkBoardQuery, 'q' | 'priority'>,
): Promise<readonly string[] | null> {
  const found = q === undefined ? null : await findOrders(tx, q, ORDERS_AT_MOST)
  if (priority === undefined) return found
  return (await raisedOrders(tx, priority, found, ORDERS_AT_MOST)).map((row) => row.order_id)
}

interface Described {
  readonly byWork: ReadonlyMap<string, readonly WorkCard[]>
  readonly byException: ReadonlyMap<string, WorkCard>
}

async function describe(tx: Tx, rows: readonly CardRow[], waiting: readonly WaitingRow[]): Promise<Described> {
  const work =
    rows.length === 0
      ? []
      : await workIn(
          tx,
          rows.map((row) => row.fulfilment_id),
        )
  const ids = [...new Set([...work, ...waiting].map((row) => row.order_id))]
  if (ids.length === 0) return { byWork: new Map(), byException: new Map() }
  const orders = new Map((await loadOrders(tx, ids, { lock: false })).map((order) => [order.order_id, order]))
  const costs = new Map((await newestCosts(tx, ids)).map((row) => [row.order_id, Number(row.cost)]))
  const locks = new Map((await lockedTo(tx, ids)).map((row) => [row.order_id, row.location_id]))
  const { urgent_levels } = groundOf(await currentFacts(tx, groundKinds), await currencyOf(tx))
  const common = (order: OrderFacts) => {
    const { order_id, number, version, priority, service_level } = order
    const promised_at = promisedAt(order.attributes)
    return {
      ...{ order_id, number, version, priority },
      urgent: isUrgent({ urgent_levels }, { priority, service_level, promised_at }, tx.now),
      promised_at: promised_at?.toISOString() ?? null,
      cost: costs.get(order_id) ?? null,
      locked: locks.get(order_id) ?? null,
    }
  }
  const rowOf = new Map(rows.map((row) => [row.fulfilment_id, row]))
  const cards = work.flatMap(({ fulfilment_id, order_id, units, lines, arrives_at }): WorkCard[] => {
    const [row, order] = [rowOf.get(fulfilment_id), orders.get(order_id)]
    if (row === undefined || order === undefined) return []
    const promised_at = promisedAt(order.attributes)
    return [
      {
        ...common(order),
        ...{ fulfilment_id, units, lines, state: row.state, reason: null },
        ship_by: row.ship_by.toISOString(),
        arrives_at: arrives_at?.toISOString() ?? null,
        late: row.ship_by < tx.now || (promised_at !== null && arrives_at !== null && arrives_at > promised_at),
      },
    ]
  })
  const byException = new Map(
    waiting.flatMap(({ exception_id, order_id, reason, units, lines }): [string, WorkCard][] => {
      const order = orders.get(order_id)
      if (order === undefined) return []
      const promised_at = promisedAt(order.attributes)
      const late = promised_at !== null && promised_at < tx.now
      return [
        [
          exception_id,
          {
            ...common(order),
            ...{ reason, units, lines, late },
            ...{ fulfilment_id: null, state: null, ship_by: null, arrives_at: null },
          },
        ],
      ]
    }),
  )
  return { byWork: Map.groupBy(cards, (card) => card.fulfilment_id ?? ''), byException }
}

function pageOf(secrets: Secrets, rows: readonly CardRow[], limit: number, { byWork }: Described): WorkCards {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    cards: page.flatMap((row) => byWork.get(row.fulfilment_id) ?? []).slice(0, 100),
    next_cursor:
      last === undefined ? null : encodeCursor(secrets, LIST, [last.ship_by.toISOString(), last.fulfilment_id]),
  }
}

function waitingPage(
  secrets: Secrets,
  rows: readonly WaitingRow[],
  limit: number,
  { byException }: Described,
): WorkCards {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    cards: page.flatMap((row) => byException.get(row.exception_id) ?? []),
    next_cursor: last === undefined ? null : encodeCursor(secrets, `${LIST}:waiting`, [last.exception_id]),
  }
}
