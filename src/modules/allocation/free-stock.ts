// Free units by place while a batch is decided: what one order takes is gone for the next.

export class FreeStock {
  private readonly units = new Map<string, number>()
  add(location_id: string, sku: string, free: number): void {
    this.units.set(`${location_id} ${sku}`, free)
  }
  at(location_id: string, sku: string): number {
    return Math.max(0, this.units.get(`${location_id} ${sku}`) ?? 0)
  }
  take(location_id: string, sku: string, quantity: number): void {
    this.units.set(`${location_id} ${sku}`, this.at(location_id, sku) - quantity)
  }
}
