// The limits of the lab, which its choices tell and its refusals name.

export const RUNNING_AT_MOST = 2
export const KEPT_AT_MOST = 100
export const KEPT_DAYS = 90
export const ORDERS_AT_MOST = 50_000
/** Places of stock, location times article, that a replay keeps in memory. */
export const PLACES_AT_MOST = 1_000_000
