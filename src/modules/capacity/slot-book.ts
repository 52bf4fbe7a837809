// The slots of locations while a batch is decided: the earliest with room, what it costs to use a busy place, and what was given.
import { DAY_MS, later } from '../../platform/clock.ts'

/** Work of one fulfilment: it counts as one order. */
export interface Work {
  readonly lines: number
  readonly seconds: number
}

export interface Slot {
  readonly location_id: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly max_orders: number | null
  readonly max_lines: number | null
  readonly max_seconds: number | null
  orders: number
  lines: number
  seconds: number
}

export interface Pace {
  readonly per_order_seconds: number
  readonly per_line_seconds: number
}

/** Slots of a location in order of time, how fast it works, and work that should have been done before now. */
export interface Shift {
  readonly slots: Slot[]
  readonly pace: Pace
  readonly overdue: { readonly orders: number; readonly lines: number; readonly seconds: number }
}

export class SlotBook {
  private readonly shifts: ReadonlyMap<string, Shift>
  constructor(shifts: ReadonlyMap<string, Shift> = new Map()) {
    this.shifts = shifts
  }

  /** Whether this location has limits at all. */
  has(location_id: string): boolean {
    return this.shifts.has(location_id)
  }

  /** What so many lines of one fulfilment are as work there. */
  workOf(location_id: string, lines: number): Work {
    const pace = this.shifts.get(location_id)?.pace
    if (pace === undefined) return { lines, seconds: 0 }
    return { lines, seconds: Math.ceil(pace.per_order_seconds + pace.per_line_seconds * lines) }
  }

  /** The earliest slot with room for the work; work that is overdue is done first. null where no slot has room. */
  earliest(location_id: string, work: Work): Slot | null {
    const shift = this.shifts.get(location_id)
    if (shift === undefined) return null
    let { orders, lines, seconds } = shift.overdue
    for (const slot of shift.slots) {
      const before = { orders, lines, seconds }
      if (fits(slot, work, before)) return slot
      // what this slot takes of the overdue work is no longer in the way of the next
      orders = Math.max(0, orders - roomOf(slot.max_orders, slot.orders, orders))
      lines = Math.max(0, lines - roomOf(slot.max_lines, slot.lines, lines))
      seconds = Math.max(0, seconds - roomOf(slot.max_seconds, slot.seconds, seconds))
    }
    return null
  }

  /** Books it; the caller has asked for the earliest slot before. */
  take(slot: Slot, work: Work): void {
    slot.orders += 1
    slot.lines += work.lines
    slot.seconds += work.seconds
  }

  /** Work ahead of the location in days of its own capacity, overdue work too: 1 is a day's work, 2 is two; the fullest of its limits. */
  fill(location_id: string, at: Date): number {
    const shift = this.shifts.get(location_id)
    if (shift === undefined) return 0
    const until = later(at, DAY_MS)
    const part = (max: (slot: Slot) => number | null, used: (slot: Slot) => number, overdue: number) => {
      const limited = shift.slots.filter((slot) => max(slot) !== null)
      const day = limited.reduce((sum, slot) => sum + (slot.starts_at < until ? (max(slot) ?? 0) : 0), 0)
      return day === 0 ? 0 : (limited.reduce((sum, slot) => sum + used(slot), 0) + overdue) / day
    }
    return Math.max(
      part(
        (slot) => slot.max_orders,
        (slot) => slot.orders,
        shift.overdue.orders,
      ),
      part(
        (slot) => slot.max_lines,
        (slot) => slot.lines,
        shift.overdue.lines,
      ),
      part(
        (slot) => slot.max_seconds,
        (slot) => slot.seconds,
        shift.overdue.seconds,
      ),
    )
  }

  /** The same, to decide on without taking from this one. */
  copy(): SlotBook {
    return new SlotBook(
      new Map(
        [...this.shifts].map(([location_id, shift]) => [
          location_id,
          { ...shift, slots: shift.slots.map((slot) => ({ ...slot })) },
        ]),
      ),
    )
  }
}

function fits(slot: Slot, work: Work, before: { orders: number; lines: number; seconds: number }): boolean {
  return (
    within(slot.max_orders, slot.orders + before.orders + 1) &&
    within(slot.max_lines, slot.lines + before.lines + work.lines) &&
    within(slot.max_seconds, slot.seconds + before.seconds + work.seconds)
  )
}

function within(max: number | null, used: number): boolean {
  return max === null || used <= max
}

function roomOf(max: number | null, used: number, wanted: number): number {
  return max === null ? wanted : Math.max(0, max - used)
}
