// D1 O4 E1: an Ordo killed at each named crash point loses nothing that it acknowledged, doubles nothing, and leaves nothing half-done.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryFiles } from '../../scripts/source.ts'
import { crashPoints } from '../../src/platform/fault.ts'
import { aroundCalls, onTheWay } from './points.ts'
import { type CrashScene, type Ordo, openCrashScene, startOrdo, type Waiting, warmOrdo } from './scene.ts'

let scene: CrashScene
/** Serves what a killed Ordo left unanswered; it has no worker, so that it passes no point of its own. */
let survivor: Ordo
let next: Waiting

const doomedAt = (place: number) => warmOrdo(scene.database.app_url, { faults: onTheWay[place] ?? 'none' })

beforeAll(async () => {
  scene = await openCrashScene({ 'SKU-1': 100_000 })
  survivor = await startOrdo(scene.database.app_url, { worker: false })
  next = doomedAt(0)
})
afterAll(async () => {
  next.give_up()
  expect(await survivor.stop()).toBe('0')
  await scene.close()
})

test('D1 every crash point stands in the code and is walked by a test of its own', () => {
  expect([...onTheWay, ...aroundCalls].toSorted()).toEqual([...crashPoints].toSorted())
  const product = repositoryFiles()
    .filter((path) => path.startsWith('src/') && path !== 'src/platform/fault.ts' && path.endsWith('.ts'))
    .map((path) => readFileSync(path, 'utf8'))
  expect(crashPoints.filter((point) => !product.some((text) => text.includes(`fault('${point}')`)))).toEqual([])
})

test.each(onTheWay)('D1 a kill at %s loses nothing that was acknowledged and doubles nothing', async (point) => {
  const ids = Array.from({ length: 40 }, (_, index) => `${point}-${index}`)
  const doomed = await next.go()
  next = doomedAt(onTheWay.indexOf(point) + 1)
  const history = await scene.send(doomed.port, ids)
  expect(await doomed.ended).toBe('SIGKILL')
  const unknown = history.filter((entry) => entry.outcome === 'unknown').map((entry) => entry.external_id)
  const again = await scene.send(survivor.port, unknown)
  await scene.finish()
  const kept = await scene.kept(ids)
  expect([...new Set(again.map((entry) => entry.outcome))].filter((outcome) => outcome !== 'ok')).toEqual([])
  expect(ids.filter((id) => kept.get(id) !== 1)).toEqual([])
  expect(await scene.world.brokenInvariants()).toEqual([])
})
