// D3 D4: backends that die in every phase of a transaction, and connections that are cut, never take the process with them.
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { openProxy } from './proxy.ts'
import { type CrashScene, type Ordo, openCrashScene, type Remembered, startOrdo } from './scene.ts'

const CONNECTIONS = 8
const WAVES = 24
/** A fast machine is seldom caught in one of the phases: more waves then, up to this many. */
const WAVES_AT_MOST = 240
const ORDERS_A_WAVE = 15
const BETWEEN_CUTS_MS = 15

/** Its sessions are known by this name, so that those of the test itself are left alone. */
function named(app_url: string, port?: number): string {
  const url = new URL(app_url)
  url.searchParams.set('application_name', 'ordo-crash')
  if (port !== undefined) url.port = String(port)
  return url.href
}

const sleep = (wait_ms: number) => new Promise<void>((resolve) => setTimeout(resolve, wait_ms))

/** Sends orders wave after wave while `cut` breaks what it can, until it has `met` enough; what was not acknowledged is sent again afterwards, to the same process. */
async function underFire(
  scene: CrashScene,
  ordo: Ordo,
  prefix: string,
  cut: () => Promise<void> | void,
  met: () => boolean = () => true,
) {
  let over = false
  const cutting = (async () => {
    while (!over) {
      await cut()
      await sleep(BETWEEN_CUTS_MS)
    }
  })()
  const ids: string[] = []
  const history: Remembered[] = []
  for (let wave = 0; wave < WAVES || (!met() && wave < WAVES_AT_MOST); wave++) {
    const sent = Array.from({ length: ORDERS_A_WAVE }, (_, index) => `${prefix}-${wave}-${index}`)
    ids.push(...sent)
    history.push(...(await scene.send(ordo.port, sent)))
  }
  over = true
  await cutting
  const open = history.filter((entry) => entry.outcome !== 'ok').map((entry) => entry.external_id)
  return { ids, history, again: await scene.send(ordo.port, open) }
}

async function clientBackends(admin_url: string): Promise<number> {
  const sql = postgres(admin_url, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql`select count(*)::int as count from pg_stat_activity where application_name = 'ordo-crash'`
    return Number(rows[0]?.count)
  } finally {
    await sql.end()
  }
}

async function keptOnce(scene: CrashScene, ids: readonly string[]): Promise<void> {
  await scene.finish()
  const kept = await scene.kept(ids)
  expect(ids.filter((id) => kept.get(id) !== 1)).toEqual([])
  expect(await scene.world.brokenInvariants()).toEqual([])
}

test('D3 an Ordo whose backends are terminated in every phase of their transactions lives on, leaks nothing and loses nothing', async () => {
  const scene = await openCrashScene({ 'SKU-1': 100_000 })
  const ordo = await startOrdo(named(scene.database.app_url))
  const killer = postgres(scene.database.admin_url, { max: 1, onnotice: () => {} })
  const phases = ['active', 'idle in transaction', 'idle']
  const hit = new Map<string, number>()
  const isMet = () => phases.every((state) => (hit.get(state) ?? 0) > 5)
  let turn = 0
  const cut = async () => {
    const state = phases[turn++ % phases.length] ?? ''
    const rows = await killer`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'ordo-crash' and state = ${state} order by random() limit 2`
    hit.set(state, (hit.get(state) ?? 0) + rows.length)
  }
  const { ids, history, again } = await underFire(scene, ordo, 'terminated', cut, isMet)
  await killer.end()
  expect(ordo.process.exitCode).toBeNull()
  expect(isMet()).toBe(true)
  expect(history.some((entry) => entry.outcome === 'ok')).toBe(true)
  expect(again.filter((entry) => entry.outcome !== 'ok')).toEqual([])
  expect(await clientBackends(scene.database.admin_url)).toBeLessThanOrEqual(CONNECTIONS)
  expect(await ordo.stop()).toBe('0')
  expect(await clientBackends(scene.database.admin_url)).toBe(0)
  await keptOnce(scene, ids)
  await scene.close()
})

test('D4 an Ordo whose connections are reset in the middle of their transactions lives on and works again at once', async () => {
  const scene = await openCrashScene({ 'SKU-1': 100_000 })
  const proxy = await openProxy(scene.database.port)
  const ordo = await startOrdo(named(scene.database.app_url, proxy.port))
  const { ids, again } = await underFire(scene, ordo, 'reset', () => proxy.resetSome())
  expect(ordo.process.exitCode).toBeNull()
  expect(proxy.cuts()).toBeGreaterThan(20)
  expect(again.filter((entry) => entry.outcome !== 'ok')).toEqual([])
  expect(proxy.open()).toBeLessThanOrEqual(CONNECTIONS)
  expect(await ordo.stop()).toBe('0')
  await proxy.close()
  await keptOnce(scene, ids)
  await scene.close()
})
