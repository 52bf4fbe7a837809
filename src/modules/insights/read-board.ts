// The board of a tenant, counted at most once a second whoever looks, and less often where counting is dear: at most a twentieth of the time.
import type { Board } from '../../contracts/views-board.ts'
import { later, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { stepLoad } from '../../platform/engine/index.ts'
import { countEvents } from '../../platform/outbox/index.ts'
import type { Context, Runtime } from '../../platform/runtime.ts'
import { locations } from '../catalog/index.ts'
import { composeBoard } from './compose-board.ts'
import { BUCKET_SECONDS, countFrom, emptyRates, type Rates, takeIn } from './rates.ts'
import { engineSteps, riverEvents } from './river.ts'
import { midnightOf, placeLoads, receivedSince, waitingNow } from './store.ts'

const MOST = 1000
const EVENTS_AT_MOST = 50_000
const SOON_MS = 3_600_000
const SHARE_OF_TIME = 20
const PLACES_AT_MOST = 200
const TENANTS_AT_MOST = 500

interface Kept {
  readonly rates: Rates
  board: Promise<Board> | null
  fresh_until: number
}

const kept = new WeakMap<Runtime, Map<string, Kept>>()

/** The board as it stands, from memory while it is fresh. */
export function readBoard(context: Context): Promise<Board> {
  const { runtime, tenant } = context
  const tenants = kept.get(runtime) ?? new Map<string, Kept>()
  kept.set(runtime, tenants)
  const own = tenants.get(tenant) ?? { rates: emptyRates(), board: null, fresh_until: 0 }
  tenants.set(tenant, own)
  if (tenants.size > TENANTS_AT_MOST) tenants.delete(tenants.keys().next().value ?? '')
  const now = runtime.clock.now().getTime()
  if (own.board !== null && now < own.fresh_until) return own.board
  own.fresh_until = Number.POSITIVE_INFINITY
  own.board = count(context, own)
  return own.board
}

async function count({ runtime, transaction }: Context, own: Kept): Promise<Board> {
  const began = performance.now()
  try {
    return await transaction((tx) => countNow(tx, own.rates))
  } finally {
    const took_ms = performance.now() - began
    own.fresh_until = runtime.clock.now().getTime() + Math.max(SECOND_MS, took_ms * SHARE_OF_TIME)
  }
}

async function countNow(tx: Tx, rates: Rates): Promise<Board> {
  const now_seconds = tx.now.getTime() / 1000
  const from = countFrom(rates, now_seconds)
  const events = await countEvents(tx, {
    since: new Date(from * 1000),
    types: riverEvents,
    seconds: BUCKET_SECONDS,
    most: EVENTS_AT_MOST,
  })
  takeIn(rates, events, from, now_seconds)
  const names = await locations(tx)
  const ids = [...names.values()]
    .filter((location) => location.state === 'open')
    .map((location) => location.location_id)
  const midnight = (await midnightOf(tx))[0]?.midnight ?? tx.now
  const [waiting] = await waitingNow(tx, later(tx.now, SOON_MS))
  if (waiting === undefined) throw new Error('counting answers one row')
  return composeBoard({
    now: tx.now,
    rates,
    load: await stepLoad(tx, engineSteps, MOST),
    waiting,
    places: await placeLoads(tx, ids.slice(0, PLACES_AT_MOST), midnight),
    names,
    placed_today: (await receivedSince(tx, midnight))[0]?.received ?? 0,
  })
}
