// Live counts of tabs and saved views: bounded; what stopped counting says so.
import type { OrderListQuery, OrderTab } from '../../contracts/views-orders.ts'
import type { Tx } from '../../platform/db.ts'
import { listOrders } from './list-orders.ts'
import { countStates, savedViews } from './store-listing.ts'

const MOST = 1000
const VIEW_MOST = 200

/** Counts by tab and by saved view. Tabs that follow from states are counted in the index; the others by listing what little they hold. */
export async function countOrders(tx: Tx, mask: (name: string | null) => string | null) {
  const rows = await countStates(tx)
  const of = (...names: string[]) =>
    Math.min(
      MOST,
      rows.filter((row) => names.includes(row.state)).reduce((sum, row) => sum + row.count, 0),
    )
  const more: string[] = []
  const listed = async (name: string, query: OrderListQuery) => {
    const page = await listOrders(tx, query, null, VIEW_MOST, mask)
    if (page.next !== null) more.push(name)
    return page.items.length
  }
  const tabs: Partial<Record<OrderTab, number>> = {
    all: of('draft', 'placed', 'confirmed', 'closed', 'cancelled', 'rejected'),
    open: of('placed', 'confirmed'),
    held: of('held'),
    backordered: of('backordered'),
    closed: of('closed'),
    cancelled: of('cancelled', 'rejected'),
  }
  for (const tab of ['awaiting_payment', 'to_ship', 'shipped', 'delivered'] as const)
    tabs[tab] = await listed(tab, { tab })
  const views: Record<string, number> = {}
  for (const view of await savedViews(tx)) views[view.view_id] = await listed(view.view_id, queryOf(view.query))
  return { tabs, views, more }
}

function queryOf(stored: unknown): OrderListQuery {
  if (typeof stored !== 'object' || stored === null) return {}
  const text = (name: string) => {
    const value: unknown = Object.entries(stored).find(([key]) => key === name)?.[1]
    return typeof value === 'string' ? value : undefined
  }
  const q = text('q')
  const channel = text('channel')
  const sku = text('sku')
  const hold = text('hold')
  return {
    ...(q === undefined ? {} : { q }),
    ...(channel === undefined ? {} : { channel }),
    ...(sku === undefined ? {} : { sku }),
    ...(hold === undefined ? {} : { hold }),
  }
}
