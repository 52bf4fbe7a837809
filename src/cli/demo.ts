// The demo merchant: fourteen days of orders in every state, loaded once through the doors that orders always come by.
import type { Runtime } from '../platform/runtime.ts'
import { findDemo, loginLines, markLoaded, openTenant } from './demo/open-tenant.ts'
import { firstDay, runDays } from './demo/run-days.ts'
import { openStage } from './demo/stage.ts'

const SEED = 20_260_601

export interface DemoOptions {
  /** Where the sandbox payment provider keeps its books and listens, so that it knows the demo's payments later. */
  readonly books?: { readonly file: string; readonly port: number }
  readonly say?: (text: string) => void
  /** Ends the loading at the next moment; the next start loads anew. */
  readonly signal?: AbortSignal
}

/** Loads the demo into this database if it is not there; answers its logins, the same ones every time. */
export async function loadDemo(admin_url: string, runtime: Runtime, options: DemoOptions = {}): Promise<string[]> {
  const presence = await findDemo(admin_url)
  if (presence === 'loaded') return loginLines(runtime)
  if (presence === 'of_others') return ['the merchant “demo” is here and is no demo: nothing was loaded']
  const ends = runtime.clock.now()
  const from = firstDay(ends)
  options.say?.(`Loading the demo merchant (once, seed ${SEED}) …`)
  const opened = await openTenant(admin_url, runtime, from)
  const { books } = options
  const stage = await openStage(runtime, {
    ...opened,
    admin_url,
    seed: SEED,
    from,
    ...(books === undefined ? {} : { books }),
  })
  try {
    await runDays(stage, ends, options.signal)
  } finally {
    await stage.close()
  }
  await markLoaded(admin_url, opened.tenant, ends)
  return loginLines(runtime)
}
