// A promotion planned, begun, ended and cancelled: the facts that decisions read hold by their times alone; timers only tell what has happened.
import type { ExtendPromotion, NewPromotion } from '../../contracts/modes.ts'
import { DAY_MS, laterOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, type NewJob, unschedule } from '../../platform/engine/index.ts'
import { changesAhead, setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { promotionMachine } from './machine.ts'
import { modeProblem } from './problems.ts'
import { insertExtension, insertPromotion, moveEnd, movePromotion, type PromotionRow, promotions } from './store.ts'

const BEGIN = 'modes.begin-promotion'
const END = 'modes.end-promotion'
const DAYS_AT_MOST = 31

/** Plans a promotion, or begins it where its time has come; answers its id. */
export async function planPromotion(tx: Tx, wish: NewPromotion): Promise<string> {
  const asked = wish.from === undefined ? tx.now : new Date(wish.from)
  const from_at = laterOf(asked, tx.now)
  const until_at = new Date(wish.until)
  if (until_at <= from_at || until_at.getTime() - from_at.getTime() > DAYS_AT_MOST * DAY_MS)
    throw modeProblem('promotion_times')
  const { name, reason, frozen, limits_percent, locations, cadence_seconds } = wish
  const changes = frozen || limits_percent !== null || cadence_seconds !== null
  if (!changes || (locations !== null && limits_percent === null)) throw modeProblem('promotion_empty')
  const promotion_id = tx.newId()
  const begins = from_at <= tx.now
  const row = { promotion_id, name, reason, from_at, until_at, frozen, limits_percent, cadence_seconds }
  const state = begins ? 'active' : 'planned'
  if (!(await insertPromotion(tx, { ...row, state, location_ids: locations }))) throw modeProblem('promotion_exists')
  const [from, until] = [from_at.toISOString(), until_at.toISOString()]
  const fact = { kind: 'promotion', key: promotion_id, reason: name }
  const value = { name, from, until, frozen, limits_percent, locations, cadence_seconds }
  await setFacts(tx, [
    { ...fact, value, valid_from: from_at },
    { ...fact, value: null, valid_from: until_at },
  ])
  await tell(tx, begins ? 'begun' : 'planned', { promotion_id, version: 1, name, until_at }, [
    ...(begins ? [] : [{ step: BEGIN, subject: promotion_id, due_at: from_at }]),
    { step: END, subject: promotion_id, due_at: until_at },
  ])
  return promotion_id
}

/** Ends a promotion that is on, or takes back one that is planned. */
export async function stopPromotion(tx: Tx, promotion_id: string, action: 'end' | 'cancel'): Promise<void> {
  const [row] = await promotions(tx, { promotion_id })
  if (row === undefined) throw modeProblem('promotion_unknown')
  const begun = action === 'end'
  const version = await movePromotion(tx, promotion_id, begun ? 'active' : 'planned', begun ? 'ended' : 'cancelled')
  if (version === null) throw modeProblem('promotion_state', { state: row.state })
  // one that has not begun is taken back at the instant at which it would have
  const valid_from = begun || row.from_at < tx.now ? tx.now : row.from_at
  // an extension has set what holds from its former end on: that ends too
  const ahead = (await changesAhead(tx, 'promotion', promotion_id, valid_from)).filter((change) => change.holds)
  const fact = { kind: 'promotion', key: promotion_id, value: null, reason: `promotion ${action}` }
  await setFacts(
    tx,
    [valid_from, ...ahead.map((change) => change.valid_from)].map((at) => ({ ...fact, valid_from: at })),
  )
  await tell(tx, begun ? 'ended' : 'cancelled', { ...row, version })
}

/** Gives a promotion that is planned or on a later end. Its timer goes first, as it does when it ends: nobody waits in a circle. */
export async function extendPromotion(tx: Tx, promotion_id: string, wish: ExtendPromotion): Promise<void> {
  await unschedule(tx, END, [promotion_id])
  const [row] = await promotions(tx, { promotion_id })
  if (row === undefined) throw modeProblem('promotion_unknown')
  const { state, from_at, until_at: until_before } = row
  if (!promotionMachine.actions(state).includes('extend') || until_before <= tx.now)
    throw modeProblem('promotion_state', { state })
  const until_at = new Date(wish.until)
  if (until_at <= until_before || until_at.getTime() - from_at.getTime() > DAYS_AT_MOST * DAY_MS)
    throw modeProblem('promotion_extension', { until: until_before.toISOString() })
  const version = await moveEnd(tx, promotion_id, wish.version, until_at)
  if (version === null) throw modeProblem('promotion_changed', { version: row.version })
  const { reason } = wish
  await insertExtension(tx, { promotion_id, until_before, until_at, reason })
  const { name, frozen, limits_percent, location_ids: locations, cadence_seconds } = row
  const [from, until] = [from_at.toISOString(), until_at.toISOString()]
  const value = { name, from, until, frozen, limits_percent, locations, cadence_seconds }
  const starts = laterOf(from_at, tx.now)
  const ahead = await changesAhead(tx, 'promotion', promotion_id, starts)
  const fact = { kind: 'promotion', key: promotion_id, reason }
  await setFacts(tx, [
    ...[starts, ...ahead.map((change) => change.valid_from)].map((valid_from) => ({ ...fact, value, valid_from })),
    { ...fact, value: null, valid_from: until_at },
  ])
  await tell(tx, 'extended', { promotion_id, version, name, until_at }, [
    { step: END, subject: promotion_id, due_at: until_at },
  ])
}

/** A timer: the time of a planned promotion has come. */
export const beginPromotions = inside(BEGIN, { batch: 20 }, async (tx, jobs) => {
  for (const { subject } of jobs) {
    const [row] = await promotions(tx, { promotion_id: subject })
    const version = row === undefined ? null : await movePromotion(tx, subject, 'planned', 'active')
    if (row !== undefined && version !== null) await tell(tx, 'begun', { ...row, version })
  }
})

/** A timer: the time of a promotion is over; its facts have ended by themselves. */
export const endPromotions = inside(END, { batch: 20 }, async (tx, jobs) => {
  for (const { subject } of jobs) {
    const [row] = await promotions(tx, { promotion_id: subject })
    if (row === undefined) continue
    // a worker that was down for long finds both timers due
    const begun = await movePromotion(tx, subject, 'planned', 'active')
    if (begun !== null) await tell(tx, 'begun', { ...row, version: begun })
    const version = await movePromotion(tx, subject, 'active', 'ended')
    if (version !== null) await tell(tx, 'ended', { ...row, version })
  }
})

async function tell(
  tx: Tx,
  what: 'planned' | 'begun' | 'extended' | 'ended' | 'cancelled',
  { promotion_id, version, name, until_at }: Pick<PromotionRow, 'promotion_id' | 'version' | 'name' | 'until_at'>,
  timers: readonly NewJob[] = [],
): Promise<void> {
  const data = { name, until: until_at.toISOString() }
  await publish(tx, [{ type: `promotion.${what}`, subject: promotion_id, version, data }], timers)
}
