// The fixes that give what waits a place: what each comes to, as the preview shows it.
import type { PlaceOutlook } from '../../contracts/hand.ts'
import type { FixCode, FixEffect } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'
import { type OwnWaysOut, ownWaysOut, type WaysOut, waysOutOf } from '../allocation/index.ts'
import type { OrderFacts } from '../orders/index.ts'
import type { ItemRow } from './store-reading.ts'

/** Of one order with its choices; of one among many without. */
export type Ways = WaysOut & Partial<OwnWaysOut>

const placing = ['try_again', 'lift_exclusion', 'send_from'] as const
export type Placing = (typeof placing)[number]

/** Whether a fix looks for a place. */
export function isPlacing(fix: FixCode): fix is Placing {
  return placing.some((one) => one === fix)
}

function looks({ kind }: Pick<ItemRow, 'kind'>): boolean {
  return kind === 'allocation' || kind === 'special'
}

/** What an item's order could do, where it waits for a place; null where it does not. */
export async function waysFor(tx: Tx, item: ItemRow, order: OrderFacts | undefined): Promise<Ways | null> {
  return order === undefined || !looks(item) ? null : ownWaysOut(tx, order)
}

/** The same of many items at once, by order: as if all of them tried. */
export async function waysForMany(
  tx: Tx,
  items: readonly ItemRow[],
  orders: ReadonlyMap<string, OrderFacts>,
): Promise<ReadonlyMap<string, Ways>> {
  const asked = new Set(items.filter(looks).flatMap((item) => item.order_id ?? []))
  return waysOutOf(
    tx,
    [...asked].flatMap((order_id) => orders.get(order_id) ?? []),
  )
}

type Placed = Pick<FixEffect, 'promise' | 'outlook' | 'choices' | 'version'>

/** What a fix comes to; null where it does not fit. Of many at once a place is not chosen for each. */
export function placedBy(fix: Placing, ways: Ways | null): Placed | null {
  if (ways === null) return null
  const { version, again, lifted, lift = [], send = [] } = ways
  if (fix === 'try_again') return { promise: promiseOf(again), outlook: again, choices: [], version }
  const choices = fix === 'send_from' ? send : lift
  const outlook = choices[0]?.outlook ?? (fix === 'lift_exclusion' ? lifted : null)
  return outlook === null ? null : { promise: promiseOf(outlook), outlook, choices: [...choices], version }
}

function promiseOf({ plan, unmet }: PlaceOutlook): FixEffect['promise'] {
  if (plan === null || unmet > 0) return 'unknown'
  return plan.late === null ? 'none' : plan.late ? 'later' : 'kept'
}

/** Whether it gives anything a place. */
export function helps({ outlook }: Pick<FixEffect, 'outlook'>): boolean {
  return outlook?.plan != null
}
