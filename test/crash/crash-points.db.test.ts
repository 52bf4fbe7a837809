// D1 O4 E1: an Ordo killed at each named crash point loses nothing that it acknowledged, doubles nothing, and leaves nothing half-done.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashPoints } from '../../src/platform/fault.ts'
import { type CrashScene, openCrashScene, startOrdo } from './scene.ts'

let scene: CrashScene

beforeAll(async () => {
  scene = await openCrashScene({ 'SKU-1': 100_000 })
})
afterAll(() => scene.close())

/** Points that orders by POST pass on their way; the others are walked by the tests of what passes them. */
const onTheWay = crashPoints.filter((point) => !point.startsWith('import:') && !point.startsWith('outside:'))

test.each(onTheWay)('D1 a kill at %s loses nothing that was acknowledged and doubles nothing', async (point) => {
  const ids = Array.from({ length: 40 }, (_, index) => `${point}-${index}`)
  const doomed = await startOrdo(scene.database.app_url, { faults: point })
  const history = await scene.send(doomed.port, ids)
  expect(await doomed.ended).toBe('SIGKILL')
  const survivor = await startOrdo(scene.database.app_url, { worker: false })
  const unknown = history.filter((entry) => entry.outcome === 'unknown').map((entry) => entry.external_id)
  const again = await scene.send(survivor.port, unknown)
  expect(await survivor.stop()).toBe('0')
  await scene.finish()
  const kept = await scene.kept(ids)
  expect([...new Set(again.map((entry) => entry.outcome))].filter((outcome) => outcome !== 'ok')).toEqual([])
  expect(ids.filter((id) => kept.get(id) !== 1)).toEqual([])
  expect(await scene.world.brokenInvariants()).toEqual([])
})
