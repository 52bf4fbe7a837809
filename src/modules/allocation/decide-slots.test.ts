// Decisions where places have slots: whatever is booked, overdue and asked for, no slot holds more than its limits, and what is kept for urgent orders is kept.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR_MS, later } from '../../platform/clock.ts'
import { type Shift, type Slot, SlotBook, shiftOf } from '../capacity/index.ts'
import { decideAll } from './decide-all.ts'
import { FreeStock } from './free-stock.ts'
import { at, demandOf, ground, order, SITES, SKUS, shipped, stocks } from './rules.arbitrary.ts'

const amounts = ['orders', 'lines', 'seconds'] as const
const limit = (max: number) => fc.option(fc.integer({ min: 0, max }), { nil: null })
const booked = fc.record({
  orders: fc.integer({ min: 0, max: 2 }),
  lines: fc.integer({ min: 0, max: 3 }),
  seconds: fc.integer({ min: 0, max: 200 }),
})
const shift = fc.record({
  max_orders: limit(4),
  max_lines: limit(6),
  max_seconds: limit(900),
  used: fc.array(booked, { minLength: 1, maxLength: 5 }),
  kept: fc.constantFrom(0, 0.25, 0.5),
  overdue: booked,
  pace: fc.record({ per_order_seconds: fc.constantFrom(0, 60), per_line_seconds: fc.constantFrom(0, 30, 500) }),
})
type Wish = typeof shift extends fc.Arbitrary<infer One> ? One : never
/** By place, from the first; the last one has no limits. */
const book = fc.array(shift, { minLength: SITES.length - 1, maxLength: SITES.length - 1 })

// An hour each; the first has begun.
function shiftAt(location_id: string, { used, kept, overdue, pace, ...limits }: Wish): Shift {
  const slots = used.map((some, hour): Slot => {
    const starts_at = later(at, (hour - 0.5) * HOUR_MS)
    return { location_id, starts_at, ends_at: later(starts_at, HOUR_MS), ...limits, ...some }
  })
  return shiftOf({ slots, pace, kept, overdue }, at)
}

test('no slot takes more orders, lines or minutes than its limits, what is kept is kept, and cost with load adds up', () => {
  fc.assert(
    fc.property(stocks, fc.array(order, { minLength: 1, maxLength: 6 }), book, (units, wishes, limited) => {
      const shifts = new Map(
        limited.map((wish, index): [string, Shift] => [SITES[index] ?? '', shiftAt(SITES[index] ?? '', wish)]),
      )
      const before = new Map([...shifts].map(([id, { slots }]) => [id, slots.map((slot) => ({ ...slot }))]))
      const free = new FreeStock(new Map(), new Map(), new SlotBook(shifts, at))
      for (const [row, site] of SITES.entries())
        for (const [column, sku] of SKUS.entries()) free.add(site, sku, units[row * SKUS.length + column] ?? 0)
      const decisions = decideAll(ground, shipped(wishes.map(demandOf)), free, at)
      const broken: unknown[] = []
      const usual = new Set<Slot>()
      const added = new Map<Slot, { orders: number; lines: number; seconds: number }>()
      for (const { demand, plan } of decisions) {
        const parts = plan?.parts ?? []
        const cost = parts.reduce(
          (sum, part) => sum + part.shipping + part.handling + part.lateness + part.load + part.preference,
          plan?.split ?? 0,
        )
        if (Math.abs(cost - (plan?.cost ?? 0)) > 1e-6) broken.push(['cost', demand.order_id])
        for (const part of parts) {
          const { location_id } = part.candidate.site.location
          if (!free.slots.has(location_id)) continue
          const stints = free.booked.get(part) ?? []
          const work = free.slots.workOf(location_id, part.quantity.filter((some) => some > 0).length)
          const sum = (amount: 'lines' | 'seconds') => stints.reduce((total, one) => total + one.work[amount], 0)
          if (sum('lines') !== work.lines || sum('seconds') !== work.seconds) broken.push(['work', demand.order_id])
          for (const { slot, work: some } of stints) {
            const known = added.get(slot) ?? { orders: 0, lines: 0, seconds: 0 }
            added.set(slot, {
              orders: known.orders + 1,
              lines: known.lines + some.lines,
              seconds: known.seconds + some.seconds,
            })
            if (demand.priority === 0) usual.add(slot)
          }
        }
      }
      for (const [location_id, { slots, kept }] of shifts)
        slots.forEach((slot, index) => {
          const mine = added.get(slot)
          for (const amount of amounts) {
            const was = before.get(location_id)?.[index]?.[amount] ?? 0
            if (slot[amount] !== was + (mine?.[amount] ?? 0)) broken.push(['sum', location_id, index, amount])
            const most = slot[`max_${amount}`]
            const open = usual.has(slot) && slot.starts_at > at ? 1 - kept : 1
            if (mine !== undefined && most !== null && mine[amount] > 0 && slot[amount] > Math.floor(most * open))
              broken.push(['limit', location_id, index, amount])
          }
        })
      expect(broken).toEqual([])
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) },
  )
})

test('overdue work takes its room before anything new, and a place that is closed for days is as busy as its work says', () => {
  fc.assert(
    fc.property(shift, fc.integer({ min: 0, max: 100 }), (wish, closed_hours) => {
      const made = shiftAt('A', { ...wish, max_orders: 4, max_lines: null, max_seconds: null })
      const moved = made.slots.map((slot) => ({
        ...slot,
        starts_at: later(slot.starts_at, closed_hours * HOUR_MS),
        ends_at: later(slot.ends_at, closed_hours * HOUR_MS),
      }))
      const book = new SlotBook(new Map([['A', shiftOf({ ...made, slots: moved, kept: 0 }, at)]]), at)
      const now = new SlotBook(new Map([['A', shiftOf({ ...made, kept: 0 }, at)]]), at)
      expect(book.fill('A')).toBe(now.fill('A'))
      // orders that still fit, one after the other
      let taken = 0
      for (let stints = book.earliest('A', { lines: 1, seconds: 0 }, true); stints !== null; taken += 1) {
        for (const stint of stints) book.take(stint)
        stints = book.earliest('A', { lines: 1, seconds: 0 }, true)
      }
      const room = made.slots.reduce((sum, slot) => sum + 4 - slot.orders, 0)
      expect(taken).toBe(Math.max(0, room - wish.overdue.orders))
    }),
  )
})

test('a day that is booked whole with five hundred orders overdue is dear although it begins on Monday', () => {
  const monday = later(at, 60 * HOUR_MS)
  const slot = {
    location_id: 'A',
    starts_at: monday,
    ends_at: later(monday, 8 * HOUR_MS),
    max_lines: null,
    max_seconds: null,
  }
  const pace = { per_order_seconds: 60, per_line_seconds: 0 }
  const overdue = { orders: 500, lines: 500, seconds: 0 }
  const fillOf = (max_orders: number) => {
    const slots = [{ ...slot, max_orders, orders: max_orders, lines: 0, seconds: 0 }]
    return new SlotBook(new Map([['A', shiftOf({ slots, pace, kept: 0, overdue }, at)]]), at).fill('A')
  }
  expect(fillOf(20)).toBe(26)
  expect(fillOf(0)).toBe(7)
})
