// Locations looked at for one order: when its goods leave there, who carries them then, and how much of its work a place is asked for.
import { expect, test } from 'vitest'
import type { LocationFact } from '../../contracts/catalog.ts'
import { HOUR_MS, later } from '../../platform/clock.ts'
import { type Slot, SlotBook, shiftOf } from '../capacity/index.ts'
import { decideAll } from './decide-all.ts'
import { FreeStock } from './free-stock.ts'
import { shippedGuidance } from './guidance.ts'
import { leavesAt, lookAtSites } from './look-at-sites.ts'
import { groundOf } from './prepare-ground.ts'
import { at, carrier, demandOf, fact, facts, location, shipped } from './rules.arbitrary.ts'

const line = (sku: string) => ({ sku, quantity: 1 })
const wish = { lines: [line('red'), line('blue')], priority: 0, may_part: true, excluded: [] }
const stocked = (units: Readonly<Record<string, readonly string[]>>, slots?: SlotBook) => {
  const free = new FreeStock(new Map(), new Map(), slots)
  for (const [site, skus] of Object.entries(units)) for (const sku of skus) free.add(site, sku, 5)
  return free
}
const sites = (changed: Partial<LocationFact>) =>
  ['A', 'B'].map((key, index) => {
    const made = location(key, index)
    return key === 'A' ? fact(key, { ...Object(made.value), ...changed }) : made
  })
const groundWith = (changed: Partial<LocationFact>, carried: object = carrier) =>
  groundOf(new Map([...facts, ['location', sites(changed)], ['carrier', [fact('SF', carried)]]]), 'CNY')

const weekdays: LocationFact['hours'] = { weekly: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }] }

test('what is ready on a Friday after the cut-off leaves on Monday from where nobody works on Saturday, and arrives so much later', () => {
  const friday = new Date('2026-03-06T09:00:00Z')
  const ground = groundWith({ hours: weekdays })
  const promised_at = new Date('2026-03-10T00:00:00Z')
  const demand = { ...demandOf(wish, 0), promised_at }
  const guidance = { ...shippedGuidance, late_per_day: 100 }
  const [a, b] = lookAtSites(ground, guidance, demand, stocked({ A: ['red'], B: ['red'] }), friday)
  const leaves = (candidate: typeof a) =>
    candidate && leavesAt(candidate.site.location, candidate.ready_at ?? friday, friday, null).toISOString()
  expect([leaves(a), leaves(b)]).toEqual(['2026-03-09T08:00:00.000Z', '2026-03-07T08:00:00.000Z'])
  expect(a?.ways[0]?.arrives_at).toEqual(new Date('2026-03-11T08:00:00Z'))
  expect(a?.ways[0]?.late_minor).toBe(200)
  expect(b?.ways[0]?.late_minor).toBe(0)
})

test('a carrier that stops from tomorrow on does not take what leaves tomorrow, and one that goes again then does', () => {
  const midnight = new Date('2026-03-02T16:00:00Z')
  const area = (when: object) => ({ ...carrier, suspended_areas: [{ country: 'CN', ...when }] })
  const removed = (carried: object, hour: string) => {
    const moment = new Date(`2026-03-02T${hour}:00Z`)
    return lookAtSites(
      groundWith({}, carried),
      shippedGuidance,
      demandOf(wish, 0),
      stocked({ A: ['red', 'blue'] }),
      moment,
    )[0]?.removed
  }
  const [stops, goes] = [area({ from: midnight.toISOString() }), area({ until: midnight.toISOString() })]
  // ten in the morning in Shanghai leaves today, seven in the evening tomorrow
  expect([removed(stops, '02:00'), removed(stops, '11:00')]).toEqual([null, 'out_of_area'])
  expect([removed(goes, '02:00'), removed(goes, '11:00')]).toEqual(['out_of_area', null])
  expect(removed({ ...carrier, state: 'suspended' }, '02:00')).toBe('out_of_area')
})

test('a place is asked for the work of what it could send, not of the whole order', () => {
  const slot: Slot = {
    location_id: 'A',
    starts_at: at,
    ends_at: later(at, HOUR_MS),
    max_orders: 4,
    max_lines: 1,
    max_seconds: null,
    orders: 0,
    lines: 0,
    seconds: 0,
  }
  const pace = { per_order_seconds: 60, per_line_seconds: 10 }
  const shift = shiftOf({ slots: [slot], pace, kept: 0, overdue: { orders: 0, lines: 0, seconds: 0 } }, at)
  const free = stocked({ A: ['red'], B: ['blue'] }, new SlotBook(new Map([['A', shift]]), at))
  const [decision] = decideAll(groundWith({}), shipped([demandOf(wish, 0)]), free, at)
  expect(decision?.plan?.parts.map(({ candidate }) => candidate.site.location.location_id)).toEqual(['A', 'B'])
  expect([slot.orders, slot.lines]).toEqual([1, 1])
})
