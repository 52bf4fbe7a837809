// The stock of the demo: deep where much sells, thin in places, short of a few articles that customers want; and what happens to it later.
import * as inventory from '../../modules/inventory/index.ts'
import { DAY_MS, HOUR_MS, later } from '../../platform/clock.ts'
import type { Agenda } from './agenda.ts'
import { goods } from './goods.ts'
import { isDear } from './rank-articles.ts'
import type { Stage } from './stage.ts'

const LINES_AT_ONCE = 400
/** Those from the fifteenth to the twenty-fourth of the ranking are nearly sold out. */
const SHORT_FROM = 14
const SHORT_TO = 24

// How many of a hundred articles each warehouse has, and how deep it stocks them.
const depths = [
  { location_id: 'HZ1', has: 96, least: 26 },
  { location_id: 'GZ1', has: 82, least: 16 },
  { location_id: 'BJ1', has: 70, least: 14 },
  { location_id: 'CD1', has: 58, least: 10 },
] as const

interface StockLine {
  readonly location_id: string
  readonly sku: string
  readonly quantity: number
}

/** Brings in the opening stock, and notes what will be received, counted, damaged and moved in the days to come. */
export async function openStock(stage: Stage, agenda: Agenda): Promise<void> {
  const { chance, ranking } = stage
  const short = new Set(ranking.best_first.slice(SHORT_FROM, SHORT_TO))
  const lines: StockLine[] = []
  for (const [index, item] of goods.entries()) {
    if (short.has(index)) {
      lines.push({ location_id: chance.pick(['HZ1', 'GZ1']), sku: item.sku, quantity: 2 + chance.below(3) })
      continue
    }
    for (const { location_id, has, least } of depths) {
      if (location_id === 'CD1' && (item.handling_classes ?? []).includes('fragile')) continue
      if (!chance.percent(has)) continue
      const deep = isDear(index) && location_id === 'HZ1' ? 40 : 0
      lines.push({ location_id, sku: item.sku, quantity: least + deep + chance.below(50) })
    }
  }
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    const part = lines.slice(from, from + LINES_AT_ONCE)
    await stage.as('lead', (tx) => inventory.receiveStock(tx, part, { reason: 'opening' }))
  }
  planDeliveries(stage, agenda, [...short])
  planCorrections(stage, agenda, lines)
}

// Half of what is short comes in later: backorders are served from it, oldest first.
function planDeliveries(stage: Stage, agenda: Agenda, short: readonly number[]): void {
  const start = stage.clock.now()
  for (const [place, index] of short.entries()) {
    const sku = goods[index]?.sku
    if (sku === undefined || place % 2 === 1) continue
    const at = later(start, (5 + place) * DAY_MS + 2 * HOUR_MS)
    const line = { location_id: 'HZ1', sku, quantity: 40 + stage.chance.below(30) }
    agenda.add(at, () => stage.as('lead', (tx) => inventory.receiveStock(tx, [line], { reason: 'purchase' })))
  }
}

function planCorrections(stage: Stage, agenda: Agenda, lines: readonly StockLine[]): void {
  const { chance } = stage
  const start = stage.clock.now()
  for (let day = 1; day < 14; day++) {
    const at = later(start, day * DAY_MS + 3 * HOUR_MS)
    const plenty = lines.filter((line) => line.quantity > 30)
    const [damaged, moved] = [chance.pick(plenty), chance.pick(plenty)]
    agenda.add(at, () =>
      stage.as('lead', async (tx) => {
        await inventory.adjustStock(tx, [{ ...damaged, quantity: 1 + (day % 2) }], { reason: 'found' })
        await inventory.damageStock(tx, [{ ...damaged, quantity: 1 }], { reason: 'damaged' })
        if (moved.location_id === 'HZ1')
          await inventory.transferStock(tx, [{ ...moved, quantity: 5, to_location_id: 'GZ1' }], { reason: 'balance' })
      }),
    )
  }
}
