// Slots made ahead from hours and limits, shifts as a batch of decisions sees them, and the pace that scans of the last hours show.
import type { SlotCapacity } from '../../contracts/catalog.ts'
import { DAY_MS, HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { type Location, locations } from '../catalog/index.ts'
import { type Promotion, raiseAt, raised } from '../modes/index.ts'
import { slotsOf } from './calendar.ts'
import { type Pace, type Shift, SlotBook } from './slot-book.ts'
import {
  closeOtherSlots,
  endBookings,
  lockBooked,
  lockSlots,
  measureScans,
  type NewPace,
  putPaces,
  putSlots,
  readSlots,
  type SlotLimits,
  type SlotRow,
} from './store.ts'

const OPEN_SHIFTS = 'capacity.open-shifts'
/** Work is booked so many days ahead at most. */
export const HORIZON_DAYS = 7
/** Slots are made a day further, and twice a day, so that each is there when it comes into sight. */
const MADE_DAYS = HORIZON_DAYS + 1
const RENEW_MS = 12 * HOUR_MS
/** Work that was not done in its slot is carried along for so long. */
const OVERDUE_MS = 2 * DAY_MS
const PACE_HOURS = 4
const BREAK_SECONDS = 600
const SCANS_AT_LEAST = 20
/** However odd the scans, nobody works at less than a third or more than three times the pace given. */
const [FASTEST, SLOWEST] = [1 / 3, 3]

export type Limited = Location & { readonly capacity: SlotCapacity }

export function isLimited(location: Location): location is Limited {
  return location.capacity !== undefined
}

/** On location.changed and twice a day after it: the slots of the location as its hours and limits are now, and the pace that was seen. */
export const openShifts = inside(OPEN_SHIFTS, { batch: 50 }, async (tx, jobs) => {
  const wanted = new Set(jobs.map((job) => job.subject))
  const changed = [...(await locations(tx)).values()].filter((location) => wanted.has(location.version_id))
  const limited = changed.filter(isLimited)
  if (limited.length > 0) await learnPaces(tx, limited)
  await putSlots(
    tx,
    limited.flatMap((location) => limitsOf(location, tx.now, MADE_DAYS)),
  )
  for (const location of changed) {
    const kept = isLimited(location) ? limitsOf(location, tx.now, MADE_DAYS).map((slot) => slot.starts_at) : []
    await closeOtherSlots(tx, location.location_id, tx.now, kept)
  }
  await tellRoom(
    tx,
    limited.map((location) => location.location_id),
  )
  await schedule(
    tx,
    limited.map((location) => ({ step: OPEN_SHIFTS, subject: location.version_id, due_at: later(tx.now, RENEW_MS) })),
  )
})

/** On fulfilment.packed, shipped and cancelled: what is packed is done, what is cancelled gives its slot back. */
export const endWork = inside('capacity.end-bookings', { batch: 500 }, async (tx, jobs) => {
  const ids = jobs.map((job) => job.subject)
  await lockBooked(tx, ids)
  const freed = await endBookings(tx, ids)
  await tellRoom(
    tx,
    freed.map((row) => row.location_id),
  )
})

// Slots were made or left: whoever waits for room there hears of it.
async function tellRoom(tx: Tx, location_ids: readonly string[]): Promise<void> {
  await publish(
    tx,
    [...new Set(location_ids)].map((location) => ({
      type: 'capacity.room_opened',
      subject: tx.newId(),
      version: 1,
      data: { location },
    })),
  )
}

const SECONDS = 60
const PERCENT = 100

/** The slots that a location has from `now` on, a week ahead where `days` is absent, by its hours and limits. */
export function limitsOf(location: Limited, now: Date, days: number = HORIZON_DAYS): SlotLimits[] {
  const { slot_minutes, orders, lines, minutes } = location.capacity
  return slotsOf(location, slot_minutes, now, days).map((span): SlotLimits => {
    const part = (span.ends_at.getTime() - span.starts_at.getTime()) / (slot_minutes * SECONDS * 1000)
    const limit = (most: number | undefined, of = 1) => (most === undefined ? null : Math.floor(most * of * part))
    return {
      ...span,
      location_id: location.location_id,
      max_orders: limit(orders),
      max_lines: limit(lines),
      max_seconds: limit(minutes, SECONDS),
    }
  })
}

/** Locks the shifts of these locations for a batch of decisions; `look` only looks. No statement where none of them has limits. */
export async function lockShifts(
  tx: Tx,
  places: readonly Location[],
  promotion: Promotion | null,
  { look = false } = {},
): Promise<SlotBook> {
  const limited = places.filter(isLimited)
  if (limited.length === 0) return new SlotBook()
  const ids = limited.map((location) => location.location_id)
  const [since, until] = [later(tx.now, -OVERDUE_MS), later(tx.now, HORIZON_DAYS * DAY_MS)]
  const rows = await (look ? readSlots(tx, ids, since, until) : lockSlots(tx, ids, since, until))
  return new SlotBook(shiftsOf(limited, rows, tx.now, promotion), tx.now)
}

/** Shifts by location from rows in key order; a location whose slots are not made yet has none. */
export function shiftsOf(
  limited: readonly Limited[],
  rows: readonly SlotRow[],
  now: Date,
  promotion: Promotion | null,
): Map<string, Shift> {
  const of = Map.groupBy(rows, (row) => row.location_id)
  return new Map(
    limited.flatMap((location): [string, Shift][] => {
      const mine = of.get(location.location_id) ?? []
      if (mine.length === 0) return []
      const past = mine.filter((row) => row.ends_at <= now)
      const sum = (pick: (row: SlotRow) => number) => past.reduce((total, row) => total + pick(row), 0)
      return [
        [
          location.location_id,
          {
            slots: mine.filter((row) => row.ends_at > now).map((row) => raisedSlot(row, promotion)),
            pace: paceOf(location.capacity, mine[0]?.factor ?? null),
            kept: (location.capacity.urgent_percent ?? 0) / PERCENT,
            overdue: {
              orders: sum((row) => row.orders - row.done_orders),
              lines: sum((row) => row.lines - row.done_lines),
              seconds: sum((row) => row.seconds - row.done_seconds),
            },
          },
        ],
      ]
    }),
  )
}

/** A slot with its limits as a promotion raises them while it begins within it. */
export function raisedSlot<Row extends SlotLimits>(row: Row, promotion: Promotion | null): Row {
  const within = promotion !== null && row.starts_at < new Date(promotion.until)
  const by = within ? raiseAt(promotion, row.location_id) : 1
  const most = (limit: number | null) => (limit === null ? null : raised(limit, by))
  return {
    ...row,
    max_orders: most(row.max_orders),
    max_lines: most(row.max_lines),
    max_seconds: most(row.max_seconds),
  }
}

/** Seconds for an order and for a line: as given, times what was measured. */
export function paceOf({ minutes_per_order, minutes_per_line }: SlotCapacity, factor: number | null): Pace {
  const scale = SECONDS * (factor ?? 1)
  return { per_order_seconds: minutes_per_order * scale, per_line_seconds: minutes_per_line * scale }
}

async function learnPaces(tx: Tx, limited: readonly Limited[]): Promise<void> {
  const byId = new Map(limited.map((location) => [location.location_id, location]))
  const measured = await measureScans(tx, later(tx.now, -PACE_HOURS * HOUR_MS), BREAK_SECONDS)
  await putPaces(
    tx,
    measured.flatMap(({ location_id, scans, lines, fulfilments, seconds }): NewPace[] => {
      const location = byId.get(location_id)
      if (location === undefined || scans < SCANS_AT_LEAST) return []
      const { per_order_seconds, per_line_seconds } = paceOf(location.capacity, null)
      const expected = fulfilments * per_order_seconds + lines * per_line_seconds
      if (expected === 0) return []
      return [{ location_id, scans, factor: Math.min(SLOWEST, Math.max(FASTEST, seconds / expected)) }]
    }),
  )
}
