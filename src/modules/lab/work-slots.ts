// The slots of work of one side over the time of a replay: made from the hours and limits of locations, filled by what is decided and by others.
import { DAY_MS, HOUR_MS, later } from '../../platform/clock.ts'
import type { Ground } from '../allocation/index.ts'
import {
  isLimited,
  type Limited,
  limitsOf,
  paceOf,
  raisedSlot,
  type Shift,
  type Slot,
  SlotBook,
  shiftOf,
} from '../capacity/index.ts'
import type { Location } from '../catalog/index.ts'

/** Slots are made anew so often: they always reach at least six days ahead. */
const RENEW_MS = 12 * HOUR_MS
const PERCENT = 100

/** What is booked in a slot. */
export interface BookedWork {
  readonly location_id: string
  readonly starts_at: Date
  readonly orders: number
  readonly lines: number
  readonly seconds: number
}

type Promotion = Ground['promotion']

interface Made {
  readonly promotion: Promotion
  readonly version_id: string
  readonly until: Date
  readonly slots: readonly Slot[]
}

type Booked = Pick<Slot, 'orders' | 'lines' | 'seconds'>

export class WorkSlots {
  private readonly made = new Map<string, Made>()
  /** Bookings by location and begin: also of slots that are not made yet. */
  private readonly booked = new Map<string, Map<number, Booked>>()

  /** The book of slots at `at`, which never goes back; empty where no location has limits. */
  bookAt(locations: readonly Location[], promotion: Promotion, at: Date): SlotBook {
    const limited = locations.filter(isLimited)
    if (limited.length === 0) return new SlotBook()
    return new SlotBook(
      new Map(limited.map((location) => [location.location_id, this.shiftOf(location, promotion, at)])),
      at,
    )
  }

  /** Work that others booked, or that an earlier stretch did. */
  add({ location_id, starts_at, orders, lines, seconds }: BookedWork): void {
    const there = this.bookedAt(location_id)
    const slot = there.get(starts_at.getTime())
    if (slot === undefined) there.set(starts_at.getTime(), { orders, lines, seconds })
    else {
      slot.orders += orders
      slot.lines += lines
      slot.seconds += seconds
    }
  }

  private bookedAt(location_id: string): Map<number, Booked> {
    const there = this.booked.get(location_id) ?? new Map<number, Booked>()
    this.booked.set(location_id, there)
    return there
  }

  // Work counts as done when its slot ends: nothing of it is carried along.
  private shiftOf(location: Limited, promotion: Promotion, at: Date): Shift {
    const slots = this.slotsOf(location, promotion, at).filter((slot) => slot.ends_at > at)
    const kept = (location.capacity.urgent_percent ?? 0) / PERCENT
    const overdue = { orders: 0, lines: 0, seconds: 0 }
    return shiftOf({ slots, pace: paceOf(location.capacity, null), kept, overdue }, at)
  }

  private slotsOf(location: Limited, promotion: Promotion, at: Date): readonly Slot[] {
    const { location_id, version_id } = location
    const known = this.made.get(location_id)
    if (known !== undefined && known.version_id === version_id && known.promotion === promotion && known.until > at)
      return known.slots
    const before = this.bookedAt(location_id)
    for (const starts_ms of before.keys()) if (starts_ms < at.getTime() - DAY_MS) before.delete(starts_ms)
    const slots = limitsOf(location, at).map((limits): Slot => {
      const { orders, lines, seconds } = before.get(limits.starts_at.getTime()) ?? { orders: 0, lines: 0, seconds: 0 }
      const slot = { ...raisedSlot(limits, promotion), orders, lines, seconds }
      // from now on the slot is where its bookings are counted
      before.set(limits.starts_at.getTime(), slot)
      return slot
    })
    this.made.set(location_id, { version_id, promotion, until: later(at, RENEW_MS), slots })
    return slots
  }
}
