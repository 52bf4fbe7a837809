// D2 D3 D10 E2: the database stops under load, the connection is cut at commit, workers die one after another, Ordo is asked to stop.
import { expect, test } from 'vitest'
import { startEmbedded } from '../../src/platform/embedded.ts'
import { openProxy } from './proxy.ts'
import { openCrashScene, startOrdo } from './scene.ts'

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

test('D2 a PostgreSQL stopped like a power cut under load keeps every order that was acknowledged', async () => {
  const scene = await openCrashScene({ 'SKU-1': 10_000 }, true)
  const ordo = await startOrdo(scene.database.app_url)
  const ids = names('power', 300)
  const load = Promise.all(
    Array.from({ length: 6 }, (_, part) => scene.send(ordo.port, ids.slice(part * 50, part * 50 + 50))),
  ) // at most 6
  const first = await Promise.race([load, scene.send(ordo.port, ['first'])])
  expect(first.length).toBeGreaterThan(0)
  await scene.database.stop('immediate')
  const history = (await load).flat()
  await startEmbedded({ folder: scene.database.folder, port: scene.database.port })
  const unknown = history.filter((entry) => entry.outcome === 'unknown').map((entry) => entry.external_id)
  const survivor = await startOrdo(scene.database.app_url, { worker: false })
  const again = await scene.send(survivor.port, unknown)
  expect(again.filter((entry) => entry.outcome !== 'ok')).toEqual([])
  ordo.process.kill('SIGKILL')
  expect(await survivor.stop()).toBe('0')
  await scene.finish()
  const kept = await scene.kept(ids)
  expect(ids.filter((id) => kept.get(id) !== 1)).toEqual([])
  expect(await scene.world.brokenInvariants()).toEqual([])
  await scene.close()
})

test('D3 a connection cut at commit leaves one effect, whatever the client does then', async () => {
  const scene = await openCrashScene({ 'SKU-1': 10_000 })
  const proxy = await openProxy(scene.database.port)
  const url = new URL(scene.database.app_url)
  url.port = String(proxy.port)
  const ordo = await startOrdo(url.href, { worker: false })
  const ids = names('cut', 60)
  for (const id of ids.slice(0, 30)) {
    proxy.cutNext()
    await scene.send(ordo.port, [id])
  }
  expect(proxy.cuts()).toBeGreaterThan(10)
  const answers = await scene.send(ordo.port, ids)
  expect(answers.filter((entry) => entry.outcome !== 'ok').map((entry) => entry.status)).toEqual([])
  expect(await ordo.stop()).toBe('0')
  await proxy.close()
  await scene.finish()
  const kept = await scene.kept(ids)
  expect(ids.filter((id) => kept.get(id) !== 1)).toEqual([])
  expect(await scene.world.brokenInvariants()).toEqual([])
  await scene.close()
})

test('D10 E2 workers that are killed and an Ordo that is asked to stop lose nothing', async () => {
  const scene = await openCrashScene({ 'SKU-1': 10_000 })
  const ids = names('stop', 400)
  const ordo = await startOrdo(scene.database.app_url, { worker: false })
  const load = Promise.all(
    Array.from({ length: 8 }, (_, part) => scene.send(ordo.port, ids.slice(part * 50, part * 50 + 50))),
  ) // at most 8
  for (let round = 0; round < 3; round++) {
    const worker = await startOrdo(scene.database.app_url, {
      faults: ['engine:before-commit', 'engine:after-claim', 'engine:after-commit'][round] ?? '',
    })
    expect(await worker.ended).toBe('SIGKILL')
  }
  const history = (await load).flat()
  expect(history.filter((entry) => entry.outcome !== 'ok')).toEqual([])
  expect(await ordo.stop()).toBe('0')
  await scene.finish()
  const kept = await scene.kept(ids)
  expect(ids.filter((id) => kept.get(id) !== 1)).toEqual([])
  expect(await scene.world.brokenInvariants()).toEqual([])
  await scene.close()
})
