// Free units by place, and orders taken today by location, while a batch is decided: what one order takes is gone for the next.

export class FreeStock {
  private readonly units: Map<string, number>
  private readonly orders: Map<string, number>
  constructor(units = new Map<string, number>(), orders = new Map<string, number>()) {
    this.units = units
    this.orders = orders
  }
  add(location_id: string, sku: string, free: number): void {
    this.units.set(`${location_id} ${sku}`, free)
  }
  at(location_id: string, sku: string): number {
    return Math.max(0, this.units.get(`${location_id} ${sku}`) ?? 0)
  }
  take(location_id: string, sku: string, quantity: number): void {
    this.units.set(`${location_id} ${sku}`, this.at(location_id, sku) - quantity)
  }
  ordersAt(location_id: string): number {
    return this.orders.get(location_id) ?? 0
  }
  countOrders(location_id: string, orders: number): void {
    this.orders.set(location_id, this.ordersAt(location_id) + orders)
  }
  /** The same, to decide on without taking from this one. */
  copy(): FreeStock {
    return new FreeStock(new Map(this.units), new Map(this.orders))
  }
}
