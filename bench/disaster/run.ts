// The disaster story in one command: orders on the floor, a region closes, plan, apply with a worker killed in the middle, undo, every invariant.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { steps } from '../../src/app.ts'
import type { DisruptionView } from '../../src/contracts/disruptions.ts'
import {
  applyDisruption,
  draftDisruption,
  undoDisruption,
  viewDisruption,
} from '../../src/modules/disruptions/index.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { brokenInvariants, invariants } from '../../src/platform/invariants.ts'
import { openScene, type Scene } from '../spine/scene.ts'
import { fillFloor, workSome } from './floor.ts'

export interface DisasterOptions {
  readonly orders: number
  readonly json?: boolean
}

/** What the story came to; costs in minor units. */
interface Told {
  readonly orders: number
  readonly affected: number
  readonly in_hand: number
  readonly plan: DisruptionView['totals']
  readonly applied: DisruptionView['progress']
  /** Orders taken out and orders settled when the worker was killed. */
  readonly when_killed: { readonly taken: number; readonly settled: number }
  readonly undone: DisruptionView['progress']
  readonly currency: string
  readonly seconds: { readonly load: number; readonly plan: number; readonly apply: number; readonly undo: number }
  readonly invariants: number
  readonly broken: readonly string[]
}

const REGION = '浙江省'
const LOCATION = 'HZ1'
/** So little that what the region held is not to be had elsewhere for every article. */
const STOCK_SHARE = 0.1
const IN_HAND_SHARE = 0.05
const LOOK_MS = 5

/** Plays the story and prints it; 1 where an invariant is broken. */
export async function disaster(options: DisasterOptions): Promise<number> {
  const scene = await openScene({ tenants: 1, units_per_sku: Math.ceil(options.orders * STOCK_SHARE) })
  try {
    const told = await play(scene, options.orders)
    process.stdout.write(options.json === true ? `${JSON.stringify(told)}\n` : table(told))
    return told.broken.length === 0 ? 0 : 1
  } finally {
    await scene.close()
  }
}

async function play(scene: Scene, orders: number): Promise<Told> {
  const { runtime } = scene
  const tenant_id = scene.tenants[0]?.tenant_id ?? ''
  const write = <Result>(work: Parameters<typeof runtime.db.transaction<Result>>[2]) =>
    runtime.db.transaction(tenant_id, 'system', work)
  let in_hand = 0
  const load = await timed(async () => {
    await fillFloor(scene, tenant_id, orders)
    in_hand = await workSome(scene, tenant_id, LOCATION, orders * IN_HAND_SHARE)
  })
  await scene.analyze()
  let id = ''
  const view = () => write((tx) => viewDisruption(tx, id, true))
  const plan = await timed(async () => {
    const scope = { region: { country: 'CN', regions: [REGION] } }
    id = await write((tx) => draftDisruption(tx, { name: 'Flood', reason: 'flood', scope }))
    await drain(runtime, steps, tenant_id)
  })
  const planned = await view()
  let when_killed = { taken: 0, settled: 0 }
  const apply = await timed(async () => {
    await write((tx) => applyDisruption(tx, id))
    when_killed = await workAndDie(scene, planned.totals.orders - planned.totals.to_keep)
    await workUntil(scene, async () => (await view()).state === 'active')
  })
  const applied = await view()
  const undo = await timed(async () => {
    await write((tx) => undoDisruption(tx, id))
    await workUntil(scene, async () => (await view()).state === 'undone')
  })
  const undone = await view()
  await drain(runtime, steps, tenant_id)
  const broken = await brokenInvariants(scene.admin_url, tenant_id)
  return {
    orders,
    affected: undone.totals.orders,
    in_hand,
    plan: planned.totals,
    applied: applied.progress,
    when_killed,
    undone: undone.progress,
    currency: undone.currency,
    seconds: { load, plan, apply, undo },
    invariants: invariants().length,
    broken: broken.map((one) => one.name),
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return Math.round((performance.now() - began) / 10) / 100
}

function startProcess(app_url: string) {
  const child = fork(fileURLToPath(new URL('./work.ts', import.meta.url)), {
    env: { ...process.env, BENCH_APP_URL: app_url },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return { child, ended }
}

/** A worker that is killed once it has taken orders out and not settled all of them; answers how far it was. */
async function workAndDie(scene: Scene, moving: number): Promise<Told['when_killed']> {
  const admin = postgres(scene.admin_url, { max: 1, onnotice: () => {} })
  const look = async () => {
    const [row] = await admin.unsafe(
      'select count(taken_id)::int as taken, count(result)::int as settled from disruptions.affected',
    )
    return { taken: Number(row?.taken ?? 0), settled: Number(row?.settled ?? 0) }
  }
  const { child, ended } = startProcess(scene.app_url)
  while ((await look()).taken === 0 && moving > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  child.kill('SIGKILL')
  await ended
  const far = await look()
  await admin.end()
  return far
}

async function workUntil(scene: Scene, done: () => Promise<boolean>): Promise<void> {
  const { child, ended } = startProcess(scene.app_url)
  while (!(await done())) {
    if (child.exitCode !== null) throw new Error('the worker has ended')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  child.disconnect()
  await ended
}

function table(told: Told): string {
  const { plan, applied, undone, seconds } = told
  const money = (minor: number) => `${(minor / 100).toLocaleString('en')} ${told.currency}`
  const rows: [string, string | number][] = [
    ['orders on the floor', told.orders],
    ['of these in pick or packed where it floods', told.in_hand],
    ['orders affected', told.affected],
    ['plan: move whole, in part, no place', `${plan.to_move}, ${plan.to_part}, ${plan.to_inbox}`],
    ['plan: freight and handling before', money(plan.cost_before)],
    ['plan: freight and handling after', money(plan.cost_after)],
    ['plan: late before, after', `${plan.late_before}, ${plan.late_after}`],
    ['plan: units without a place', plan.unmet],
    ['taken out, settled when the worker was killed', `${told.when_killed.taken}, ${told.when_killed.settled}`],
    ['applied: moved, in part, inbox', `${applied.moved}, ${applied.part}, ${applied.inbox}`],
    ['applied: waiting for something else, gone', `${applied.waits}, ${applied.gone}`],
    [
      'undone: back, elsewhere, stays, without a place',
      `${undone.returned}, ${undone.elsewhere}, ${undone.stays}, ${undone.unplaced}`,
    ],
    ['seconds: load, plan, apply, undo', `${seconds.load}, ${seconds.plan}, ${seconds.apply}, ${seconds.undo}`],
    ['invariants broken', `${told.broken.length} of ${told.invariants} ${told.broken.join(' ')}`],
  ]
  return `${rows.map(([name, value]) => `${name.padEnd(48)} ${value}`).join('\n')}\n`
}
