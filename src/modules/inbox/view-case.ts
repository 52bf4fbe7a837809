// One case, big: what it rests on, the order, the fixes that fit with what each would do, and what happened so far.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { InboxCase } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'
import { sayNextTry, staysOf } from '../allocation/index.ts'
import { loadOrders, type OrderFacts } from '../orders/index.ts'
import { detailOf, type SourceDetail } from './fixes.ts'
import { inboxPolicy } from './read-policy.ts'
import { entriesOf, fulfilmentOf, type ItemRow, itemById, promiseOf, sourceDetail } from './store-reading.ts'
import { fixesOf } from './view-fixes.ts'
import { itemView } from './view-list.ts'
import { seen } from './work-items.ts'

const LINES_AT_MOST = 50
const HISTORY_AT_MOST = 100
const REASONS_AT_MOST = 10

const BothWords = Compile(Type.Object({ en: Type.String(), zh: Type.String() }, { additionalProperties: true }))

/** The case of an item; one that these permissions do not see is not there. */
export async function viewCase(tx: Tx, item_id: string, permissions: ReadonlySet<string>): Promise<InboxCase> {
  const item = seen(await itemById(tx, item_id), item_id, permissions)
  const detail = detailOf((await sourceDetail(tx, item))?.detail)
  const [order] = item.order_id === null ? [] : await loadOrders(tx, [item.order_id], { lock: false })
  const evidence = [...evidenceOf(item, detail), ...(await triesOf(tx, item)), ...(await floorOf(tx, item))]
  const fixes = await fixesOf(tx, item, { detail, order, permissions })
  const history = await entriesOf(tx, item_id, HISTORY_AT_MOST)
  return {
    item: itemView(item, await inboxPolicy(tx), tx.now),
    evidence,
    order:
      order === undefined || !permissions.has('orders.read')
        ? null
        : orderView(order, await promiseOf(tx, order.order_id)),
    fixes,
    history: history.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })),
  }
}

type Evidence = InboxCase['evidence'][number]

const say = (code: string, value: string | null): Evidence[] =>
  value === null || value === '' ? [] : [{ code, value, text: null }]

function evidenceOf(item: ItemRow, detail: SourceDetail): Evidence[] {
  const reasons = (detail.reasons ?? []).slice(0, REASONS_AT_MOST).map((reason): Evidence => {
    const text: unknown = reason.text
    const value: unknown = reason.detail
    return {
      code: reason.code,
      value: typeof value === 'string' ? value : null,
      text: BothWords.Check(text) ? { en: text.en, zh: text.zh } : null,
    }
  })
  return [
    ...(reasons.length > 0 ? reasons : [{ code: item.reason, value: null, text: null }]),
    ...say('skus', detail.skus === undefined ? null : detail.skus.slice(0, 20).join(', ')),
    ...say('units', detail.units === undefined ? null : String(detail.units)),
    ...say('scan', detail.code ?? null),
    ...say('carrier', detail.carrier ?? null),
    ...say('channel', detail.channel ?? null),
    ...say('provider', detail.provider ?? null),
    ...say('cause', detail.cause ?? null),
    ...say('failure', detail.failure ?? null),
    ...say('step', detail.step ?? null),
    ...say('error', detail.error ?? null),
    ...say('attempts', detail.attempts === undefined ? null : String(detail.attempts)),
  ]
}

// When what waits for a place is tried again, and why then.
async function triesOf(tx: Tx, item: ItemRow): Promise<Evidence[]> {
  if ((item.kind !== 'allocation' && item.kind !== 'special') || item.order_id === null) return []
  const stay = (await staysOf(tx, [item.order_id])).find(({ exception_id }) => exception_id === item.source_id)
  if (stay === undefined) return []
  const { try_again_at, cancelled_at, says } = sayNextTry(stay)
  const times = [...say('tried_again', try_again_at), ...say('cancelled_at', cancelled_at)]
  return [...times, ...says.map((text) => ({ code: 'tried_when', value: null, text }))]
}

async function floorOf(tx: Tx, item: ItemRow): Promise<Evidence[]> {
  if (item.kind !== 'promise') return []
  const work = await fulfilmentOf(tx, item.source_id)
  if (work === undefined) return []
  return [
    ...say('location', work.location_id),
    ...say('stage', work.state),
    ...say('ship_by', work.ship_by.toISOString()),
    ...say('arrives_at', work.arrives_at?.toISOString() ?? null),
  ]
}

function orderView(order: OrderFacts, promised_at: Date | null): InboxCase['order'] {
  return {
    number: order.number,
    commercial: order.commercial,
    placed_at: order.placed_at.toISOString(),
    promised_at: promised_at?.toISOString() ?? null,
    total: Number(order.total),
    currency: order.currency,
    city: order.ship_city,
    lines: order.lines.slice(0, LINES_AT_MOST).map(({ line_no, sku, title, ordered, units }) => ({
      line_no,
      sku,
      title,
      ordered,
      waiting: units.reserved + units.backordered + units.open,
    })),
  }
}
