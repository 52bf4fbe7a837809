// Carrying: units move in the fulfilment and in their order together, the orders' history says so, and the fulfilment takes the state that follows.
import type { Tx } from '../../platform/db.ts'
import { type NewEvent, publish } from '../../platform/outbox/publish.ts'
import { type Bucket, moveUnits, recordEvents } from '../orders/index.ts'
import type { FulfilmentState } from './machine.ts'
import { stateAfter, type UnitMove } from './rules.ts'
import { moveLineUnits, moveStates, unitSums } from './store.ts'

/** The bucket of the order line that answers to a bucket of the fulfilment line. */
const orderBucket = {
  to_pick: 'released',
  picked: 'picked',
  packed: 'packed',
  shipped: 'shipped',
  short: 'reserved',
  cancelled: 'cancelled',
} as const satisfies Record<UnitMove['from'], Bucket>

/** Moves units in fulfilment lines and order lines alike and records `event` for each order; the caller holds the locks. */
export async function carryUnits(tx: Tx, moves: readonly UnitMove[], event: string): Promise<void> {
  if (moves.length === 0) return
  await moveLineUnits(tx, moves)
  await moveUnits(
    tx,
    moves.map((move) => ({
      order_id: move.order_id,
      line_no: move.line_no,
      from: orderBucket[move.from],
      to: orderBucket[move.to],
      quantity: move.quantity,
    })),
  )
  await recordEvents(
    tx,
    [...Map.groupBy(moves, (move) => move.order_id)].map(([order_id, mine]) => ({
      order_id,
      type: event,
      data: {
        lines: mine
          .slice(0, LINES_TOLD)
          .map(({ line_no, quantity, fulfilment_id }) => ({ line_no, quantity, fulfilment: fulfilment_id })),
      },
    })),
  )
  await settleStates(tx, [...new Set(moves.map((move) => move.fulfilment_id))])
}

/** Lines that an event names at most; the buckets hold the truth for all. */
const LINES_TOLD = 200

/** Gives fulfilments the state that follows from their units, and tells it together with `also`. */
export async function settleStates(
  tx: Tx,
  fulfilment_ids: readonly string[],
  also: readonly NewEvent[] = [],
  wanted: Wanted = 'as_before',
): Promise<void> {
  await publish(tx, [...(await settleUntold(tx, fulfilment_ids, wanted)), ...also])
}

/** Whether units have left these fulfilments for good, so that there is less to do. */
type Wanted = 'as_before' | 'less'

/** The same for callers who publish its events together with their own. */
export async function settleUntold(
  tx: Tx,
  fulfilment_ids: readonly string[],
  wanted: Wanted = 'as_before',
): Promise<readonly NewEvent[]> {
  const sums = await unitSums(tx, [...fulfilment_ids].sort())
  const changes = sums
    .map(({ fulfilment_id, state, location_id, ...units }) => {
      const to = stateAfter(state, units)
      const told = [...(to === state ? [] : [to]), ...(wanted === 'less' && goesOn.has(to) ? ['trimmed'] : [])]
      return { fulfilment_id, location_id, from: state, to, told }
    })
    .filter((change) => change.told.length > 0)
  const moved = await moveStates(
    tx,
    changes.map((change) => ({ ...change, events: change.told.length })),
  )
  const byId = new Map(changes.map((change) => [change.fulfilment_id, change]))
  return moved.flatMap(({ fulfilment_id, version }) => {
    const change = byId.get(fulfilment_id)
    if (change === undefined) return []
    const { told, from, location_id } = change
    return told.map((word, index) => ({
      type: `fulfilment.${word}`,
      subject: fulfilment_id,
      version: version - told.length + 1 + index,
      data: word === 'trimmed' ? { location: location_id } : { from, location: location_id },
    }))
  })
}

/** States in which there is still work to do. */
const goesOn: ReadonlySet<FulfilmentState> = new Set(['planned', 'released', 'picking'])
