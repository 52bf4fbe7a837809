// What the facts of a location say about its slots: their limits as its hours cut them, as a promotion raises them, and its pace.
import type { SlotCapacity } from '../../contracts/catalog.ts'
import { DAY_MS, later, laterOf } from '../../platform/clock.ts'
import type { Location } from '../catalog/index.ts'
import { type Promotion, raiseAt, raised } from '../modes/index.ts'
import { opensAt, slotsOf } from './calendar.ts'
import type { Pace } from './slot-book.ts'
import type { SlotLimits } from './store.ts'

/** Work is booked so many days ahead at most, from when the location works next. */
export const HORIZON_DAYS = 7
const SECONDS = 60

export type Limited = Location & { readonly capacity: SlotCapacity }

export function isLimited(location: Location): location is Limited {
  return location.capacity !== undefined
}

/** The slots that a location has from `now` on by its hours and limits, so many days ahead of when it opens; none where it does not open within two months. */
export function limitsOf(location: Limited, now: Date, days: number = HORIZON_DAYS): SlotLimits[] {
  const { slot_minutes, orders, lines, minutes } = location.capacity
  const opens_at = opensAt(location, now)
  if (opens_at === null) return []
  return slotsOf(location, slot_minutes, laterOf(opens_at, now), days).map((span): SlotLimits => {
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

/** Slots that begin before are in sight: a week from when the location works next. */
export function sightOf(location: Limited, now: Date): Date {
  return later(laterOf(opensAt(location, now) ?? now, now), HORIZON_DAYS * DAY_MS)
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
