// Each fix is the use case of the module whose thing it is; its refusals are passed on as they are.
import type { ApplyFix, FixCode } from '../../contracts/inbox.ts'
import { later, MINUTE_MS, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { revive } from '../../platform/engine/index.ts'
import { platformProblem } from '../../platform/problems.ts'
import * as allocation from '../allocation/index.ts'
import * as intake from '../intake/index.ts'
import { cancelUnits, endHolds, loadOrders, orderProblem, ordersByNumber } from '../orders/index.ts'
import * as payment from '../payment/index.ts'
import * as returns from '../returns/index.ts'
import * as review from '../review/index.ts'
import * as tracking from '../tracking/index.ts'
import { keepPromise, seenOf } from './keep-promises.ts'
import { missingLines } from './preview-fix.ts'
import { inboxProblem } from './problems.ts'
import type { ItemRow } from './store-reading.ts'

export interface FixRun {
  /** When an item whose source is still open comes back; null leaves it open, for somebody else. */
  readonly returns_at: Date | null
  readonly undo_until: Date | null
  /** What the item is about is settled by this, though its source stays. */
  readonly is_over?: boolean
}

/** Steps follow within seconds; what has not helped by then comes back. */
const COMES_BACK_MS = 2 * MINUTE_MS
const WAIT_MS = 24 * 60 * MINUTE_MS
const UNDO_MS = 10 * SECOND_MS

/** Runs the use case of a fix on a locked item. Throws the problems of the module that does it. */
export async function runFix(tx: Tx, item: ItemRow, wish: ApplyFix): Promise<FixRun> {
  const back = { returns_at: later(tx.now, COMES_BACK_MS), undo_until: null }
  const { source_id } = item
  const order_id = item.order_id ?? ''
  const note = wish.reason ?? null
  switch (wish.fix) {
    case 'wait':
      return {
        returns_at: wish.until === undefined ? later(tx.now, WAIT_MS) : new Date(wish.until),
        undo_until: later(tx.now, UNDO_MS),
      }
    case 'approve':
    case 'reject':
      return decide(tx, source_id, wish.fix, note)
    case 'move_in_time':
    case 'upgrade_service':
    case 'tell_customer': {
      const { comes_back_at } = await keepPromise(tx, item, wish)
      return { returns_at: comes_back_at ?? back.returns_at, undo_until: null, is_over: comes_back_at === null }
    }
    case 'try_again':
      await allocation.retryOrder(tx, order_id, wish.version)
      return back
    case 'lift_exclusion':
    case 'send_from':
      await placeAbove(tx, order_id, wish)
      return back
    case 'cancel_missing':
      await cancelMissing(tx, item)
      return back
    case 'release_hold':
      await endHolds(tx, [source_id], 'released', note)
      return back
    case 'replay':
      await intake.replayOne(tx, source_id)
      return back
    case 'dismiss':
      await intake.dismiss(tx, source_id, note ?? '')
      return back
    case 'retry_job':
      if (!(await revive(tx, source_id))) throw platformProblem('not_found')
      return back
    case 'match':
    case 'return_money':
    case 'ask_again':
      await settleMoney(tx, wish.fix, item, wish.order_number ?? '')
      return back
    case 'parcel_solved':
    case 'parcel_delivered':
    case 'parcel_lost':
      await tracking.closeException(tx, source_id, OUTCOMES[wish.fix], note)
      return back
    case 'refund_lost':
    case 'resent':
      await returns.settleLost(tx, { order_id, outcome: wish.fix === 'resent' ? 'reshipped' : 'refund', note })
      return back
  }
}

const OUTCOMES = { parcel_solved: 'solved', parcel_delivered: 'delivered', parcel_lost: 'lost' } as const

// The decision waits out its undo as a job of review; a second of two people finds the item open.
async function decide(tx: Tx, hold_id: string, decision: 'approve' | 'reject', note: string | null): Promise<FixRun> {
  const taken = await review.decideHold(tx, hold_id, note === null ? { decision } : { decision, note })
  if (taken.needs_second) return { returns_at: null, undo_until: null }
  const undo_until = new Date(taken.effective_at)
  return { returns_at: later(undo_until, COMES_BACK_MS), undo_until: later(undo_until, -SECOND_MS) }
}

// Above what the machine would do; no worse way than the one that was shown is taken.
async function placeAbove(tx: Tx, order_id: string, wish: ApplyFix): Promise<void> {
  const { location_id = null, reason = '', version = null, seen } = wish
  if (wish.fix === 'lift_exclusion') return allocation.letInAgain(tx, order_id, { location_id, reason, version })
  if (location_id === null) throw inboxProblem('fix_incomplete', { needs: 'location_id' })
  await allocation.sendFrom(tx, order_id, { location_id, reason, version, seen: seenOf(seen) })
}

async function cancelMissing(tx: Tx, item: ItemRow): Promise<void> {
  const order_id = item.order_id ?? ''
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  const lines = missingLines(item, order)
  const plan = lines.length === 0 ? null : await cancelUnits(tx, order, lines, 'not_allocatable')
  if (plan === null || plan.parts.length === 0)
    throw orderProblem('nothing_to_cancel', { order_id, commercial: order.commercial, blockers: plan?.refused ?? [] })
}

async function settleMoney(
  tx: Tx,
  fix: Extract<FixCode, 'match' | 'return_money' | 'ask_again'>,
  { source_id, currency }: ItemRow,
  number: string,
): Promise<void> {
  if (fix === 'return_money') return payment.returnReceipt(tx, source_id)
  if (fix === 'ask_again') return payment.askAgain(tx, source_id)
  const [order] = await ordersByNumber(tx, [number])
  if (order === undefined) throw orderProblem('order_unknown', { number })
  const intents = (await payment.balances(tx, [order.order_id])).get(order.order_id) ?? []
  const intent = intents.find((one) => one.currency === currency) ?? intents[0]
  if (intent === undefined) throw inboxProblem('fix_unfit', { number })
  await payment.matchReceipt(tx, source_id, intent.intent_id)
}
