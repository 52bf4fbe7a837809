// Inventory's face: reserve, allocate, ship, release, move. It knows demands by an opaque id and nothing of orders.

export type { Place, Placed } from './allocate-stock.ts'
export { allocate, deallocate } from './allocate-stock.ts'
export {
  adjustStock,
  countStock,
  damageStock,
  placeLocations,
  receiveReturn,
  receiveStock,
  transferStock,
} from './change-stock.ts'
export { followLocation } from './follow-location.ts'
export { moveStock } from './move-stock.ts'
export type { Release, Shipment } from './release-stock.ts'
export { release, ship } from './release-stock.ts'
export type { Reserved } from './reserve-stock.ts'
export { reserve } from './reserve-stock.ts'
export { inventoryRoutes } from './routes.ts'
export type { Claim, Grants } from './rules.ts'
export { expireReservations } from './steps.ts'
export { availability, freeAtLocations, lockStock, skusOfStock } from './store.ts'
export { settleBroken } from './store-movements.ts'
export { demandsOf } from './store-reading.ts'
export type { Freed, Kept, Loss } from './trim-places.ts'
export { loseAllocated, loseFreed, trimPlaces, unplace, unplaceToMove } from './trim-places.ts'
