// The order list's question lives in the address of the page, so that it can be shared, saved and gone back to.
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { OrderListQuery, OrderTab } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { usePaged } from '../parts/paged.ts'
import { dayAfter, instantIn } from '../parts/zoned-field.ts'
import { useZone } from '../text.ts'

export const tabs: readonly OrderTab[] = [
  'all',
  'open',
  'held',
  'awaiting_payment',
  'backordered',
  'to_ship',
  'shipped',
  'delivered',
  'closed',
  'cancelled',
]
export const commercials = ['draft', 'placed', 'confirmed', 'closed', 'cancelled', 'rejected'] as const
/** What of the address is a filter: everything but the tab, the search and the page's own state. */
export const filterNames = ['channel', 'commercial', 'hold', 'sku', 'placed_from', 'placed_to'] as const
export type FilterName = (typeof filterNames)[number]

const PAGE = 50

export interface ListQuestion {
  readonly params: URLSearchParams
  readonly tab: OrderTab
  readonly q: string
  readonly view: string | null
  readonly query: OrderListQuery
  set(changes: Readonly<Record<string, string | null>>): void
}

export function useListQuestion(): ListQuestion {
  const [params, setParams] = useSearchParams()
  const zone = useZone()
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'all'
  const q = params.get('q') ?? ''
  const set = (changes: Readonly<Record<string, string | null>>) => {
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === '') after.delete(name)
          else after.set(name, value)
        }
        return after
      },
      { replace: true },
    )
  }
  return { params, tab, q, view: params.get('view'), query: queryOf(params, tab, q, zone), set }
}

function queryOf(params: URLSearchParams, tab: OrderTab, q: string, zone: string): OrderListQuery {
  const commercial = commercials.find((one) => one === params.get('commercial'))
  const given = (name: FilterName) => params.get(name) ?? undefined
  return {
    tab,
    q: q === '' ? undefined : q,
    commercial,
    channel: given('channel'),
    hold: given('hold'),
    sku: given('sku'),
    placed_from: dayStart(given('placed_from'), 0, zone),
    placed_to: dayStart(given('placed_to'), 1, zone),
  }
}

/** A day of the filter as an instant: its beginning by the wall clock of a zone, or that of the day after. */
function dayStart(day: string | undefined, plus_days: number, zone: string): string | undefined {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) return undefined
  return instantIn(`${dayAfter(day, plus_days)}T00:00`, zone).toISOString()
}

/** Pages of orders; the first one stays live. */
export function useOrders(query: OrderListQuery) {
  return usePaged({
    key: ['orders', query],
    read: (cursor, signal) => ask('GET /orders', { query: { ...query, cursor, limit: PAGE }, signal }),
    live_ms: 10_000,
  })
}

export function useCounts() {
  return useQuery({ queryKey: ['orders', 'counts'], queryFn: () => ask('GET /orders/counts'), refetchInterval: 20_000 })
}

export function useSavedViews() {
  return useQuery({ queryKey: ['saved-views'], queryFn: () => ask('GET /saved-views'), staleTime: 60_000 })
}
