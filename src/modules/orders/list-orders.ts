// The order list: a search or a tab drives, the other filters narrow at most 5,000 candidates, pages go by order id.
import type { OrderListItem, OrderListQuery, OrderTab } from '../../contracts/views-orders.ts'
import type { Tx } from '../../platform/db.ts'
import * as payment from '../payment/index.ts'
import { axesOf } from './axes.ts'
import type { Commercial } from './machine.ts'
import { orderProblem } from './problems.ts'
import { keyRanges } from './search-terms.ts'
import { openHolds } from './store.ts'
import {
  findByKeys,
  findBySku,
  type ListedRow,
  listedRows,
  newestBackordered,
  newestHeld,
  newestInStates,
  newestOfSku,
  unitSums,
} from './store-listing.ts'

const CANDIDATES_AT_MOST = 5_000
/** Keys that the beginning of a word may fit; beyond that nobody can say quickly which are the newest. */
const KEYS_AT_MOST = 20_000
const CHUNK = 500
const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const EVERY: readonly Commercial[] = ['draft', 'placed', 'confirmed', 'closed', 'cancelled', 'rejected']

const statesOfTab: Readonly<Record<OrderTab, readonly Commercial[]>> = {
  all: EVERY,
  open: ['placed', 'confirmed'],
  held: EVERY,
  awaiting_payment: ['placed'],
  backordered: EVERY,
  to_ship: ['confirmed'],
  shipped: ['confirmed'],
  delivered: ['confirmed', 'closed'],
  closed: ['closed'],
  cancelled: ['cancelled', 'rejected'],
}

export interface Page {
  readonly items: readonly OrderListItem[]
  /** The order id to go on after; null on the last page. A page may be short, or empty, and go on all the same. */
  readonly next: string | null
}

/** A page of orders, newest first, after the order id `after`: at most 5,000 candidates are looked at, where they end the next page begins. Throws search_too_wide. */
export async function listOrders(
  tx: Tx,
  query: OrderListQuery,
  after: string | null,
  limit: number,
  mask: (name: string | null) => string | null,
): Promise<Page> {
  let before = after ?? NEWEST
  const found = query.q === undefined || query.q.trim() === '' ? null : await candidates(tx, query.q, before)
  const items: OrderListItem[] = []
  let ended = false
  for (
    let read = 0, size = limit + 1;
    !ended && read < CANDIDATES_AT_MOST && items.length <= limit;
    read += size, size = CHUNK
  ) {
    const ids =
      found === null
        ? await drive(tx, query, before, size)
        : [...found.keys()].filter((id) => id < before).slice(0, size)
    if (ids.length > 0) items.push(...(await describe(tx, ids, query, found, mask)))
    before = ids.at(-1) ?? before
    ended = ids.length < size && (found === null || found.size < CANDIDATES_AT_MOST)
    if (ids.length === 0) break
  }
  const page = items.slice(0, limit)
  if (items.length > limit) return { items: page, next: page.at(-1)?.order_id ?? null }
  return { items: page, next: ended ? null : before }
}

const IDENTIFIES: ReadonlySet<string> = new Set(['number', 'external_id', 'phone', 'email', 'tracking'])

async function candidates(tx: Tx, text: string, before: string): Promise<ReadonlyMap<string, string>> {
  const ranges = keyRanges(text)
  const [byKey, bySku] = await Promise.all([
    ranges.length === 0 ? [] : findByKeys(tx, ranges, before, CANDIDATES_AT_MOST, KEYS_AT_MOST),
    findBySku(tx, text.trim(), before, CANDIDATES_AT_MOST),
  ])
  const narrow = byKey.filter((row) => row.exact || row.scanned < KEYS_AT_MOST)
  // Who typed a whole number or phone means that one, however much else begins like it.
  if (narrow.length < byKey.length && !narrow.some((row) => row.exact && IDENTIFIES.has(row.kind)))
    throw orderProblem('search_too_wide', { keys_at_most: KEYS_AT_MOST })
  const newest = [...narrow, ...bySku].sort((a, b) => (a.order_id < b.order_id ? 1 : -1)).slice(0, CANDIDATES_AT_MOST)
  return new Map(newest.map((row) => [row.order_id, row.kind]))
}

async function drive(tx: Tx, query: OrderListQuery, before: string, size: number): Promise<string[]> {
  const tab = query.tab ?? 'all'
  if (tab === 'held' || query.hold !== undefined)
    return (await newestHeld(tx, query.hold ?? null, before, size)).map((row) => row.order_id)
  if (tab === 'backordered') return (await newestBackordered(tx, before, size)).map((row) => row.order_id)
  if (query.sku !== undefined) return (await newestOfSku(tx, query.sku, before, size)).map((row) => row.order_id)
  const states = query.commercial === undefined ? statesOfTab[tab] : [query.commercial]
  return (await newestInStates(tx, states, before, size)).map((row) => row.order_id)
}

async function describe(
  tx: Tx,
  ids: readonly string[],
  query: OrderListQuery,
  found: ReadonlyMap<string, string> | null,
  mask: (name: string | null) => string | null,
): Promise<OrderListItem[]> {
  const rows = await listedRows(tx, ids, {
    channel: query.channel ?? null,
    commercial: query.commercial ?? null,
    from: query.placed_from === undefined ? null : new Date(query.placed_from),
    to: query.placed_to === undefined ? null : new Date(query.placed_to),
  })
  if (rows.length === 0) return []
  const kept = rows.map((row) => row.order_id)
  const [sums, holds, balances] = await Promise.all([
    unitSums(tx, kept),
    openHolds(tx, kept),
    payment.balances(tx, kept),
  ])
  const unitsBy = new Map(sums.map((row) => [row.order_id, row]))
  const holdsBy = Map.groupBy(holds, (hold) => hold.order_id)
  return rows.flatMap((row) => {
    const units = unitsBy.get(row.order_id)
    const mine = holdsBy.get(row.order_id) ?? []
    const axes = axesOf(row, units, balances.get(row.order_id) ?? [], mine.length > 0)
    if (!fitsTab(query.tab ?? 'all', row, units, mine.length > 0, axes.money)) return []
    const matched = matchKind(found?.get(row.order_id))
    const item: OrderListItem = {
      ...listed(row, mask),
      axes,
      holds: [...new Set(mine.map((hold) => hold.kind))],
      units: units?.units ?? 0,
      line_count: units?.line_count ?? 0,
      first_title: units?.first_title ?? null,
    }
    return [matched === undefined ? item : { ...item, matched }]
  })
}

function listed(row: ListedRow, mask: (name: string | null) => string | null) {
  const { commercial: _commercial, total, placed_at, customer_name, ...rest } = row
  return {
    ...rest,
    total: Number(total),
    placed_at: placed_at.toISOString(),
    customer_name: mask(customer_name),
    promised_at: null,
  }
}

function matchKind(kind: string | undefined): OrderListItem['matched'] {
  if (kind === 'phone_tail') return 'phone'
  return kind === 'number' ||
    kind === 'external_id' ||
    kind === 'phone' ||
    kind === 'name' ||
    kind === 'sku' ||
    kind === 'tracking'
    ? kind
    : undefined
}

function fitsTab(
  tab: OrderTab,
  row: ListedRow,
  units: Awaited<ReturnType<typeof unitSums>>[number] | undefined,
  held: boolean,
  money: string,
): boolean {
  if (!statesOfTab[tab].includes(row.commercial)) return false
  const gone =
    (units?.shipped ?? 0) +
    (units?.delivered ?? 0) +
    (units?.came_back ?? 0) +
    (units?.going_back ?? 0) +
    (units?.lost ?? 0) +
    (units?.cancelled ?? 0)
  if (tab === 'held') return held
  if (tab === 'awaiting_payment') return ['unpaid', 'pending'].includes(money)
  if (tab === 'backordered') return (units?.backordered ?? 0) > 0
  if (tab === 'to_ship') return gone < (units?.units ?? 0)
  if (tab === 'shipped') return (units?.shipped ?? 0) > 0
  if (tab === 'delivered') return (units?.delivered ?? 0) > 0 && (units?.shipped ?? 0) === 0
  return true
}
