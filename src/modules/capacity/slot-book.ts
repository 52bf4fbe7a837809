// The slots of locations while a batch is decided: the earliest with room, what it costs to use a busy place, and what was given.
import { DAY_MS, later, laterOf } from '../../platform/clock.ts'

/** Work of one fulfilment: it counts as one order in each slot in which it is done. */
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

/** What of a fulfilment's work is done in one slot. */
export interface Stint {
  readonly slot: Slot
  readonly work: Work
}

export interface Pace {
  readonly per_order_seconds: number
  readonly per_line_seconds: number
}

const amounts = ['orders', 'lines', 'seconds'] as const
type Amount = (typeof amounts)[number]
export type Amounts = Readonly<Record<Amount, number>>
/** null: no such limit. */
export type Limits = Readonly<Record<Amount, number | null>>

/** What a location gets done. */
export interface Shift {
  /** Those that have not ended, in order of time; a full one may be left out. */
  readonly slots: readonly Slot[]
  readonly pace: Pace
  /** Share of each limit, 0 to 1, that only urgent work may book before the slot begins. */
  readonly kept: number
  /** Work that should have been done before now. */
  readonly overdue: Amounts
  /** Booked in all slots that have not ended. */
  readonly ahead: Amounts
  /** Limits of a day of work: the day that begins now, or with the next slot that is open to anything. */
  readonly day: Limits
}

/** Where nothing is open in all that is known, work ahead counts as so many days. */
const NEVER_DAYS = 7

export class SlotBook {
  private readonly shifts: ReadonlyMap<string, Shift>
  private readonly at: Date
  private readonly ahead: Map<string, Record<Amount, number>>
  constructor(shifts: ReadonlyMap<string, Shift> = new Map(), at = new Date(0)) {
    this.shifts = shifts
    this.at = at
    this.ahead = new Map([...shifts].map(([location_id, shift]) => [location_id, { ...shift.ahead }]))
  }

  /** Whether this location has limits at all. */
  has(location_id: string): boolean {
    return this.shifts.has(location_id)
  }

  /** The same book where this location has no limits. */
  without(location_id: string): SlotBook {
    return new SlotBook(new Map([...this.present()].filter(([id]) => id !== location_id)), this.at)
  }

  /** What so many lines of one fulfilment are as work there. */
  workOf(location_id: string, lines: number): Work {
    const pace = this.shifts.get(location_id)?.pace
    if (pace === undefined) return { lines, seconds: 0 }
    return { lines, seconds: Math.ceil(pace.per_order_seconds + pace.per_line_seconds * lines) }
  }

  /** The earliest slot with room for the work; work that no slot takes whole is done in what several of them have left. Overdue work is done first. null where there is no room. */
  earliest(location_id: string, work: Work, urgent: boolean): readonly Stint[] | null {
    const shift = this.shifts.get(location_id)
    if (shift === undefined) return null
    const rooms = this.roomsOf(shift, urgent)
    const whole = rooms.find(({ room }) => room.orders >= 1 && room.lines >= work.lines && room.seconds >= work.seconds)
    return whole === undefined ? spread(rooms, work) : [{ slot: whole.slot, work }]
  }

  /** Books it; the caller has asked for the earliest slot before. */
  take({ slot, work }: Stint): void {
    this.add(slot, work, 1)
  }

  /** Takes back what was booked here. */
  giveBack({ slot, work }: Stint): void {
    this.add(slot, work, -1)
  }

  /** The same, for work that was booked before and leaves its slot. */
  leave(location_id: string, starts_at: Date, work: Work): void {
    const slot = this.slotAt(location_id, starts_at)
    if (slot !== null) this.giveBack({ slot, work })
  }

  /** The slot of a location that begins then; null where it is over or is none. */
  slotAt(location_id: string, starts_at: Date): Slot | null {
    const slots = this.shifts.get(location_id)?.slots
    return slots?.find((one) => one.starts_at.getTime() === starts_at.getTime()) ?? null
  }

  /** What all slots of a location together still have room for, overdue work done first; null where there is no such limit. */
  room(location_id: string, urgent: boolean): Limits | null {
    const shift = this.shifts.get(location_id)
    if (shift === undefined) return null
    const left = (amount: Amount): number | null => {
      const limits = shift.slots.map((slot) => {
        const most = limitOf(slot, amount)
        return most === null ? null : Math.max(0, Math.floor(most * this.openTo(shift, slot, urgent)) - slot[amount])
      })
      if (limits.some((limit) => limit === null)) return null
      return Math.max(0, limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0) - shift.overdue[amount])
    }
    return { orders: left('orders'), lines: left('lines'), seconds: left('seconds') }
  }

  /** Work ahead of the location in days of its own capacity, overdue work too: 1 is a day's work, 2 is two; the fullest of its limits. */
  fill(location_id: string): number {
    const shift = this.shifts.get(location_id)
    const ahead = this.ahead.get(location_id)
    if (shift === undefined || ahead === undefined) return 0
    const days = amounts.map((amount) => {
      const most = shift.day[amount]
      const work = ahead[amount] + shift.overdue[amount]
      if (most === null || work === 0) return 0
      return most === 0 ? NEVER_DAYS : work / most
    })
    return Math.max(...days)
  }

  /** The same, to decide on without taking from this one. */
  copy(): SlotBook {
    return new SlotBook(
      new Map(
        [...this.present()].map(([location_id, shift]) => [
          location_id,
          { ...shift, slots: shift.slots.map((slot) => ({ ...slot })) },
        ]),
      ),
      this.at,
    )
  }

  // Shifts with all that was given since.
  private present(): Map<string, Shift> {
    return new Map([...this.shifts].map(([id, shift]) => [id, { ...shift, ahead: this.ahead.get(id) ?? shift.ahead }]))
  }

  private add(slot: Slot, work: Work, times: 1 | -1): void {
    const ahead = this.ahead.get(slot.location_id)
    for (const one of ahead === undefined ? [slot] : [slot, ahead]) {
      one.orders += times
      one.lines += times * work.lines
      one.seconds += times * work.seconds
    }
  }

  // The share of each limit of a slot that is open to this work.
  private openTo({ kept }: Shift, slot: Slot, urgent: boolean): number {
    return urgent || slot.starts_at <= this.at ? 1 : 1 - kept
  }

  // What each slot has left for this work once it has done what it can of the overdue work.
  private roomsOf(shift: Shift, urgent: boolean): { slot: Slot; room: Amounts }[] {
    const before = { ...shift.overdue }
    return shift.slots.map((slot) => {
      const open = this.openTo(shift, slot, urgent)
      const room = { orders: Infinity, lines: Infinity, seconds: Infinity }
      for (const amount of amounts) {
        const most = limitOf(slot, amount)
        if (most !== null) room[amount] = Math.floor(most * open) - slot[amount] - before[amount]
        // what this slot takes of the overdue work is no longer in the way of the next
        before[amount] = most === null ? 0 : Math.max(0, before[amount] - Math.max(0, most - slot[amount]))
      }
      return { slot, room }
    })
  }
}

/** A shift whose slots are all there. */
export function shiftOf(shift: Omit<Shift, 'ahead' | 'day'>, at: Date): Shift {
  const { slots } = shift
  const first = slots.find((slot) => amounts.every((amount) => limitOf(slot, amount) !== 0))
  const until = first === undefined ? at : later(laterOf(first.starts_at, at), DAY_MS)
  const today = slots.filter((slot) => slot.starts_at < until)
  const ahead = (amount: Amount) => slots.reduce((sum, slot) => sum + slot[amount], 0)
  const day = (amount: Amount) => {
    if (slots.every((slot) => limitOf(slot, amount) === null)) return null
    return today.reduce((sum, slot) => sum + (limitOf(slot, amount) ?? 0), 0)
  }
  return {
    ...shift,
    ahead: { orders: ahead('orders'), lines: ahead('lines'), seconds: ahead('seconds') },
    day: { orders: day('orders'), lines: day('lines'), seconds: day('seconds') },
  }
}

function limitOf(slot: Slot, amount: Amount): number | null {
  return slot[`max_${amount}`]
}

// In order of time, as much in each slot as it has left of everything; null where all of them together do not do.
function spread(rooms: readonly { slot: Slot; room: Amounts }[], work: Work): Stint[] | null {
  let { lines, seconds } = work
  const stints: Stint[] = []
  for (const { slot, room } of rooms) {
    const some = { lines: Math.min(lines, room.lines), seconds: Math.min(seconds, room.seconds) }
    if (room.orders < 1 || (lines > 0 && some.lines <= 0) || (seconds > 0 && some.seconds <= 0)) continue
    stints.push({ slot, work: some })
    lines -= some.lines
    seconds -= some.seconds
    if (lines === 0 && seconds === 0) return stints
  }
  return null
}
