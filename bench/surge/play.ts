// The surge hour by hour on a clock that is set: orders come, allocation decides, each floor gets ready what people and benches allow.
import postgres from 'postgres'
import { steps } from '../../src/app.ts'
import { rushFulfilments } from '../../src/modules/warehouse/index.ts'
import { DAY_MS, type FakeClock, later, MINUTE_MS } from '../../src/platform/clock.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { nextWall } from '../../src/platform/zone.ts'
import { basketMaker, PLACES, type Scene } from '../spine/scene.ts'
import {
  type Coming,
  CUT_OFF,
  placeComing,
  promisedAt,
  READY_IN_A_STEP,
  STEP_MINUTES,
  setHours,
  ZONE,
} from './stage.ts'

const SEED = 20_260_305
const NORMAL_AN_HOUR = 40
const SURGE = 10
/** Steps after the start at which it surges. */
const [SURGE_FROM, SURGE_UNTIL] = [4, 8]
const WORK_STEPS = 28
const STEPS_A_DAY = 48
/** Of ten orders of the surge so many are for the region of the first place. */
const [REGION_OF_TEN, URGENT_OF_TEN] = [6, 1]
const MILES = { near_km: 300, middle_km: 1200 }
const ROAD = { near: 2, middle: 3, far: 5 }

export interface Side {
  readonly live: boolean
  /** Fulfilments on the floor at the end of each step, by place in the order of PLACES. */
  readonly backlog: number[][]
  readonly urgent: { readonly orders: number; kept: number }
  readonly others: { readonly orders: number; kept: number }
  readonly by_place: number[]
}

export interface Story {
  readonly coming: number[]
  readonly sides: readonly Side[]
}

interface Promised {
  readonly urgent: boolean
  readonly at: Date
  readonly to: Coming['basket']['city']
}

/** What comes in each step of so many hours from eight in the morning: normal while people are awake, ten times that in the two hours of the surge. */
export function whatComes(scale: number, hours: number): Coming[][] {
  const chance = seededRandomness(SEED)
  const basket = basketMaker(SEED)
  return Array.from({ length: Math.round((hours * 60) / STEP_MINUTES) }, (_, step) => {
    const surges = step >= SURGE_FROM && step < SURGE_UNTIL
    const awake = step % STEPS_A_DAY < WORK_STEPS
    const count = awake ? Math.round((scale * NORMAL_AN_HOUR * (surges ? SURGE : 1) * STEP_MINUTES) / 60) : 0
    return Array.from({ length: count }, (_unused, index): Coming => {
      const made = basket()
      const city = surges && chance.below(10) < REGION_OF_TEN ? PLACES[0] : made.city
      return { name: `surge-${step}-${index}`, basket: { ...made, city }, urgent: chance.below(10) < URGENT_OF_TEN }
    })
  })
}

/** Plays the same orders on both sides. */
export async function play(scene: Scene, clock: FakeClock, comes: readonly Coming[][]): Promise<Story> {
  const admin = postgres(scene.admin_url, { max: 1, onnotice: () => {} })
  const all = comes.flat()
  const sides = scene.tenants.map(
    (_, index): Side => ({
      live: index === 1,
      backlog: [],
      urgent: { orders: all.filter((one) => one.urgent).length, kept: 0 },
      others: { orders: all.filter((one) => !one.urgent).length, kept: 0 },
      by_place: PLACES.map(() => 0),
    }),
  )
  const promised = new Map<string, Promised>()
  for (const [index, side] of sides.entries()) {
    const tenant_id = scene.tenants[index]?.tenant_id ?? ''
    await setHours(scene.runtime, tenant_id, side.live)
    await drain(scene.runtime, steps, tenant_id)
  }
  for (const [step, coming] of comes.entries()) {
    for (const [index, side] of sides.entries()) {
      const tenant_id = scene.tenants[index]?.tenant_id ?? ''
      const ids = await placeComing(scene.runtime, tenant_id, coming)
      ids.forEach((id, at) => {
        const one = coming[at]
        if (one !== undefined)
          promised.set(id, { urgent: one.urgent, at: promisedAt(one, clock.now()), to: one.basket.city })
      })
      await drain(scene.runtime, steps, tenant_id)
      if (step % STEPS_A_DAY < WORK_STEPS) await workFloors(scene, admin, tenant_id, side, promised)
      side.backlog.push(await backlogOf(admin, tenant_id))
    }
    clock.advance(STEP_MINUTES * MINUTE_MS)
  }
  await admin.end()
  return { coming: comes.map((one) => one.length), sides }
}

async function workFloors(
  scene: Scene,
  admin: postgres.Sql,
  tenant_id: string,
  side: Side,
  promised: ReadonlyMap<string, Promised>,
): Promise<void> {
  for (const [place, { id }] of PLACES.entries()) {
    const rows = await admin<{ fulfilment_id: string }[]>`
      select fulfilment_id from warehouse.fulfilment_order where tenant_id = ${tenant_id} and location_id = ${id} and state = 'released'
       order by ship_by, fulfilment_id limit ${READY_IN_A_STEP}`
    if (rows.length === 0) continue
    const parcels = await scene.runtime.db.transaction(tenant_id, 'system', (tx) =>
      rushFulfilments(
        tx,
        rows.map((row) => row.fulfilment_id),
        () => tx.now,
      ),
    )
    side.by_place[place] = (side.by_place[place] ?? 0) + parcels.length
    for (const parcel of parcels) {
      // what is ready at the end of the step
      const ready = later(parcel.handed_over_at, STEP_MINUTES * MINUTE_MS - 1)
      for (const order_id of parcel.order_ids) {
        const order = promised.get(order_id)
        if (order === undefined) continue
        const arrives = later(nextWall(ready, ZONE, CUT_OFF), DAY_MS * roadDays(PLACES[place] ?? PLACES[0], order.to))
        if (arrives <= order.at) (order.urgent ? side.urgent : side.others).kept += 1
      }
    }
  }
  await drain(scene.runtime, steps, tenant_id)
}

type Spot = { readonly lat: number; readonly lon: number }

function roadDays(from: Spot, to: Spot): number {
  const rad = Math.PI / 180
  const half = (angle: number) => Math.sin((angle * rad) / 2) ** 2
  const arc = half(to.lat - from.lat) + Math.cos(from.lat * rad) * Math.cos(to.lat * rad) * half(to.lon - from.lon)
  const km = 2 * 6371 * Math.asin(Math.sqrt(arc))
  return km <= MILES.near_km ? ROAD.near : km <= MILES.middle_km ? ROAD.middle : ROAD.far
}

async function backlogOf(admin: postgres.Sql, tenant_id: string): Promise<number[]> {
  const rows = await admin<{ location_id: string; open: number }[]>`
    select location_id, count(*)::int as open from warehouse.fulfilment_order
     where tenant_id = ${tenant_id} and state = 'released' group by location_id`
  const open = new Map(rows.map((row) => [row.location_id, row.open]))
  return PLACES.map(({ id }) => open.get(id) ?? 0)
}
