// Reservations that others ask for: carts and shops that must know at once; all lines or none, until their time is over.
import { later, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { inventoryProblem } from './problems.ts'
import { release } from './release-stock.ts'
import { reserveWhole } from './reserve-stock.ts'
import type { Grants } from './rules.ts'
import { reservationsOfDemand } from './store-reading.ts'

const USUAL_TTL_SECONDS = 900

export interface CartRequest {
  readonly network: string
  readonly lines: readonly { sku: string; quantity: number }[]
  readonly ttl_seconds?: number
}

/**
 * Reserves carts in their order, each with every line or not at all. Answers for each its reservation, or out_of_stock with what is free of each
 * line that does not fit; the refused have changed nothing.
 */
export async function makeReservations(tx: Tx, requests: readonly CartRequest[]) {
  const carts = requests.map((request) => cartOf(tx, request))
  const grants = await reserveWhole(
    tx,
    carts.map((cart) => cart.claims),
  )
  const made = carts.filter((_, index) => grants[index]?.refused.length === 0)
  await schedule(
    tx,
    made.map(({ demand_id, expires_at }) => ({
      step: 'inventory.expire-reservations',
      subject: demand_id,
      due_at: expires_at,
    })),
  )
  return carts.map(({ demand_id, expires_at, claims }, index) => {
    const refused = grants[index]?.refused ?? []
    if (refused.length > 0) return outOfStock(refused)
    return {
      reservation_id: demand_id,
      expires_at: expires_at.toISOString(),
      lines: claims.map(({ sku, quantity }) => ({ sku, quantity, open: quantity })),
    }
  })
}

function cartOf(tx: Tx, request: CartRequest) {
  const demand_id = tx.newId()
  const expires_at = later(tx.now, (request.ttl_seconds ?? USUAL_TTL_SECONDS) * SECOND_MS)
  const claims = request.lines.map((line, index) => ({
    claim_id: `${index}`,
    demand_id,
    demand_line: index + 1,
    network_id: request.network,
    sku: line.sku,
    quantity: line.quantity,
    expires_at,
  }))
  return { demand_id, expires_at, claims }
}

function outOfStock(refused: Grants['refused']) {
  const errors = refused.map((claim) => ({
    code: 'out_of_stock',
    pointer: `/lines/${claim.claim_id}`,
    sku: claim.sku,
    asked: claim.quantity,
    free: claim.free,
  }))
  return inventoryProblem('out_of_stock', {}, errors)
}

/** Frees what is still open of a cart reservation. Throws reservation_ended where nothing is. */
export async function endReservation(tx: Tx, demand_id: string): Promise<{ freed: number }> {
  const rows = (await reservationsOfDemand(tx, demand_id)).filter((row) => row.open > 0 && row.expires_at !== null)
  if (rows.length === 0) throw inventoryProblem('reservation_ended', { reservation_id: demand_id })
  const freed = await release(
    tx,
    rows.map((row) => ({ demand_id, demand_line: row.demand_line, quantity: row.open })),
  )
  return { freed: freed.reduce((sum, line) => sum + line.quantity, 0) }
}
