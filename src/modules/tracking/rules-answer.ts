// The sentence that the customer reads first, the five steps below it and the reason for a delay, out of what is known of order and parcels.
import type { TrackAnswer, TrackingView, TrackParcel } from '../../contracts/views-tracking.ts'
import { type Bucket, type OrderFacts, unitsIn } from '../orders/index.ts'

export interface Known {
  readonly order: OrderFacts
  /** First time of each event of the order. */
  readonly times: ReadonlyMap<string, Date>
  readonly parcels: readonly (Pick<TrackParcel, 'state'> & { readonly trouble: string | null })[]
  /** The last promise of all that is still to come. */
  readonly promised_at: Date | null
  readonly now: Date
}

const BACK: readonly Bucket[] = ['return_requested', 'returned', 'restocked', 'written_off']
const LEFT: readonly Bucket[] = ['shipped', 'delivered', 'lost', ...BACK]

function count(order: OrderFacts, those: readonly Bucket[]): number {
  return those.reduce((sum, bucket) => sum + unitsIn(order, bucket), 0)
}

/** Units that were ordered and not cancelled. */
function living(order: OrderFacts): number {
  return order.lines.reduce((sum, line) => sum + line.ordered - line.units.cancelled, 0)
}

/** The sentence: what is the matter, and when. */
export function answerOf(known: Known): TrackAnswer {
  const code = codeOf(known)
  const at =
    code === 'delivered'
      ? known.times.get('order.delivered')
      : code === 'cancelled'
        ? (known.times.get('order.cancelled') ?? known.times.get('order.rejected'))
        : undefined
  const open = code === 'delivered' || code === 'cancelled' || code === 'returned'
  const promised = open ? null : (known.promised_at?.toISOString() ?? null)
  return { code, earliest: promised, latest: promised, at: at?.toISOString() ?? null }
}

function codeOf({ order, parcels }: Known): TrackAnswer['code'] {
  const all = living(order)
  if (order.commercial === 'cancelled' || order.commercial === 'rejected' || all === 0) return 'cancelled'
  if (count(order, BACK) === all) return 'returned'
  if (count(order, ['delivered', ...BACK]) === all) return 'delivered'
  const states = new Set(parcels.map((parcel) => parcel.state))
  if (states.has('exception') || states.has('lost') || states.has('returned')) return 'problem'
  if (states.has('out_for_delivery')) return 'out_for_delivery'
  if (count(order, LEFT) === all) return 'arriving'
  if (count(order, ['shipped', 'delivered']) > 0) return 'partly_shipped'
  if (order.holds.length > 0) return 'checking'
  if (order.commercial === 'placed' && !['reference', 'cod'].includes(order.payment_method)) return 'awaiting_payment'
  return unitsIn(order, 'backordered') > 0 ? 'awaiting_stock' : 'preparing'
}

const STEPS = [
  ['placed', 'order.placed'],
  ['confirmed', 'order.confirmed'],
  ['packed', 'order.packed'],
  ['shipped', 'order.shipped'],
  ['delivered', 'order.delivered'],
] as const

/** The five steps: done ones with their time, the one that is under way, those to come; of an order that ended early the rest is skipped. */
export function stepsOf({ order, times }: Known): TrackingView['steps'] {
  const ended = order.commercial === 'cancelled' || order.commercial === 'rejected'
  const at = (event: string) => (event === 'order.placed' ? order.placed_at : times.get(event))
  const last = STEPS.findLastIndex(([, event]) => at(event) !== undefined)
  return STEPS.map(([code, event], index) => {
    const time = at(event)?.toISOString() ?? null
    if (index <= last) return { code, at: time, state: 'done' as const }
    return {
      code,
      at: null,
      state: ended ? ('skipped' as const) : index === last + 1 ? ('now' as const) : ('next' as const),
    }
  })
}

/** Why it is late against what was promised; null while it is not. */
export function lateOf(known: Known): TrackingView['late'] {
  const { order, parcels, promised_at, now } = known
  const code = codeOf(known)
  if (promised_at === null || promised_at >= now || code === 'delivered' || code === 'cancelled' || code === 'returned')
    return null
  return { promised_at: promised_at.toISOString(), cause: causeOf(order, parcels), refundable: false }
}

function causeOf(order: OrderFacts, parcels: Known['parcels']): NonNullable<TrackingView['late']>['cause'] {
  if (parcels.some((parcel) => parcel.trouble === 'address_problem')) return 'address'
  if (parcels.some((parcel) => parcel.state !== 'packed' && parcel.state !== 'delivered')) return 'carrier'
  if (order.commercial === 'placed') return order.holds.length > 0 ? 'unknown' : 'payment'
  return unitsIn(order, 'backordered') > 0 ? 'stock' : 'backlog'
}
