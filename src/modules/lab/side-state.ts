// What one side of a replay has left: free units, slots of work, orders by location in the last day; and what a stretch of it took, to go on with.
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { DAY_MS } from '../../platform/clock.ts'
import { type Decision, FreeStock, type Ground } from '../allocation/index.ts'
import type { Location } from '../catalog/index.ts'
import { type BookedWork, WorkSlots } from './work-slots.ts'

const Text = Type.String()
const Whole = Type.Integer()
/** What a stretch took: units by place; slots by location and begin; the instants at which locations were given orders. */
const Taken = Type.Object({
  // at most 1000000: so many lines and parts have the orders of a stretch
  units: Type.Array(Type.Tuple([Text, Text, Whole])),
  // at most 100000: so many parts they have
  slots: Type.Array(Type.Tuple([Text, Whole, Whole, Whole, Whole])),
  // at most 100000: so many parts they have
  orders: Type.Array(Type.Tuple([Whole, Text])),
})
export type Taken = Static<typeof Taken>
const BothTaken = Compile(Type.Object({ a: Taken, b: Taken }))

/** What a stretch took on both sides, as it was kept; throws where it is none. */
export function takenIn(kept: unknown): { readonly a: Taken; readonly b: Taken } {
  if (!BothTaken.Check(kept)) throw new Error('a stretch of a replay cannot be read')
  return kept
}

export const nothingTaken = (): Taken => ({ units: [], slots: [], orders: [] })

const ENDLESS = 1_000_000

/** Stock that never ends. */
class EndlessStock extends FreeStock {
  override at(): number {
    return ENDLESS
  }
  override take(): void {}
}

export class SideState {
  private readonly unlimited: boolean
  private readonly units = new Map<string, number>()
  private readonly slots = new WorkSlots()
  private readonly orders = new Map<string, number>()
  private recent: Taken['orders'] = []
  private forgotten = 0
  private taken: Taken = nothingTaken()
  constructor(unlimited: boolean) {
    this.unlimited = unlimited
  }

  /** Units that come to a place, or go. */
  addUnits(location_id: string, sku: string, units: number): void {
    const place = `${location_id} ${sku}`
    this.units.set(place, (this.units.get(place) ?? 0) + units)
  }

  addWork(work: BookedWork): void {
    this.slots.add(work)
  }

  /** What an earlier stretch took is gone. */
  retake({ units, slots, orders }: Taken): void {
    for (const [location_id, sku, quantity] of units) this.addUnits(location_id, sku, -quantity)
    for (const [location_id, starts_ms, count, lines, seconds] of slots)
      this.slots.add({ location_id, starts_at: new Date(starts_ms), orders: count, lines, seconds })
    for (const order of orders) this.countOrder(order)
  }

  /** What a batch at `at` may take from. */
  freeAt(ground: Ground, locations: readonly Location[], at: Date): FreeStock {
    this.forgetOrders(at.getTime() - DAY_MS)
    const book = this.slots.bookAt(locations, ground.promotion, at)
    return this.unlimited
      ? new EndlessStock(this.units, new Map(this.orders), book)
      : new FreeStock(this.units, new Map(this.orders), book)
  }

  /** Notes what decisions took from what `freeAt` gave. */
  note(decisions: readonly Decision[], free: FreeStock, at: Date): void {
    for (const { demand, plan } of decisions)
      for (const part of plan?.parts ?? []) {
        const { location_id } = part.candidate.site.location
        this.countOrder([at.getTime(), location_id])
        this.taken.orders.push([at.getTime(), location_id])
        for (const { slot, work } of free.booked.get(part) ?? [])
          this.taken.slots.push([location_id, slot.starts_at.getTime(), 1, work.lines, work.seconds])
        if (this.unlimited) continue
        demand.lines.forEach((line, index) => {
          const quantity = part.quantity[index] ?? 0
          if (quantity > 0) this.taken.units.push([location_id, line.sku, quantity])
        })
      }
  }

  /** What was taken since this was asked last. */
  takenSince(): Taken {
    const taken = this.taken
    this.taken = nothingTaken()
    return taken
  }

  private countOrder(order: Taken['orders'][number]): void {
    this.recent.push(order)
    this.orders.set(order[1], (this.orders.get(order[1]) ?? 0) + 1)
  }

  // A location's orders of a day are counted until a day later.
  private forgetOrders(before_ms: number): void {
    for (let order = this.recent[this.forgotten]; order !== undefined && order[0] < before_ms; ) {
      this.orders.set(order[1], (this.orders.get(order[1]) ?? 0) - 1)
      order = this.recent[++this.forgotten]
    }
    if (this.forgotten < 10_000) return
    this.recent = this.recent.slice(this.forgotten)
    this.forgotten = 0
  }
}
