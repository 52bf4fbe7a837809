// A real browser from npm: Chromium without a window, the same on every machine.
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** Unpacks it once before all files that use it: of two that unpack at once, one would start a file that is still being written. */
export default async function setup(): Promise<void> {
  if (process.env.CHROMIUM === undefined) await sparticuz.executablePath()
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? (await sparticuz.executablePath()),
    // No graphics card, no emulation of one either: SwiftShader stalls for seconds where there are two cores.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote', '--font-render-hinting=none'],
    headless: true,
  })
}

export const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const
export type Size = keyof typeof sizes
