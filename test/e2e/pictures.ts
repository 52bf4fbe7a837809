// `npm run pictures`: a picture of every screen with the demo's data, in both languages, wide and narrow, into docs/pictures.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, type Size, sizes } from './browser.ts'
import { faultsOf } from './faults.ts'
import { type Screen, screens } from './screen-list.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FOLDER = join(ROOT, 'docs/pictures')
const TALLEST_PX = { wide: 1500, narrow: 1900 } as const
const QUALITY = 80

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, password: { type: 'string' }, out: { type: 'string' } },
})
const out = values.out ?? FOLDER

interface Demo extends AsyncDisposable {
  readonly url: string
  readonly password: string
}

/** The demo of `npm start` in a folder of its own, or one that runs already (`--url`, `--password`). */
async function openDemo(): Promise<Demo> {
  if (values.url !== undefined)
    return { url: values.url, password: values.password ?? '', [Symbol.asyncDispose]: async () => {} }
  const data = mkdtempSync(join(tmpdir(), 'ordo-pictures-'))
  const port = String(await freePort())
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    cwd: ROOT,
    env: { ...process.env, ORDO_DATA: data, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  await new Promise<void>((ready, refuse) => {
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString()
      if (said.includes('Ctrl-C')) ready()
    })
    child.once('exit', () => refuse(new Error(`Ordo did not start: ${said}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    password: /admin@\S+ · (\S+)/.exec(said)?.[1] ?? '',
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function openWindow(browser: Browser, demo: Demo, size: Size, language: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: language,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    deviceScaleFactor: size === 'narrow' ? 1.5 : 1,
    baseURL: demo.url,
  })
  return context
}

/** The page when nothing moves any more: two pictures in a row are the same. */
async function pictureOf(page: Page, size: Size, isWhole: boolean): Promise<Buffer> {
  await page.locator('[role="status"][aria-label], .ant-skeleton').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
  const { width, height } = sizes[size]
  // A window as tall as the page, not a picture beyond the window: what sticks to its edges stays in place.
  const tall = isWhole ? await page.evaluate(() => document.documentElement.scrollHeight) : height
  await page.setViewportSize({ width, height: Math.min(Math.max(tall, height), TALLEST_PX[size]) })
  const cdp = await page.context().newCDPSession(page)
  const take = async () => (await cdp.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })).data
  let before = await take()
  for (let tries = 0; tries < 10; tries++) {
    const after = await take()
    if (after === before) break
    before = after
  }
  return Buffer.from(before, 'base64')
}

async function makePicture(context: BrowserContext, screen: Screen, name: string, size: Size): Promise<string[]> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  try {
    await screen.open(page, context)
    writeFileSync(join(out, `${name}.webp`), await pictureOf(page, size, screen.part !== true))
    return [...complaints, ...(await faultsOf(page))].map((fault) => `${name}: ${fault}`)
  } finally {
    await page.close()
  }
}

async function main(): Promise<void> {
  mkdirSync(out, { recursive: true })
  await using demo = await openDemo()
  const browser = await openBrowser()
  const faults: string[] = []
  for (const language of ['zh-CN', 'en'] as const)
    for (const size of ['wide', 'narrow'] as const) {
      const context = await openWindow(browser, demo, size, language)
      for (const screen of screens) {
        if (positionals.length > 0 && !positionals.includes(screen.name)) continue
        if (screen.only !== undefined && screen.only !== size) continue
        await screen.enter(context, demo.password)
        faults.push(...(await makePicture(context, screen, `${screen.name}-${language}-${size}`, size)))
      }
      await context.close()
    }
  await browser.close()
  const bytes = readdirSync(out).reduce((sum, file) => sum + statSync(join(out, file)).size, 0)
  console.log(`${readdirSync(out).length} pictures, ${Math.round(bytes / 1024)} kB, in ${out}`)
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length === 0 ? 0 : 1
}

await main()
