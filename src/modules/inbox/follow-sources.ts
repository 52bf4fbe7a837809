// The steps of the inbox: what its sources tell becomes items or closes them; what was put off comes back; what time changes is swept.
import { HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import { uuidFloor } from '../../platform/ids.ts'
import { type Measure, measure } from './read-policy.ts'
import { routeOf, share, stakeOf, weigh } from './rules.ts'
import {
  classesOf,
  closeKept,
  closeOver,
  closePromises,
  giveItems,
  holdKeeper,
  type LateRow,
  mismatched,
  noticeItems,
  peopleWith,
  promisesAtRisk,
  promisesOf,
  rerank,
  type SourceRow,
  sourcesOf,
  wakeItems,
} from './store.ts'

const FOLLOW = 'inbox.follow'
export const WAKE = 'inbox.wake'
/** Of one batch: a subject has one open thing, seldom a few. */
const THINGS_AT_MOST = 2000
/** Plans are looked at for so long whether they arrive after their promise. */
const PLANNED_MS = 15 * MINUTE_MS

/** On what a source tells: whatever is open of these subjects has its item, and nothing else has. The subject is what the source's row is about. */
export const followSources = inside(FOLLOW, { batch: 200, serial: true }, async (tx, jobs) => {
  const subjects = [...new Set(jobs.map((job) => job.subject))]
  await holdKeeper(tx)
  await closeOver(tx, subjects, null, 'settled')
  await notice(tx, await sourcesOf(tx, subjects, THINGS_AT_MOST))
})

/** A timer, its subject the item: what was put off is open again. */
export const wakeSnoozed = inside(WAKE, { batch: 200 }, async (tx, jobs) => {
  await wakeItems(
    tx,
    jobs.map((job) => job.subject),
  )
})

async function notice(tx: Tx, sources: readonly SourceRow[]): Promise<void> {
  if (sources.length === 0) return
  const scale = await measure(tx)
  const order_ids = [...new Set(sources.flatMap((row) => row.order_id ?? []))]
  const classes = Map.groupBy(order_ids.length === 0 ? [] : await classesOf(tx, order_ids), (row) => row.order_id)
  const rows = sources.map((row) =>
    itemOf(
      tx,
      row,
      scale,
      (classes.get(row.order_id ?? '') ?? []).map((one) => one.class),
    ),
  )
  const fresh = new Set(
    (
      await noticeItems(
        tx,
        rows.map((row) => row.item),
      )
    ).map((row) => row.item_id),
  )
  const wanted = rows.flatMap(({ item, skill }) =>
    skill === null || !fresh.has(item.item_id) ? [] : [{ item_id: item.item_id, skill }],
  )
  if (wanted.length === 0) return
  const given = share(wanted, await peopleWith(tx, [...new Set(wanted.map((one) => one.skill))]))
  if (given.length > 0) await giveItems(tx, given)
}

function itemOf(tx: Tx, row: SourceRow, { policy, toBase }: Measure, classes: readonly string[]) {
  const { queue, skill } = routeOf(row, classes, stakeOf(row, policy, toBase), policy)
  const title = row.title === null || row.title === '' ? '—' : row.title
  return { skill, item: { ...row, ...weigh(row, policy, toBase), item_id: tx.newId(), title, queue } }
}

function promiseOf({ fulfilment_id, number, total, planned_at, ...row }: LateRow): SourceRow {
  return {
    ...row,
    kind: 'promise',
    source_id: fulfilment_id,
    subject: fulfilment_id,
    title: number,
    value: total,
    opened_at: planned_at,
    queue: null,
  }
}

/** On fulfilment.service_changed: of an order's work, what will be late now, with when; what will not be any more needs nobody. */
export const checkPromises = inside('inbox.check-promises', { batch: 200, serial: true }, async (tx, jobs) => {
  await holdKeeper(tx)
  const order_ids = [...new Set(jobs.map((job) => job.subject))]
  await closeKept(tx, order_ids)
  await notice(tx, (await promisesOf(tx, order_ids, THINGS_AT_MOST)).map(promiseOf))
})

/**
 * What no event tells, at most `limit` rows of each: time passes and items move up, work on the floor is late or will be, late work has left.
 * Answers how many rows it touched.
 */
export async function tendInbox(tx: Tx, limit: number): Promise<number> {
  const moved = await rerank(tx, limit)
  await holdKeeper(tx)
  const closed = (await closePromises(tx, limit)).length
  const late = await promisesAtRisk(tx, uuidFloor(later(tx.now, -PLANNED_MS)), limit)
  await notice(tx, late.map(promiseOf))
  return Math.max(moved, closed, late.length)
}

/** What events have missed is followed up: sources without an item, items without a source. Answers how many subjects. */
export async function reconcileInbox(tx: Tx, limit: number): Promise<number> {
  const subjects = await mismatched(tx, limit)
  await schedule(
    tx,
    subjects.map(({ subject }) => ({ step: FOLLOW, subject })),
  )
  return 0
}

export const RECONCILE_EVERY_MS = HOUR_MS
