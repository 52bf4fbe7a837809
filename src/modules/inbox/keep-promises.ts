// The fixes of a promise at risk: what would still keep it, as the preview shows it and as it is done; and telling the customer where nothing does.
import type { ApplyFix, FixCode, FixEffect } from '../../contracts/inbox.ts'
import { HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { checkWay, hasten, lookQuicker, type Quicker, type QuickerWay, type SeenWay } from '../allocation/index.ts'
import { personOf, recordEvents } from '../orders/index.ts'
import { inboxProblem } from './problems.ts'
import type { ItemRow } from './store-reading.ts'

type Item = Pick<ItemRow, 'kind' | 'source_id' | 'order_id'>

/** What an item's order could still do, where its promise is at risk; null where it is not. */
export async function outlookOf(tx: Tx, { kind, source_id, order_id }: Item): Promise<Quicker | null> {
  return kind !== 'promise' || order_id === null ? null : lookQuicker(tx, order_id, source_id)
}

const BY = { move_in_time: 'place', upgrade_service: 'service' } as const
type Hasty = keyof typeof BY

function isHasty(fix: FixCode): fix is Hasty {
  return fix in BY
}

/** The way of a fix; null where it changes none, undefined where it does not fit the work as it is. */
export async function wayFor(
  tx: Tx,
  fix: FixCode,
  item: Item,
  quicker: Quicker | null,
): Promise<FixEffect['way'] | undefined> {
  if (isHasty(fix)) {
    const way = quicker?.[BY[fix]] ?? null
    return way === null ? undefined : shown(way, quicker)
  }
  if (fix !== 'tell_customer') return null
  const late = lateWay(quicker)
  if (late === null || !(await canBeTold(tx, item))) return undefined
  return { ...shown(late, quicker), cost: null }
}

function shown(way: QuickerWay, quicker: Quicker | null): NonNullable<FixEffect['way']> {
  const { location_id, name, name_zh, service_name, cost, arrives_at } = way
  return {
    ...{ location_id, name, name_zh, cost },
    service: service_name,
    cost_now: quicker?.now?.cost ?? null,
    currency: quicker?.currency ?? '',
    arrives_now: quicker?.now?.arrives_at.toISOString() ?? null,
    arrives_at: arrives_at.toISOString(),
  }
}

// As it leaves now, where that is after the promise: a date that still keeps it is no news.
function lateWay(quicker: Quicker | null): QuickerWay | null {
  if (quicker === null || quicker.now === null || quicker.promised_at === null) return null
  return quicker.now.arrives_at > quicker.promised_at ? quicker.now : null
}

async function canBeTold(tx: Tx, { order_id }: Item): Promise<boolean> {
  const person = order_id === null ? null : await personOf(tx, order_id)
  return person !== null && person.email !== null && person.erased_at === null
}

/** What a person was shown of a way; null for nothing. */
export function seenOf(seen: ApplyFix['seen']): SeenWay | null {
  return seen === undefined ? null : { ...seen, arrives_at: new Date(seen.arrives_at) }
}

/** Does a fix of a promise; answers when the item comes back, null where the promise is kept now. Throws what it is refused for. */
export async function keepPromise(
  tx: Tx,
  item: ItemRow,
  { fix, reason, seen }: ApplyFix,
): Promise<{ comes_back_at: Date | null }> {
  const order_id = item.order_id ?? ''
  const said = seenOf(seen)
  if (isHasty(fix)) {
    await hasten(tx, order_id, { fulfilment_id: item.source_id, by: BY[fix], reason: reason ?? '', seen: said })
    return { comes_back_at: null }
  }
  const quicker = await outlookOf(tx, item)
  const late = lateWay(quicker)
  if (late === null || !(await canBeTold(tx, item))) throw inboxProblem('fix_unfit', { fix })
  const promised_at = quicker?.promised_at ?? null
  if (said !== null) await checkWay(tx, { ...late, promised_at }, said)
  const data = { arrives_at: late.arrives_at.toISOString(), promised_at: promised_at?.toISOString() ?? null }
  await recordEvents(tx, [{ order_id, type: 'order.delayed', data }])
  return { comes_back_at: later(late.ship_by, HOUR_MS) }
}
