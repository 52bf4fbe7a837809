// The face of carriers and rates: which services go where and what they charge; re-exported by the module's index.ts.
export type { ListedCarrier } from './carriers.ts'
export {
  cardsIn,
  carriers,
  carriersIn,
  putCarriers,
  putRateCards,
  ratesKinds,
  suspension,
} from './carriers.ts'
export type { Address, Destination, Goods, Origin, PricedZone, Quote, RateCard, TransitDays } from './rates.ts'
export { addressOf, priceIn } from './rates.ts'
export { distanceKm } from './rates-distance.ts'
