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
import { locations, networks } from '../catalog/index.ts'
import * as inventory from '../inventory/index.ts'
import { findByNumber, loadOrders, type OrderFacts } from '../orders/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { promisedAt } from './make-demand.ts'
import { groundKinds, policyOf, urgentLevels } from './prepare-ground.ts'
import { lockedTo } from './store-hand.ts'
import {
  type CardRow,
  countCards,
  countCardsOf,
  countWaiting,
  firstCards,
  firstCardsOf,
  firstDue,
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
/** Of all columns together; a single one is counted to a thousand at most. */
const COUNTED_AT_MOST = 12_000
const COUNT_AT_MOST = 1000
const LIST = 'work-board'
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Columns in the order of their locations; beyond sixty those whose work has to leave first. */
export async function viewWorkBoard(tx: Tx, secrets: Secrets, query: WorkBoardQuery): Promise<WorkBoard> {
  const chosen = await chosenOrders(tx, query)
  const order_ids = chosen?.order_ids ?? null
  const asked = query.locations === undefined ? null : new Set(query.locations.split(','))
  const places = [...(await locations(tx)).values()].filter((place) => asked?.has(place.location_id) !== false)
  const ids = places.map((place) => place.location_id)
  const found = order_ids === null ? null : await countCardsOf(tx, order_ids, COUNT_AT_MOST)
  const due = new Map((found ?? (await firstDue(tx, ids))).map((row) => [row.location_id, row.ship_by.getTime()]))
  const dueAt = (place: { readonly location_id: string }) => due.get(place.location_id) ?? Number.MAX_SAFE_INTEGER
  const shown = places
    .filter((place) => place.state === 'open' || due.has(place.location_id) || asked !== null)
    .toSorted((a, b) => dueAt(a) - dueAt(b) || (a.location_id < b.location_id ? -1 : 1))
    .slice(0, COLUMNS_AT_MOST)
    .map((place) => place.location_id)
  const counted_to = Math.min(COUNT_AT_MOST, Math.floor(COUNTED_AT_MOST / Math.max(1, shown.length)))
  const counts = new Map(
    (found ?? (await countCards(tx, shown, counted_to))).map((row) => [row.location_id, row.count]),
  )
  const { items: columns } = await viewLoad(tx, LOAD_HOURS, new Set(shown))
  const rows = await cardsAfter(tx, order_ids, shown, null, FIRST_CARDS + 1)
  const waiting = await waitingCards(tx, order_ids, FIRST, FIRST_CARDS + 1)
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
        count: counts.get(location_id) ?? 0,
        ...pageOf(secrets, pages.get(location_id) ?? [], FIRST_CARDS, cards),
      }
    }),
    counted_to: found === null ? counted_to : COUNT_AT_MOST,
    left_out: places.length - columns.length,
    cut: chosen?.cut ?? false,
    waiting: {
      count: (await countWaiting(tx, order_ids))[0]?.count ?? 0,
      ...waitingPage(secrets, waiting, FIRST_CARDS, cards),
    },
  }
}

const LOAD_HOURS = 1

/** The next cards of a column, or of what waits for a place. */
export async function viewWorkCards(tx: Tx, secrets: Secrets, query: WorkCardQuery): Promise<WorkCards> {
  const limit = Math.min(query.limit ?? CARDS, 100)
  const order_ids = (await chosenOrders(tx, query))?.order_ids ?? null
  if (query.location === undefined) {
    const after = textPosition(secrets, `${LIST}:waiting`, query.cursor, 1)?.[0] ?? FIRST
    const rows = await waitingCards(tx, order_ids, after, limit + 1)
    return waitingPage(secrets, rows, limit, await describe(tx, [], rows.slice(0, limit)))
  }
  const [ship_by, fulfilment_id] = textPosition(secrets, LIST, query.cursor, 2) ?? []
  const after =
    ship_by === undefined || fulfilment_id === undefined ? null : { ship_by: new Date(ship_by), fulfilment_id }
  const rows = await cardsAfter(tx, order_ids, [query.location], after, limit + 1)
  return pageOf(secrets, rows, limit, await describe(tx, rows.slice(0, limit), []))
}

function cardsAfter(
  tx: Tx,
  order_ids: readonly string[] | null,
  location_ids: readonly string[],
  after: Parameters<typeof firstCards>[2],
  limit: number,
): Promise<CardRow[]> {
  return order_ids === null
    ? firstCards(tx, location_ids, after, limit)
    : firstCardsOf(tx, order_ids, location_ids, after, limit)
}

interface Chosen {
  readonly order_ids: readonly string[]
  /** There are more than are looked through. */
  readonly cut: boolean
}

// The orders that the filters leave, at most five thousand; null where nothing is filtered. Of a SKU those that still hold some of it.
async function chosenOrders(tx: Tx, { q, priority }: Pick<WorkBoardQuery, 'q' | 'priority'>): Promise<Chosen | null> {
  if (q === undefined && priority === undefined) return null
  const texts = q === undefined ? null : await meantBy(tx, q.trim())
  if (priority === undefined) return texts
  const raised = await raisedOrders(tx, priority, texts?.order_ids ?? null, ORDERS_AT_MOST + 1)
  const few = chosen(raised.map((row) => row.order_id))
  return { ...few, cut: few.cut || texts?.cut === true }
}

async function meantBy(tx: Tx, text: string): Promise<Chosen> {
  const byNumber = await findByNumber(tx, text, ORDERS_AT_MOST + 1)
  const bySku = await inventory.demandsOf(tx, text, [...(await networks(tx)).keys()], ORDERS_AT_MOST + 1)
  return chosen([...new Set([...byNumber, ...bySku.map((row) => row.demand_id)])])
}

function chosen(found: readonly string[]): Chosen {
  return { order_ids: found.slice(0, ORDERS_AT_MOST), cut: found.length > ORDERS_AT_MOST }
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
  const urgent_levels = urgentLevels(policyOf(await currentFacts(tx, groundKinds)).policy)
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
