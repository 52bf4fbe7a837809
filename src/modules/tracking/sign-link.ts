// Links that customers get: the order's id and 128 bits of a keyed digest over it; nothing is stored, nothing can be guessed.
import { timingSafeEqual } from 'node:crypto'
import type { Runtime } from '../../platform/runtime.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { tenantOf } from '../../platform/tenants.ts'

const SIGNATURE_BYTES = 16

/** The token of an order for its customer. */
export function signOrder(secrets: Secrets, tenant: string, order_id: string): string {
  return Buffer.concat([bytesOf(order_id), signature(secrets, tenant, order_id)]).toString('base64url')
}

/** The order of a token that `signOrder` made for this tenant, or null. */
export function readToken(secrets: Secrets, tenant: string, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 16 + SIGNATURE_BYTES) return null
  const hex = bytes.subarray(0, 16).toString('hex')
  const order_id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return timingSafeEqual(bytes.subarray(16), signature(secrets, tenant, order_id)) ? order_id : null
}

/** The address that mails give to the customer of an order. */
export async function trackingLink(runtime: Runtime, tenant: string, order_id: string): Promise<string> {
  const { code } = await tenantOf(runtime.db.sql, tenant)
  return `${runtime.settings.public_url}/t/${code}/${signOrder(runtime.secrets, tenant, order_id)}`
}

function bytesOf(order_id: string): Buffer {
  return Buffer.from(order_id.replaceAll('-', ''), 'hex')
}

function signature(secrets: Secrets, tenant: string, order_id: string): Buffer {
  return Buffer.from(secrets.digest(`track ${tenant} ${order_id}`), 'hex').subarray(0, SIGNATURE_BYTES)
}
