// Order number and phone tail: five wrong tries an hour for a number from an address, fewer than a guesser needs over all addresses.
import { HOUR_MS, later } from '../../platform/clock.ts'
import { readHumanNumber } from '../../platform/ids.ts'
import type { Context } from '../../platform/runtime.ts'
import { normalisePhone, ordersByNumber, personOf } from '../orders/index.ts'
import { trackingProblem } from './problems.ts'
import { countTries, forgiveTries, purgeTries } from './store-public.ts'

const LIMITS = { pair: 5, number: 20, address: 30 } as const

/** The order of a number whose phone ends like this. Throws track_not_found, after too many wrong tries track_locked. */
export async function tryNumber(
  context: Context,
  number_text: string,
  phone_tail: string,
  address: string,
): Promise<string> {
  const number = readHumanNumber(number_text) ?? number_text.trim().toUpperCase().slice(0, 40)
  const from = context.runtime.secrets.digest(`address ${address}`).slice(0, 32)
  const keys = { pair: `pair ${number} ${from}`, number: `number ${number}`, address: `address ${from}` }
  const counted = await context.transaction(async (tx) => {
    await purgeTries(tx, later(tx.now, -24 * HOUR_MS), 20)
    return countTries(tx, Object.values(keys), later(tx.now, -HOUR_MS))
  })
  const tries = new Map(counted.map((row) => [row.key, row.tries]))
  if (
    (tries.get(keys.pair) ?? 0) > LIMITS.pair ||
    (tries.get(keys.number) ?? 0) > LIMITS.number ||
    (tries.get(keys.address) ?? 0) > LIMITS.address
  ) {
    throw trackingProblem('track_locked', { retry_after_seconds: HOUR_MS / 1000 })
  }
  // A second transaction: the try is counted whatever comes of it.
  return context.transaction(async (tx) => {
    const [order] = await ordersByNumber(tx, [number])
    const person = order === undefined ? null : await personOf(tx, order.order_id)
    const tail = normalisePhone(person?.phone ?? null)?.slice(-4)
    if (order === undefined || tail === undefined || tail !== phone_tail) throw trackingProblem('track_not_found')
    await forgiveTries(tx, Object.values(keys))
    return order.order_id
  })
}
