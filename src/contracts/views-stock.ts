// Stock as people see it: by SKU over the network, by location, with movements, and the dialogs that change it.
import { type Static, Type } from 'typebox'
import { Amount, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

export const StockQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 120 })),
  network: Type.Optional(Type.String({ maxLength: 64 })),
  location: Type.Optional(Type.String({ maxLength: 64 })),
  state: Type.Optional(Type.Enum(['out', 'low', 'ok'])),
  ...PageQuery,
})

/** free = supply + presale − reserved; on_hand, unsellable and allocated are sums over the open locations of the network. */
export const StockItem = Type.Object({
  sku: Type.String(),
  network_id: Type.String(),
  name: Type.String(),
  name_zh: orNull(Type.String()),
  supply: Type.Integer(),
  presale: Type.Integer(),
  reserved: Type.Integer(),
  free: Type.Integer(),
  on_hand: Type.Integer(),
  unsellable: Type.Integer(),
  allocated: Type.Integer(),
  location_count: Type.Integer(),
  /** out: nothing free; low: free ≤ 10. */
  state: Type.Enum(['out', 'low', 'ok']),
})
export type StockItem = Static<typeof StockItem>
export const StockList = pageOf(StockItem)
export type StockList = Static<typeof StockList>

export const LocationStock = Type.Object({
  location_id: Type.String(),
  name: Type.String(),
  name_zh: orNull(Type.String()),
  network_id: Type.String(),
  lot: Type.String(),
  on_hand: Type.Integer(),
  unsellable: Type.Integer(),
  allocated: Type.Integer(),
  free: Type.Integer(),
})
export type LocationStock = Static<typeof LocationStock>

export const MovementView = Type.Object({
  movement_id: Id,
  kind: Type.Enum(['receive', 'ship', 'return', 'adjust', 'count', 'transfer', 'damage', 'restore', 'scrap']),
  quantity: Type.Integer(),
  from_place: Type.String(),
  from_condition: Type.Enum(['sellable', 'unsellable']),
  to_place: Type.String(),
  to_condition: Type.Enum(['sellable', 'unsellable']),
  lot: Type.String(),
  reason: orNull(Type.String()),
  actor: Type.String(),
  at: Instant,
})
export type MovementView = Static<typeof MovementView>

export const StockView = Type.Object({
  sku: Type.String(),
  name: Type.String(),
  name_zh: orNull(Type.String()),
  category: Type.String(),
  weight_grams: Type.Integer(),
  length_mm: Type.Integer(),
  width_mm: Type.Integer(),
  height_mm: Type.Integer(),
  gtin: orNull(Type.String()),
  price: orNull(Amount),
  currency: orNull(Type.String()),
  networks: Type.Array(StockItem, { maxItems: 50 }),
  locations: Type.Array(LocationStock, { maxItems: 500 }),
  /** Newest first, at most 100. */
  movements: Type.Array(MovementView, { maxItems: 100 }),
})
export type StockView = Static<typeof StockView>

const Place = {
  location_id: Type.String({ minLength: 1, maxLength: 64 }),
  sku: Type.String({ minLength: 1, maxLength: 64 }),
  lot: Type.Optional(Type.String({ maxLength: 64 })),
}

/** quantity: the change, never zero; condition tells which units: of sellable or of unsellable stock. */
export const StockAdjustment = Type.Object({
  ...Place,
  quantity: Type.Integer(),
  condition: Type.Optional(Type.Enum(['sellable', 'unsellable'])),
  reason: Type.String({ minLength: 1, maxLength: 200 }),
})
export const StockReceipt = Type.Object({
  ...Place,
  quantity: Type.Integer({ minimum: 1 }),
  reason: Type.Optional(Type.String({ maxLength: 200 })),
})
/** counted: sellable and unsellable units that were found. */
export const StockCount = Type.Object({
  ...Place,
  counted: Type.Integer({ minimum: 0 }),
  reason: Type.Optional(Type.String({ maxLength: 200 })),
})
export const StockTransfer = Type.Object({
  sku: Place.sku,
  from_location_id: Place.location_id,
  to_location_id: Place.location_id,
  quantity: Type.Integer({ minimum: 1 }),
  reason: Type.Optional(Type.String({ maxLength: 200 })),
})

/** The new balance, and how many reservations a fall of supply broke. */
export const StockChanged = Type.Object({
  location: LocationStock,
  network: StockItem,
  broken_reservations: Type.Integer(),
})
export type StockChanged = Static<typeof StockChanged>
