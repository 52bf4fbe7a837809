// What inventory decides without looking anything up: who gets scarce stock, and which reservations a fall of supply breaks.

export interface Claim {
  readonly claim_id: string
  readonly demand_id: string
  readonly demand_line: number
  readonly network_id: string
  readonly sku: string
  readonly quantity: number
  readonly expires_at?: Date
}

export interface FreeStock {
  readonly network_id: string
  readonly sku: string
  readonly free: number
}

export interface Grants {
  readonly granted: readonly Claim[]
  readonly refused: readonly (Claim & { readonly free: number })[]
}

/** Grants claims in their order, each whole or not at all; a claim that does not fit leaves the stock to the next. */
export function grant(claims: readonly Claim[], free: readonly FreeStock[]): Grants {
  const left = new Map(free.map((row) => [placeOf(row), row.free]))
  const granted: Claim[] = []
  const refused: (Claim & { free: number })[] = []
  for (const claim of claims) {
    const available = left.get(placeOf(claim)) ?? 0
    if (claim.quantity <= available) {
      left.set(placeOf(claim), available - claim.quantity)
      granted.push(claim)
    } else {
      refused.push({ ...claim, free: Math.max(0, available) })
    }
  }
  return { granted, refused }
}

/** Grants bundles in their order, each with all of its claims or with none; a refused one tells which of its claims did not fit. */
export function grantWhole(bundles: readonly (readonly Claim[])[], free: readonly FreeStock[]): Grants[] {
  const left = new Map(free.map((row) => [placeOf(row), row]))
  return bundles.map((claims) => {
    const mine = claims.flatMap((claim) => left.get(placeOf(claim)) ?? [])
    const grants = grant(claims, mine)
    if (grants.refused.length > 0) return { granted: [], refused: grants.refused }
    for (const { network_id, sku, quantity } of claims) {
      const place = placeOf({ network_id, sku })
      left.set(place, { network_id, sku, free: (left.get(place)?.free ?? 0) - quantity })
    }
    return grants
  })
}

function placeOf({ network_id, sku }: { readonly network_id: string; readonly sku: string }): string {
  return `${network_id} ${sku}`
}

export interface OpenReservation {
  readonly reservation_id: string
  readonly demand_id: string
  readonly demand_line: number
  readonly sku: string
  readonly open: number
}

export interface Break {
  readonly reservation: OpenReservation
  readonly quantity: number
}

/** Which reservations give way when `missing` units are gone: the newest first, the last one only as far as needed. */
export function chooseBreaks(newest_first: readonly OpenReservation[], missing: number): Break[] {
  const breaks: Break[] = []
  let left = missing
  for (const reservation of newest_first) {
    if (left <= 0) break
    const quantity = Math.min(left, reservation.open)
    breaks.push({ reservation, quantity })
    left -= quantity
  }
  return breaks
}
