// How the orders of an import stand: by commercial state, the money that the books have of them, their units, and why any of them is not at its end.
import { ordersOfRun } from '../modules/intake/index.ts'
import { loadOrders, type OrderFacts } from '../modules/orders/index.ts'
import { balances } from '../modules/payment/index.ts'
import { formatMinor } from '../platform/money.ts'
import type { Context } from '../platform/runtime.ts'

export interface Standing {
  /** Orders by commercial state, with what their customers owe together. */
  readonly orders: Readonly<Record<string, { readonly count: number; readonly total: string }>>
  /** What the books say of money, all orders together. */
  readonly money: { readonly total: string; readonly captured: string; readonly refunded: string }
  /** Units of all lines by where they are. */
  readonly units: Readonly<Record<string, number>>
  /** Orders that are not at their end, by what they wait for. */
  readonly waiting: Readonly<Record<string, number>>
}

/** What an order waits for where nothing says it: the import ends with exit code 1. */
export const UNKNOWN = 'no stated reason'

const PAGE = 200
const ENDS: ReadonlySet<string> = new Set(['closed', 'cancelled', 'rejected'])

/** Reads all orders of an import, 200 at a time. */
export async function standingOf(context: Context, run_id: string, currency: string): Promise<Standing> {
  const totals = new Map<string, { count: number; total: bigint }>()
  const units = new Map<string, number>()
  const waiting = new Map<string, number>()
  const money = { total: 0n, captured: 0n, refunded: 0n }
  for await (const ids of pagesOf(context, run_id)) {
    const [orders, paid] = await context.transaction(
      async (tx) => [await loadOrders(tx, ids, { lock: false }), await balances(tx, ids)] as const,
    )
    for (const order of orders) {
      const sum = totals.get(order.commercial) ?? { count: 0, total: 0n }
      totals.set(order.commercial, { count: sum.count + 1, total: sum.total + order.total })
      money.total += order.total
      for (const line of order.lines)
        for (const [bucket, count] of Object.entries(line.units)) if (count > 0) add(units, bucket, count)
      if (ENDS.has(order.commercial)) continue
      const isPaid = (paid.get(order.order_id) ?? []).every((balance) => balance.state !== 'pending')
      add(waiting, waitsFor(order, isPaid), 1)
    }
    for (const { captured, refunded } of [...paid.values()].flat()) {
      money.captured += captured
      money.refunded += refunded
    }
  }
  const written = (amount: bigint) => formatMinor(amount, currency)
  return {
    orders: Object.fromEntries(
      [...totals].map(([state, { count, total }]) => [state, { count, total: written(total) }]),
    ),
    money: { total: written(money.total), captured: written(money.captured), refunded: written(money.refunded) },
    units: Object.fromEntries(units),
    waiting: Object.fromEntries(waiting),
  }
}

async function* pagesOf(context: Context, run_id: string): AsyncGenerator<string[]> {
  for (let after = 0; ; ) {
    const rows = await context.transaction((tx) => ordersOfRun(tx, run_id, after, PAGE))
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => row.order_id)
    after = last.group_no
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count)
}

/** What an order that is not at its end waits for, the earliest obstacle first. */
export function waitsFor(order: OrderFacts, isPaid: boolean): string {
  const kinds = [...new Set(order.holds.map((hold) => hold.kind))].sort()
  if (kinds.length > 0) return `held: ${kinds.join(', ')}`
  const has = (bucket: keyof OrderFacts['lines'][number]['units']) => order.lines.some((line) => line.units[bucket] > 0)
  if (has('backordered')) return 'backordered: not enough stock'
  if (!isPaid) return 'payment is pending'
  if (has('reserved')) return 'reserved, no location found that can send it (GET /allocation/exceptions says why)'
  if (has('allocated') || has('released') || has('picked') || has('packed')) return 'in the warehouse'
  if (has('shipped')) return 'on its way to the customer'
  return UNKNOWN
}
