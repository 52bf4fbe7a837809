// Work that stays where it is and leaves otherwise than planned: by another service, at another hour, to arrive at another.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { type ServiceWish, setServices } from './store-leaving.ts'

/** How a fulfilment leaves; null leaves it as it is. */
export interface Leaving {
  readonly fulfilment_id: string
  readonly by: Omit<ServiceWish, 'fulfilment_id'> | null
}

/** Sets service, hand-over and arrival of locked fulfilments of an order; those that leave otherwise now are told. */
export async function changeServices(tx: Tx, order_id: string, leaving: readonly Leaving[]): Promise<void> {
  const wishes = leaving.flatMap(({ fulfilment_id, by }) => (by === null ? [] : [{ fulfilment_id, ...by }]))
  if (wishes.length === 0) return
  const changed = await setServices(tx, wishes)
  await publish(
    tx,
    changed.map(({ fulfilment_id, version, location_id, carrier, service, ship_by, promised_at }) => ({
      type: 'fulfilment.service_changed',
      subject: fulfilment_id,
      about: order_id,
      version,
      data: {
        order: order_id,
        location: location_id,
        carrier,
        service,
        ship_by: ship_by.toISOString(),
        arrives_at: promised_at.toISOString(),
      },
    })),
  )
}
