// When a location that has no room may have some: its slots come into sight one by one, and what is kept for urgent work is open to all once a slot begins.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Location } from '../catalog/index.ts'
import { HORIZON_DAYS, isLimited, limitsOf } from './limits.ts'
import type { Slot, SlotBook, Work } from './slot-book.ts'

/** Days that are looked through for the next slot that takes anything; holidays are shorter. */
const SPANS_DAYS = [1, HORIZON_DAYS, 60] as const

/** null where no slot of the coming two months takes anything. */
export function nextRoom(location: Location, slots: SlotBook, work: Work, now: Date): Date | null {
  if (!isLimited(location) || !slots.has(location.location_id)) return null
  // what is kept for urgent work is no longer once the slot begins
  const kept = slots.earliest(location.location_id, work, true)
  const begins = kept?.find(({ slot }) => slot.starts_at > now)
  if (begins !== undefined) return begins.slot.starts_at
  const horizon_ms = HORIZON_DAYS * DAY_MS
  const from = later(now, horizon_ms)
  for (const days of SPANS_DAYS) {
    const found = limitsOf(location, from, days).find((slot) => slot.starts_at >= from && isOpen(slot))
    // a slot is seen as soon as it begins within the horizon
    if (found !== undefined) return later(found.starts_at, 1 - horizon_ms)
  }
  return null
}

// Work that no slot takes whole is done in several.
function isOpen({
  max_orders,
  max_lines,
  max_seconds,
}: Pick<Slot, 'max_orders' | 'max_lines' | 'max_seconds'>): boolean {
  return max_orders !== 0 && max_lines !== 0 && max_seconds !== 0
}
