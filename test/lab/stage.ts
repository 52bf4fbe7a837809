// A stage for tests of the lab: orders over some hours with rates, and comparisons that run to their end.

import type { NewComparison } from '../../src/contracts/lab.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocationRuleKind } from '../../src/modules/allocation/index.ts'
import { askComparison } from '../../src/modules/lab/ask-comparison.ts'
import { viewComparison } from '../../src/modules/lab/view-comparisons.ts'
import { beginDraft } from '../../src/modules/policies/keep-drafts.ts'
import type { World } from '../world/index.ts'
import { type OrderWish, place } from '../world/orders.ts'

export const row = (rule: string, cells: Readonly<Record<string, string>> = {}) => ({
  _id: rule,
  rule: JSON.stringify(rule),
  name_en: JSON.stringify(`Rule ${rule}`),
  name_zh: JSON.stringify(`规则 ${rule}`),
  ...cells,
})

/** Everything leaves from Guangzhou first. */
export const fromGuangzhou = rulesDocument([row('south', { locations: '["GZ1"]' }), row('rest')])

/** A draft of these rules; answers its id. */
export async function drafted(world: World, document: object, name = 'south first'): Promise<string> {
  return world.transaction(async (tx) => (await beginDraft(tx, allocationRuleKind, name, document)).draft_id)
}

/** Places orders and lets them be decided, a minute after those before. */
export async function send(world: World, wishes: readonly OrderWish[]): Promise<string[]> {
  world.clock.advance(60_000)
  const ids = await place(world, wishes)
  await world.drain()
  return ids
}

export const one = (sku: string, quantity = 1): OrderWish => ({ lines: [{ sku, quantity }] })

/** The whole time of the world. */
export const period = { from: '2026-01-01T00:00:00Z', to: '2026-12-31T00:00:00Z' }

export async function ask(
  world: World,
  wish: Partial<NewComparison> & Pick<NewComparison, 'a' | 'b'>,
): Promise<string> {
  return world.transaction((tx) => askComparison(tx, { name: 'test', period, ...wish }))
}

export const view = (world: World, id: string) => world.transaction((tx) => viewComparison(tx, id, true))

/** Asks for a comparison and runs it to its end. */
export async function compare(world: World, wish: Parameters<typeof ask>[1]) {
  world.clock.advance(60_000)
  const id = await ask(world, wish)
  await world.drain()
  return view(world, id)
}
