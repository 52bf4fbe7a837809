// The board from what was counted: pure, so that what counts as slow or stuck is tested without a database.
import type { Board, BoardLocation, BoardStep, QueueItem } from '../../contracts/views-board.ts'
import type { StepLoad } from '../../platform/engine/index.ts'
import { uuidTime } from '../../platform/ids.ts'
import { minutesOf, passed, type Rates, speedOf } from './rates.ts'
import { MACHINE_SLOW_SECONDS, PAYMENT_TIMER, type RiverStep, river } from './river.ts'
import type { PlaceLoad, Waiting } from './store.ts'

const MOST = 1000
const STUCK_TIMES = 10

export interface Counted {
  readonly now: Date
  readonly rates: Rates
  readonly load: readonly StepLoad[]
  readonly waiting: Waiting
  readonly places: readonly PlaceLoad[]
  readonly names: ReadonlyMap<string, { readonly name: string; readonly name_zh?: string }>
  readonly placed_today: number
}

interface Pool {
  readonly count: number
  readonly since: Date | null
  readonly waits_for: BoardStep['waits_for']
}

/** The whole board. */
export function composeBoard(counted: Counted): Board {
  const { now, rates, places } = counted
  const now_seconds = now.getTime() / 1000
  const speed = speedOf(rates, now_seconds)
  return {
    at: now.toISOString(),
    orders_per_second: speed.now,
    peak_per_second: Math.max(speed.peak, speed.now),
    placed_today: counted.placed_today,
    shipped_today: atMost(sumOf(places, 'shipped_today')),
    rate: minutesOf(rates, now_seconds),
    steps: river.map((step) => boardStep(step, counted, poolOf(step, counted))),
    locations: places.map((place) => boardLocation(place, counted)),
    queue: queueOf(counted),
  }
}

function boardStep(step: RiverStep, { now, rates, load }: Counted, pool: Pool): BoardStep {
  const own = load.filter((one) => step.engine.includes(one.step))
  const backlog = atMost(own.reduce((sum, one) => sum + one.due, 0))
  const backlog_since = oldest(own.map((one) => one.oldest_due_at))
  const dead_letters = atMost(own.reduce((sum, one) => sum + one.dead, 0))
  const age = (since: Date | null, limit: number) =>
    since === null ? 0 : (now.getTime() - since.getTime()) / 1000 / limit
  const times = Math.max(age(backlog_since, MACHINE_SLOW_SECONDS), age(pool.since, step.slow_after_seconds))
  return {
    step: step.step,
    backlog,
    waiting: pool.count,
    waits_for: pool.waits_for,
    oldest_at: oldest([backlog_since, pool.since])?.toISOString() ?? null,
    passed_last_minute: passed(rates, step.passed, 60, now.getTime() / 1000),
    dead_letters,
    state: dead_letters > 0 || times > STUCK_TIMES ? 'stuck' : times > 1 ? 'slow' : 'ok',
    slow_after_seconds: step.slow_after_seconds,
  }
}

function poolOf({ step }: RiverStep, { waiting, places, load }: Counted): Pool {
  const timer = load.find((one) => one.step === PAYMENT_TIMER)
  const queue = (state: 'planned' | 'released' | 'picking' | 'packed', waits_for: BoardStep['waits_for']): Pool => ({
    count: atMost(sumOf(places, state)),
    since: oldest(places.map((place) => place[`${state}_since`])),
    waits_for,
  })
  switch (step) {
    case 'reserve':
      return {
        count: waiting.backordered,
        since: waiting.backordered_first === null ? null : uuidTime(waiting.backordered_first),
        waits_for: 'stock',
      }
    case 'screen':
      return { count: waiting.held, since: waiting.held_since, waits_for: 'review' }
    case 'verify_payment':
      return {
        count: timer?.timers ?? 0,
        since: timer?.next_timer == null ? null : uuidTime(timer.next_timer),
        waits_for: 'payment',
      }
    case 'allocate':
      return { count: waiting.unplaced, since: waiting.unplaced_since, waits_for: 'stock' }
    case 'release':
      return queue('planned', 'warehouse')
    case 'pick':
      return queue('released', 'warehouse')
    case 'pack':
      return queue('picking', 'warehouse')
    case 'ship':
      return queue('packed', 'carrier')
    case 'deliver':
      return { count: waiting.under_way, since: waiting.under_way_since, waits_for: 'carrier' }
    case 'place':
      return { count: 0, since: null, waits_for: null }
  }
}

function boardLocation(place: PlaceLoad, { names }: Counted): BoardLocation {
  const known = names.get(place.location_id)
  return {
    location_id: place.location_id,
    name: known?.name ?? place.location_id,
    name_zh: known?.name_zh ?? null,
    planned: place.planned,
    released: place.released,
    picking: place.picking,
    packed: place.packed,
    shipped_today: place.shipped_today,
    late: place.late,
    oldest_released_at: place.released_since?.toISOString() ?? null,
  }
}

function queueOf({ waiting, load, places }: Counted): QueueItem[] {
  const dead = atMost(load.reduce((sum, one) => sum + one.dead, 0))
  const late = atMost(sumOf(places, 'late'))
  const item = (queue: QueueItem['queue'], count: number, since: Date | null, urgent = 0): QueueItem => ({
    queue,
    count,
    urgent,
    oldest_at: since?.toISOString() ?? null,
  })
  return [
    item('review', waiting.held, waiting.held_since, waiting.held_urgent),
    item('late', late, oldest(places.map((place) => place.released_since)), late),
    item('allocation', waiting.unplaced, waiting.unplaced_since),
    item(
      'backorders',
      waiting.backordered,
      waiting.backordered_first === null ? null : uuidTime(waiting.backordered_first),
    ),
    item('payment_unmatched', waiting.unmatched, waiting.unmatched_since),
    item('staged', waiting.staged, waiting.staged_since),
    item('parcel_exceptions', waiting.in_trouble, waiting.in_trouble_since),
    item('returns', waiting.returning, waiting.returning_since),
    item('dead_letters', dead, null),
  ]
}

function sumOf(
  places: readonly PlaceLoad[],
  key: 'planned' | 'released' | 'picking' | 'packed' | 'late' | 'shipped_today',
): number {
  return places.reduce((sum, place) => sum + place[key], 0)
}

function oldest(times: readonly (Date | null)[]): Date | null {
  let first: Date | null = null
  for (const time of times) if (time !== null && (first === null || time < first)) first = time
  return first
}

function atMost(count: number): number {
  return Math.min(count, MOST)
}
