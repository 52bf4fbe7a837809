// What the screen of load says of slots: how full each is, where the next room is, and what a location books in all; pure.
import type { LocationLoad } from '../../../src/contracts/capacity.ts'

export type LoadSlot = LocationLoad['slots'][number]

export interface Totals {
  readonly orders: number
  readonly done_orders: number
  /** null where a slot has no limit in orders. */
  readonly max_orders: number | null
}

/** The part of a slot that is booked, by the limit that is reached first; 0 where it has none, 1 where nothing more is taken. */
export function fillOf(slot: LoadSlot): number {
  const part = (used: number, limit: number | null) => (limit === null ? 0 : limit === 0 ? 1 : used / limit)
  return Math.max(
    part(slot.orders, slot.max_orders),
    part(slot.lines, slot.max_lines),
    part(slot.minutes, slot.max_minutes),
  )
}

export function isFull(slot: LoadSlot): boolean {
  return fillOf(slot) >= 1
}

/** The first slot that takes more work; null where none of those shown does. */
export function nextRoom(slots: readonly LoadSlot[]): LoadSlot | null {
  return slots.find((slot) => !isFull(slot)) ?? null
}

/** What all slots hold together. */
export function totalsOf(slots: readonly LoadSlot[]): Totals {
  const sum = (pick: (slot: LoadSlot) => number) => slots.reduce((total, slot) => total + pick(slot), 0)
  return {
    orders: sum((slot) => slot.orders),
    done_orders: sum((slot) => slot.done_orders),
    max_orders: slots.some((slot) => slot.max_orders === null) ? null : sum((slot) => slot.max_orders ?? 0),
  }
}

const HOUR_MS = 3_600_000
const DAY_HOURS = 24

export type Fullness = 'closed' | 'unlimited' | 'full' | 'tight' | 'room' | 'resting'
const TIGHT_PERCENT = 80
const FULL_PERCENT = 100

/** In one word: how a location stands for the coming day. */
export function fullnessOf(load: LocationLoad): Fullness {
  if (load.state === 'closed') return 'closed'
  if (!load.limited) return 'unlimited'
  if (load.slots.length === 0) return 'resting'
  if (load.fill_percent >= FULL_PERCENT || nextRoom(load.slots) === null) return 'full'
  return load.fill_percent >= TIGHT_PERCENT ? 'tight' : 'room'
}

export interface Bar {
  readonly slot: LoadSlot
  /** Place and width along the strip, in per cent of what is shown. */
  readonly left: number
  readonly width: number
  /** Height of what is booked and of what of it is done, in per cent of the limit. */
  readonly booked: number
  readonly done: number
}

/** Slots as bars on one axis of time from `from_ms` on, so that locations stand side by side. */
export function barsOf(slots: readonly LoadSlot[], from_ms: number, hours: number): Bar[] {
  const span_ms = hours * HOUR_MS
  return slots.flatMap((slot): Bar[] => {
    const begin = Math.max(0, Date.parse(slot.starts_at) - from_ms)
    const end = Math.min(span_ms, Date.parse(slot.ends_at) - from_ms)
    if (end <= begin) return []
    const booked = Math.min(1, fillOf(slot))
    const done = slot.orders === 0 ? 0 : slot.done_orders / slot.orders
    return [
      {
        slot,
        left: percentOf(begin / span_ms),
        width: percentOf((end - begin) / span_ms),
        booked: percentOf(booked),
        done: percentOf(booked * done),
      },
    ]
  })
}

function percentOf(part: number): number {
  return Math.round(part * 10_000) / 100
}

/** Round times on the axis: every third hour where a day is shown, otherwise midnights. `clock` is what `from_ms` reads on the reader's clock, "14:05". */
export function marksOf(from_ms: number, hours: number, clock: string): { at_ms: number; left: number }[] {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  const midnight_ms = from_ms - (from_ms % 60_000) - (hour * 60 + minute) * 60_000
  const step_ms = (hours <= DAY_HOURS ? 3 : DAY_HOURS) * HOUR_MS
  const marks = []
  for (let at_ms = midnight_ms + step_ms; at_ms < from_ms + hours * HOUR_MS; at_ms += step_ms)
    if (at_ms > from_ms) marks.push({ at_ms, left: percentOf((at_ms - from_ms) / (hours * HOUR_MS)) })
  return marks
}
