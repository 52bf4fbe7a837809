// Reserving on the network: ordered locks, a pure decision, one UPDATE; the CHECK of network_stock is the proof.
import type { Tx } from '../../platform/db.ts'
import { fault } from '../../platform/fault.ts'
import { type Claim, type Grants, grant, grantWhole } from './rules.ts'
import { changeNetwork, insertReservations, lockNetwork } from './store.ts'

export interface Reserved {
  readonly granted: readonly (Claim & { readonly reservation_id: string })[]
  readonly refused: Grants['refused']
}

/** Grants claims on network stock in their order, each whole or not at all; answers what was granted and what was not. */
export async function reserve(tx: Tx, claims: readonly Claim[]): Promise<Reserved> {
  if (claims.length === 0) return { granted: [], refused: [] }
  const free = await lockNetwork(tx, distinctPlaces(claims))
  fault('inventory:after-lock')
  const grants = grant(claims, free)
  return { granted: await take(tx, grants.granted), refused: grants.refused }
}

/** The same for bundles of claims, each with all of its claims or with none; answers for each bundle. */
export async function reserveWhole(tx: Tx, bundles: readonly (readonly Claim[])[]): Promise<readonly Grants[]> {
  const free = await lockNetwork(tx, distinctPlaces(bundles.flat()))
  fault('inventory:after-lock')
  const grants = grantWhole(bundles, free)
  await take(
    tx,
    grants.flatMap((one) => one.granted),
  )
  return grants
}

async function take(tx: Tx, claims: readonly Claim[]): Promise<Reserved['granted']> {
  const granted = claims.map((claim) => ({ ...claim, reservation_id: tx.newId() }))
  if (granted.length > 0) {
    await changeNetwork(tx, sumByPlace(granted))
    fault('inventory:after-take')
    await insertReservations(tx, granted)
  }
  return granted
}

function distinctPlaces(claims: readonly Claim[]): { network_id: string; sku: string }[] {
  return [
    ...new Map(
      claims.map((claim) => [`${claim.network_id} ${claim.sku}`, { network_id: claim.network_id, sku: claim.sku }]),
    ).values(),
  ]
}

function sumByPlace(claims: readonly Claim[]) {
  const sums = new Map<string, { network_id: string; sku: string; reserved: number; supply: number }>()
  for (const claim of claims) {
    const key = `${claim.network_id} ${claim.sku}`
    const known = sums.get(key)
    if (known === undefined)
      sums.set(key, { network_id: claim.network_id, sku: claim.sku, reserved: claim.quantity, supply: 0 })
    else known.reserved += claim.quantity
  }
  return [...sums.values()]
}
