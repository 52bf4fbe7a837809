// Orders that are accepted already: placed by the same function that intake calls, in batches, before any clock starts.
import * as orders from '../../src/modules/orders/index.ts'
import type { Tx } from '../../src/platform/db.ts'
import { humanNumber, systemRandomness } from '../../src/platform/ids.ts'
import type { Runtime } from '../../src/platform/runtime.ts'
import { type Basket, basketMaker } from './scene.ts'

const BATCH = 200

/** Places `count` orders of the seed's baskets for a tenant. */
export async function acceptOrders(
  runtime: Runtime,
  tenant_id: string,
  run_name: string,
  count: number,
  seed: number,
  hot = false,
): Promise<void> {
  const basket = basketMaker(seed, hot)
  for (let from = 0; from < count; from += BATCH) {
    await runtime.db.transaction(tenant_id, 'system', async (tx) => {
      const placed = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) =>
        orderOf(tx, basket(), `${run_name}-${from + index}`),
      )
      await orders.placeOrders(tx, placed)
    })
  }
}

/** A basket as intake would hand it on. */
export function orderOf(tx: Tx, { lines, total_minor, city }: Basket, external_id: string): orders.PlacedOrder {
  const total = BigInt(total_minor)
  return {
    order_id: tx.newId(),
    number: humanNumber(systemRandomness),
    channel: 'shop',
    external_id,
    network_id: 'CN',
    priority: 0,
    currency: 'CNY',
    prices_include_tax: true,
    lines: lines.map((line, index) => {
      const gross = BigInt(line.price_minor) * BigInt(line.quantity)
      return {
        line_no: index + 1,
        external_line_id: null,
        sku: line.sku,
        title: line.sku,
        quantity: line.quantity,
        unit_price: String(line.price_minor / 100),
        gross,
        discount: 0n,
        tax: 0n,
        net: gross,
        taxes: null,
      }
    }),
    charges: [],
    totals: { lines_total: total, charges_total: 0n, tax_total: 0n, total },
    payment: { method: 'reference', reference: external_id },
    person: {
      name: `王${external_id}`,
      email: `${external_id}@example.test`,
      phone: `+86138${external_id.replace(/\D/g, '').padStart(8, '0').slice(-8)}`,
      address_lines: ['文三路 1 号'],
      district: null,
      note: null,
      locale: 'zh-CN',
    },
    ship: { country: 'CN', region: city.region, city: city.city, postcode: '310000', lat: city.lat, lon: city.lon },
    service_level: 'standard',
    shortage_policy: 'split',
    content_sha256: new Uint8Array(32),
    attributes: {},
    placed_at: tx.now,
  }
}
