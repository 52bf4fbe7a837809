// The fixes that fit an item, or many, with what each would do: those that help first.
import type { FixView } from '../../contracts/inbox.ts'
import type { ManyPreview } from '../../contracts/inbox-many.ts'
import type { Tx } from '../../platform/db.ts'
import { loadOrders, type OrderFacts } from '../orders/index.ts'
import { helps, isPlacing, type Ways, waysFor, waysForMany } from './find-places.ts'
import { detailOf, fixesFor, fixRules, type SourceDetail } from './fixes.ts'
import { outlookOf } from './keep-promises.ts'
import { previewFix } from './preview-fix.ts'
import { type ItemRow, itemById, sourceDetail } from './store-reading.ts'
import { seen } from './work-items.ts'

interface Ground {
  readonly detail: SourceDetail
  readonly order: OrderFacts | undefined
  readonly permissions: ReadonlySet<string>
}

/** The fixes of an item; of those that look for a place, what finds one comes first. */
export async function fixesOf(tx: Tx, item: ItemRow, ground: Ground): Promise<FixView[]> {
  if (item.state === 'closed') return []
  const fixes = await viewsOf(tx, item, ground, await waysFor(tx, item, ground.order))
  const helping = (view: FixView) => isPlacing(view.fix) && helps(view.effect)
  return [...fixes.filter(helping), ...fixes.filter((view) => !helping(view))]
}

async function viewsOf(
  tx: Tx,
  item: ItemRow,
  { detail, order, permissions }: Ground,
  ways: Ways | null,
): Promise<FixView[]> {
  const fixes: FixView[] = []
  const quicker = await outlookOf(tx, item)
  for (const fix of fixesFor(item, detail)) {
    const { permit, needs, undo } = fixRules[fix]
    const allowed = permissions.has(permit)
    const effect = await previewFix(tx, fix, item, { order, quicker, ways })
    if (effect === null) continue
    fixes.push({ fix, allowed, lacks: allowed ? null : permit, needs, undo, effect })
  }
  return fixes
}

/** The same fixes for many items: how many each fits, and what it would do to all of them together. Throws item_unknown. */
export async function previewMany(
  tx: Tx,
  item_ids: readonly string[],
  permissions: ReadonlySet<string>,
): Promise<ManyPreview> {
  const items: ItemRow[] = []
  for (const item_id of new Set(item_ids)) items.push(seen(await itemById(tx, item_id), item_id, permissions))
  const loaded = await loadOrders(tx, [...new Set(items.flatMap((item) => item.order_id ?? []))], { lock: false })
  const orders = new Map(loaded.map((order) => [order.order_id, order]))
  const ways = await waysForMany(tx, items, orders)
  const sums = new Map<string, ManyPreview['fixes'][number]>()
  for (const item of items.filter(({ state }) => state !== 'closed')) {
    const detail = detailOf((await sourceDetail(tx, item))?.detail)
    const [order, mine] = [orders.get(item.order_id ?? ''), ways.get(item.order_id ?? '') ?? null]
    for (const view of await viewsOf(tx, item, { detail, order, permissions }, mine))
      if (view.allowed) addEffect(sums, view)
  }
  return { items: items.length, fixes: [...sums.values()].sort((a, b) => b.fits - a.fits) }
}

function addEffect(sums: Map<string, ManyPreview['fixes'][number]>, { fix, needs, effect }: FixView): void {
  const before = sums.get(fix) ?? {
    ...{ fix, needs, fits: 0, units_freed: 0, money: [], dearer: [], places: null },
    words: effect.words,
  }
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
    places: placesWith(before.places, effect),
  })
}

function placesWith(
  before: ManyPreview['fixes'][number]['places'],
  { outlook }: FixView['effect'],
): ManyPreview['fixes'][number]['places'] {
  if (outlook === null) return before
  const { found, costs } = before ?? { found: 0, costs: [] }
  const { plan, unmet, currency } = outlook
  const cost = plan?.cost == null ? [] : [{ amount: plan.cost, currency }]
  return { found: found + (plan !== null && unmet === 0 ? 1 : 0), costs: summed([...costs, ...cost]) }
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
