// What a person does on the board, for its tests: a column, a card, its menu, the dialog, and a location as it is set.
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { LocationFact } from '../../src/contracts/catalog.ts'
import type { Location } from '../../src/modules/catalog/index.ts'

export const column = (page: Page, name: string) =>
  page.locator('.board-column', { has: page.getByRole('heading', { name }) })
export const cardOf = (page: Page, number: string) => page.locator('.board-card', { hasText: number })

export async function choose(page: Page, card: Locator, item: string): Promise<void> {
  await card.getByRole('button').click()
  const place = await page.getByRole('menuitem', { name: item }).boundingBox()
  expect(place?.y ?? Infinity, 'the menu opens in sight').toBeLessThan(page.viewportSize()?.height ?? 0)
  await page.getByRole('menuitem', { name: item }).click()
}

export async function confirm(page: Page, reason: string, why: string, go: string | RegExp): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(reason).fill(why)
  await dialog.getByRole('button', { name: go, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** A location as it is set, from what is read of it. */
export function factOf(site: Location | undefined): LocationFact {
  if (site === undefined) throw new Error('no location')
  const { location_id: _id, version_id: _version, valid_from: _from, ...fact } = site
  return fact
}
