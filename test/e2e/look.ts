// What every screen must be: readable by everybody (axe, WCAG 2.2 AA), in one language, whole within the window, quiet in the console, served by Ordo alone.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Size, sizes } from './browser.ts'
import { faultsOf } from './faults.ts'

export type Language = 'zh-CN' | 'en'

export interface Watched {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser complained of, and what was asked of strangers. */
  readonly complaints: string[]
}

/** A window of this size and language that is still, so that nothing is judged while it moves; complaints are collected until the end. */
export async function watch(
  browser: Browser,
  url: string,
  size: Size | { width: number; height: number },
  language: Language,
  timezoneId = 'Asia/Shanghai',
): Promise<Watched> {
  const viewport = typeof size === 'string' ? sizes[size] : size
  const context = await browser.newContext({
    viewport,
    locale: language,
    timezoneId,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:') && !request.url().startsWith('blob:'))
      complaints.push(`asked ${request.url()}`)
  })
  return { context, page, complaints }
}

/** A page without faults; `what` names it where it has some. */
export async function expectFine(page: Page, what: string): Promise<void> {
  expect(await faultsOf(page), what).toEqual([])
}
