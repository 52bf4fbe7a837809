// The face of the catalogue: what is sold, from where, and through which shops.
export { putSkus, rememberedSkus, skusOf } from './keep-skus.ts'
export { catalogProblem } from './problems.ts'
export type { ChangeNote } from './put-facts.ts'
export {
  checkFact,
  checkValidFrom,
  putChannels,
  putLocation,
  putLocations,
  putNetworks,
} from './put-facts.ts'
export type { Channel, Location, Network, Versioned } from './read-facts.ts'
export { catalogKinds, channels, locations, locationsIn, networks } from './read-facts.ts'
export { catalogRoutes } from './routes.ts'
export type { Sku } from './store.ts'
