// What is wrong with a page as it stands, in words: accessibility (axe, WCAG 2.2 AA), width, cut text, words that are missing.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { Loose } from '../api/serve.ts'

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** All of it; empty where the page is fine. */
export async function faultsOf(page: Page): Promise<string[]> {
  await rest(page)
  return [...(await overhang(page)), ...(await cutText(page)), ...(await missingWords(page)), ...(await barriers(page))]
}

/** Colours that are on their way, however short, are no colours to judge: waits until nothing that ends is moving, a hundred frames at most. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const isMoving = () =>
      document.getAnimations().some((one) => {
        const end = Number(one.effect?.getComputedTiming().endTime)
        return one.playState === 'running' && Number.isFinite(end)
      })
    for (let frames = 0; frames < 2 || (isMoving() && frames < 100); frames++) await frame()
  })
}

/** Every rule of WCAG 2.2 AA that a machine can judge. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  return page.evaluate(async (standards) => {
    // @ts-expect-error axe was put into the page above
    const { violations } = await axe.run(document, { runOnly: standards, resultTypes: ['violations'] })
    return violations.flatMap((one: Loose) =>
      one.nodes
        .slice(0, 4)
        .map((node: Loose) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
    )
  }, STANDARDS)
}

/** Nothing hangs over the right edge; wide tables scroll by themselves. */
async function overhang(page: Page): Promise<string[]> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return over > 0 ? [`${over} pixels beyond the window`] : []
}

/** No text is cut off by a box around it, but where it ends in an ellipsis or can be scrolled to. */
async function cutText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const EDGE_PX = 1.5
    const hides = (value: string) => value === 'hidden' || value === 'clip'
    const lets = (value: string) => value === 'auto' || value === 'scroll'
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode
      if ((text.textContent ?? '').trim() === '') continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const box = range.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) continue
      for (
        let around = text.parentElement;
        around !== null && around !== document.body;
        around = around.parentElement
      ) {
        const style = getComputedStyle(around)
        const room = around.getBoundingClientRect()
        // What is there for screen readers only is one pixel big.
        if (room.width <= 1 || room.height <= 1 || style.visibility === 'hidden' || style.opacity === '0') break
        if (lets(style.overflowX) || lets(style.overflowY) || style.position === 'fixed') break
        if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break
        const beyond = hides(style.overflowX) && (box.right > room.right + EDGE_PX || box.left < room.left - EDGE_PX)
        const below = hides(style.overflowY) && (box.bottom > room.bottom + EDGE_PX || box.top < room.top - EDGE_PX)
        if (beyond || below) {
          found.push(`cut off in ${around.className}: ${(text.textContent ?? '').slice(0, 60)}`)
          break
        }
      }
    }
    return found
  })
}

const web = fileURLToPath(new URL('../../web', import.meta.url))
const words: Record<string, string>[] = globSync(`${web}/*/{,*/}locales/en.json`).map((path) =>
  JSON.parse(readFileSync(path, 'utf8')),
)
const keys = new Set(words.flatMap((one) => Object.keys(one)))

/** No key stands where its words should; what is set in type for code may look like one. */
async function missingWords(page: Page): Promise<string[]> {
  const { text, code } = await page.evaluate(() => ({
    // biome-ignore lint/performance/useDomNodeTextContent: as it is seen, with breaks between its parts
    text: document.body.innerText,
    code: [...document.querySelectorAll('.mono, code, pre')].map((one) => one.textContent).join(' '),
  }))
  const bare = (text.match(/[a-z_0-9]+\.[a-z_0-9.-]+/g) ?? []).filter(
    (word) => (keys.has(word) || keys.has(`${word}_other`)) && !code.includes(word),
  )
  const holes = text.match(/\{\{|\}\}|\bundefined\b|\bNaN\b|\[object /g) ?? []
  return [...bare, ...holes].map((word) => `no words: ${word}`)
}
