// The commercial life of an order: which action leads where. The database checks the same states.
import { machine } from '../../platform/machine.ts'

export type Commercial = 'draft' | 'placed' | 'confirmed' | 'closed' | 'cancelled' | 'rejected'

export const orderMachine = machine<Commercial>('order', {
  draft: { place: 'placed', cancel: 'cancelled' },
  placed: { confirm: 'confirmed', cancel: 'cancelled', reject: 'rejected' },
  confirmed: { close: 'closed', cancel: 'cancelled', reject: 'rejected' },
  closed: {},
  cancelled: {},
  rejected: {},
})

/** Where a unit of a line can be; every unit is in exactly one. */
export const buckets = [
  'open',
  'backordered',
  'reserved',
  'allocated',
  'released',
  'picked',
  'packed',
  'shipped',
  'delivered',
  'return_requested',
  'returned',
  'restocked',
  'written_off',
  'lost',
  'cancelled',
] as const

export type Bucket = (typeof buckets)[number]

/** Which bucket a unit may go to from which. */
export const unitMoves: Readonly<Record<Bucket, readonly Bucket[]>> = {
  open: ['reserved', 'backordered', 'cancelled'],
  backordered: ['reserved', 'cancelled'],
  reserved: ['allocated', 'backordered', 'cancelled'],
  allocated: ['released', 'reserved', 'backordered', 'cancelled'],
  released: ['picked', 'reserved', 'allocated', 'backordered', 'cancelled'],
  picked: ['packed', 'released', 'reserved', 'backordered', 'cancelled'],
  packed: ['shipped', 'picked', 'reserved', 'cancelled'],
  shipped: ['delivered', 'lost', 'returned'],
  delivered: ['return_requested', 'returned', 'lost'],
  return_requested: ['returned', 'delivered'],
  returned: ['restocked', 'written_off'],
  restocked: [],
  written_off: [],
  lost: [],
  cancelled: [],
}

/** Units here will move no more: an order whose units all are may close. */
export const terminalBuckets: readonly Bucket[] = ['delivered', 'restocked', 'written_off', 'lost', 'cancelled']
