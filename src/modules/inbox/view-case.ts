// One case, big: what it rests on, the order, the fixes that fit with what each would do, and what happened so far.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FixView, InboxCase } from '../../contracts/inbox.ts'
import type { ManyPreview } from '../../contracts/inbox-many.ts'
import type { Tx } from '../../platform/db.ts'
import { staysOf } from '../allocation/index.ts'
import { loadOrders, type OrderFacts } from '../orders/index.ts'
import { detailOf, fixesFor, fixRules, type SourceDetail } from './fixes.ts'
import { outlookOf } from './keep-promises.ts'
import { previewFix } from './preview-fix.ts'
import { inboxPolicy } from './read-policy.ts'
import { entriesOf, fulfilmentOf, type ItemRow, itemById, promiseOf, sourceDetail } from './store-reading.ts'
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

/** The same fixes for many items: how many each fits, and what it would do to all of them together. Throws item_unknown. */
export async function previewMany(
  tx: Tx,
  item_ids: readonly string[],
  permissions: ReadonlySet<string>,
): Promise<ManyPreview> {
  const ids = [...new Set(item_ids)]
  const sums = new Map<string, ManyPreview['fixes'][number]>()
  for (const item_id of ids) {
    const item = seen(await itemById(tx, item_id), item_id, permissions)
    const detail = detailOf((await sourceDetail(tx, item))?.detail)
    const [order] = item.order_id === null ? [] : await loadOrders(tx, [item.order_id], { lock: false })
    for (const view of await fixesOf(tx, item, { detail, order, permissions })) if (view.allowed) addEffect(sums, view)
  }
  return { items: ids.length, fixes: [...sums.values()].sort((a, b) => b.fits - a.fits) }
}

function addEffect(sums: Map<string, ManyPreview['fixes'][number]>, { fix, needs, effect }: FixView): void {
  const before = sums.get(fix) ?? { fix, needs, fits: 0, units_freed: 0, money: [], dearer: [], words: effect.words }
  const { money, way } = effect
  const refunded = money === null ? [] : [{ amount: money.refunded, currency: money.currency }]
  const dearer =
    way === null || way.cost === null || way.cost_now === null
      ? []
      : [{ amount: way.cost - way.cost_now, currency: way.currency }]
  sums.set(fix, {
    ...before,
    fits: before.fits + 1,
    units_freed: before.units_freed + effect.units_freed,
    money: summed([...before.money.map(({ refunded: amount, currency }) => ({ amount, currency })), ...refunded]).map(
      ({ amount, currency }) => ({ refunded: amount, currency }),
    ),
    dearer: summed([...before.dearer, ...dearer]),
  })
}

interface Sum {
  readonly amount: number
  readonly currency: string
}

function summed(amounts: readonly Sum[]): Sum[] {
  return [...Map.groupBy(amounts, (one) => one.currency)].map(([currency, mine]) => ({
    amount: mine.reduce((sum, one) => sum + one.amount, 0),
    currency,
  }))
}

interface Ground {
  readonly detail: SourceDetail
  readonly order: OrderFacts | undefined
  readonly permissions: ReadonlySet<string>
}

async function fixesOf(tx: Tx, item: ItemRow, { detail, order, permissions }: Ground): Promise<FixView[]> {
  const fixes: FixView[] = []
  const quicker = item.state === 'closed' ? null : await outlookOf(tx, item)
  for (const fix of item.state === 'closed' ? [] : fixesFor(item, detail)) {
    const { permit, needs, undo } = fixRules[fix]
    const allowed = permissions.has(permit)
    const effect = await previewFix(tx, fix, item, { order, quicker })
    if (effect === null) continue
    fixes.push({ fix, allowed, lacks: allowed ? null : permit, needs, undo, effect })
  }
  return fixes
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

type Words = NonNullable<Evidence['text']>

const ROOM: Words = { en: 'Tried again as soon as a location has room', zh: '任一仓点有余量时自动重试' }
const CARRIER: Words = { en: 'Tried again as soon as a carrier goes there', zh: '有承运商可送达时自动重试' }
const BY_HAND: Words = { en: 'Tried again only when a person asks', zh: '仅在人工要求时重试' }
const BY_CHANGE: Words = {
  en: 'Tried again when stock, locations, rates or rules change',
  zh: '库存、仓点、运费或规则变化时自动重试',
}

// When what waits for a place is tried again: by the clock, by what has stood in its way, else by a change.
async function triesOf(tx: Tx, item: ItemRow): Promise<Evidence[]> {
  if ((item.kind !== 'allocation' && item.kind !== 'special') || item.order_id === null) return []
  const stay = (await staysOf(tx, [item.order_id])).find(({ exception_id }) => exception_id === item.source_id)
  if (stay === undefined) return []
  const said = (text: Words): Evidence => ({ code: 'tried_when', value: null, text })
  if (stay.reason === 'too_many_attempts') return [said(BY_HAND)]
  const told = [
    ...say('tried_again', stay.try_again_at?.toISOString() ?? null),
    ...(stay.hindrances.includes('capacity') ? [said(ROOM)] : []),
    ...(stay.hindrances.some((name) => name === 'no_carrier' || name === 'out_of_area') ? [said(CARRIER)] : []),
  ]
  return told.length > 0 ? told : [said(BY_CHANGE)]
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
