// Free units by place, orders taken today and slots by location, while a batch is decided: what one order takes is gone for the next.
import { SlotBook, type Stint } from '../capacity/index.ts'
import type { Part } from './types.ts'

/** What a part was given: its work in one slot, or in several one after the other. */
export type Booked = readonly Stint[]

/** When it is ready. */
export function readyWith(booked: Booked | undefined): Date | null {
  return booked?.at(-1)?.slot.ends_at ?? null
}

export class FreeStock {
  private readonly units: Map<string, number>
  private readonly orders: Map<string, number>
  readonly slots: SlotBook
  /** What parts were given since this was made. */
  readonly booked = new Map<Part, Booked>()
  private readonly steps: (() => void)[] = []
  private readonly held = new Map<string, Map<string, number>>()
  private readonly times = new Map<string, Date>()
  constructor(units = new Map<string, number>(), orders = new Map<string, number>(), slots = new SlotBook()) {
    this.units = units
    this.orders = orders
    this.slots = slots
  }
  add(location_id: string, sku: string, free: number): void {
    this.units.set(`${location_id} ${sku}`, free)
  }
  at(location_id: string, sku: string): number {
    return Math.max(0, this.units.get(`${location_id} ${sku}`) ?? 0)
  }
  /** Units that may leave where so many are to stay; what lies there for the order already may leave whatever is to stay. */
  beyond(location_id: string, sku: string, kept: number): number {
    return Math.max(0, this.at(location_id, sku) - kept) + (this.held.get(location_id)?.get(sku) ?? 0)
  }
  /** Units that lie there for the order that is looked at, not counted among the free ones. */
  hold(location_id: string, sku: string, quantity: number): void {
    const here = this.held.get(location_id) ?? new Map<string, number>()
    this.held.set(location_id, here.set(sku, (here.get(sku) ?? 0) + quantity))
    this.steps.push(() => {
      here.set(sku, (here.get(sku) ?? 0) - quantity)
      if ([...here.values()].every((units) => units === 0)) this.held.delete(location_id)
    })
  }
  /** Whether something of the order that is looked at lies there: it counts among the orders of that place already. */
  isHome(location_id: string): boolean {
    return this.held.has(location_id)
  }
  /** When what lies there for the order is ready: it keeps the time that it has. The latest of several. */
  keepTime(location_id: string, ready_at: Date): void {
    const known = this.times.get(location_id)
    if (known === undefined || known < ready_at) this.times.set(location_id, ready_at)
  }
  /** null where nothing of the order has a time there. */
  keptTime(location_id: string): Date | null {
    return this.times.get(location_id) ?? null
  }
  take(location_id: string, sku: string, quantity: number): void {
    const place = `${location_id} ${sku}`
    const before = this.at(location_id, sku)
    this.units.set(place, before - quantity)
    this.steps.push(() => this.units.set(place, before))
  }
  ordersAt(location_id: string): number {
    return this.orders.get(location_id) ?? 0
  }
  countOrders(location_id: string, orders: number): void {
    const before = this.ordersAt(location_id)
    this.orders.set(location_id, before + orders)
    this.steps.push(() => this.orders.set(location_id, before))
  }
  /** Gives a part its slots, where its location has limits. */
  bookSlot(part: Part): void {
    const { location_id } = part.candidate.site.location
    const work = this.slots.workOf(location_id, part.quantity.filter((units) => units > 0).length)
    const stints = this.slots.earliest(location_id, work, part.candidate.urgent)
    if (stints === null) return
    for (const stint of stints) this.slots.take(stint)
    this.booked.set(part, stints)
    this.steps.push(() => {
      for (const stint of stints) this.slots.giveBack(stint)
      this.booked.delete(part)
    })
  }
  /** The same where this location takes any work at once. */
  withoutSlots(location_id: string): FreeStock {
    const other = new FreeStock(this.units, this.orders, this.slots.without(location_id))
    for (const [home, units] of this.held) other.held.set(home, units)
    for (const [home, ready_at] of this.times) other.times.set(home, ready_at)
    return other
  }
  /** Where it stands now, to come back to. */
  mark(): number {
    return this.steps.length
  }
  /** Gives back everything taken since the mark. */
  rewind(mark: number): void {
    while (this.steps.length > mark) this.steps.pop()?.()
  }
  /** The same without what is held, to decide on without taking from this one. */
  copy(): FreeStock {
    return new FreeStock(new Map(this.units), new Map(this.orders), this.slots.copy())
  }
}
