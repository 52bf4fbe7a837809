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
  /** Share of each limit, 0 to 1, that only urgent work may book before the slot begins. */
  readonly kept: number
  readonly overdue: { readonly orders: number; readonly lines: number; readonly seconds: number }
}

export class SlotBook {
  private readonly shifts: ReadonlyMap<string, Shift>
  private readonly at: Date
  constructor(shifts: ReadonlyMap<string, Shift> = new Map(), at = new Date(0)) {
    this.shifts = shifts
    this.at = at
  }

  /** Whether this location has limits at all. */
  has(location_id: string): boolean {
    return this.shifts.has(location_id)
  }

  /** The same book where this location has no limits. */
  without(location_id: string): SlotBook {
    return new SlotBook(new Map([...this.shifts].filter(([id]) => id !== location_id)), this.at)
  }

  /** What so many lines of one fulfilment are as work there. */
  workOf(location_id: string, lines: number): Work {
    const pace = this.shifts.get(location_id)?.pace
    if (pace === undefined) return { lines, seconds: 0 }
    return { lines, seconds: Math.ceil(pace.per_order_seconds + pace.per_line_seconds * lines) }
  }

  /** The earliest slot with room for the work; work that is overdue is done first. null where no slot has room. */
  earliest(location_id: string, work: Work, urgent: boolean): Slot | null {
    const shift = this.shifts.get(location_id)
    if (shift === undefined) return null
    let { orders, lines, seconds } = shift.overdue
    for (const slot of shift.slots) {
      const before = { orders, lines, seconds }
      const open = urgent || slot.starts_at <= this.at ? 1 : 1 - shift.kept
      if (fits(slot, work, before, open)) return slot
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

  /** Takes back what was booked here. */
  giveBack(slot: Slot, work: Work): void {
    slot.orders -= 1
    slot.lines -= work.lines
    slot.seconds -= work.seconds
  }

  /** The same, for work that was booked before and leaves its slot. */
  leave(location_id: string, starts_at: Date, work: Work): void {
    const slot = this.slotAt(location_id, starts_at)
    if (slot !== null) this.giveBack(slot, work)
  }

  /** The slot of a location that begins then; null where it is over or is none. */
  slotAt(location_id: string, starts_at: Date): Slot | null {
    const slots = this.shifts.get(location_id)?.slots
    return slots?.find((one) => one.starts_at.getTime() === starts_at.getTime()) ?? null
  }

  /** What all slots of a location together still have room for, overdue work done first; null where there is no such limit. */
  room(
    location_id: string,
    urgent: boolean,
  ): { orders: number | null; lines: number | null; seconds: number | null } | null {
    const shift = this.shifts.get(location_id)
    if (shift === undefined) return null
    const left = (max: (slot: Slot) => number | null, used: (slot: Slot) => number, overdue: number) => {
      const limits = shift.slots.map((slot) => {
        const most = max(slot)
        const open = urgent || slot.starts_at <= this.at ? 1 : 1 - shift.kept
        return most === null ? null : Math.max(0, Math.floor(most * open) - used(slot))
      })
      if (limits.some((limit) => limit === null)) return null
      return Math.max(0, limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0) - overdue)
    }
    return {
      orders: left(
        (slot) => slot.max_orders,
        (slot) => slot.orders,
        shift.overdue.orders,
      ),
      lines: left(
        (slot) => slot.max_lines,
        (slot) => slot.lines,
        shift.overdue.lines,
      ),
      seconds: left(
        (slot) => slot.max_seconds,
        (slot) => slot.seconds,
        shift.overdue.seconds,
      ),
    }
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
      this.at,
    )
  }
}

// `open` is the share of each limit that is open to this work.
function fits(
  slot: Slot,
  work: Work,
  before: { orders: number; lines: number; seconds: number },
  open: number,
): boolean {
  return (
    within(slot.max_orders, open, slot.orders + before.orders + 1) &&
    within(slot.max_lines, open, slot.lines + before.lines + work.lines) &&
    within(slot.max_seconds, open, slot.seconds + before.seconds + work.seconds)
  )
}

function within(max: number | null, open: number, used: number): boolean {
  return max === null || used <= Math.floor(max * open)
}

function roomOf(max: number | null, used: number, wanted: number): number {
  return max === null ? wanted : Math.max(0, max - used)
}
