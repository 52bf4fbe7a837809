// A group of messages in one transaction: what resolves becomes orders, what does not is staged, each message with its own outcome.
import type { Reason } from '../../contracts/order-intake.ts'
import type { Tx } from '../../platform/db.ts'
import { fault } from '../../platform/fault.ts'
import { channels, skusOf } from '../catalog/index.ts'
import { type Accepted, type Known, knownOrders, loadOrders, type PlacedOrder, placeOrders } from '../orders/index.ts'
import { compareContent } from './compare-content.ts'
import { type Incoming, keyOf, type Outcome } from './incoming.ts'
import { settleStaged } from './keep-staged.ts'
import { type Resolution, resolve } from './rules.ts'
import { stageMessages } from './stage-messages.ts'
import { hasWaiting, lockWaiting, type WaitingTwin } from './store-staged.ts'

/** Numbers for people are random: that one is taken happens once in 3 × 10^13, then another is drawn. */
const DRAWS_AT_MOST = 3

type Unresolved = { readonly message: Incoming; readonly reasons: NonNullable<Resolution['reasons']> }
type Resolved = { readonly message: Incoming; readonly order: NonNullable<Resolution['order']> }

/**
 * Places or stages messages, no two of one (channel, external_id); outcomes in their order. A message whose order exists gets the
 * first answer if its content is the same and the differences if it is not, whether it would resolve today or not. `again` says that
 * these messages are tried once more: what still does not resolve gets today's reasons.
 */
export async function placeMessages(
  tx: Tx,
  messages: readonly Incoming[],
  newNumber: () => string,
  again = false,
): Promise<Outcome[]> {
  const [{ good, bad }, waiting] = await Promise.all([sortOut(tx, messages), hasWaiting(tx)])
  // Staged rows are locked before orders are inserted, here and in replays: nobody waits in a circle.
  const twins = waiting
    ? await lockWaiting(
        tx,
        messages.map((one) => one.message),
      )
    : []
  fault('intake:before-insert')
  const outcomes = new Map<string, Outcome>()
  await placeGood(tx, good, newNumber, outcomes)
  await settleTwins(tx, twins, outcomes)
  await stageBad(tx, bad, twins, again, outcomes)
  fault('intake:before-commit')
  return messages.map((message) => {
    const outcome = outcomes.get(keyOf(message.message))
    if (outcome === undefined) throw new Error('a message was left without an outcome')
    return outcome
  })
}

async function sortOut(tx: Tx, messages: readonly Incoming[]): Promise<{ good: Resolved[]; bad: Unresolved[] }> {
  const [shops, skus] = await Promise.all([channels(tx), skusOf(tx, distinctSkus(messages))])
  const sold = new Set<string>()
  for (const sku of skus.values()) if (sku.state === 'active') sold.add(sku.sku)
  const good: Resolved[] = []
  const bad: Unresolved[] = []
  for (const message of messages) {
    const { order, reasons } = resolve(message.message, { channels: shops, sold }, tx.now)
    if (order !== null) good.push({ message, order })
    else bad.push({ message, reasons })
  }
  return { good, bad }
}

/** Why messages would be staged today, by their keys; those that would become orders are absent. Keeps nothing. */
export async function tryMessages(
  tx: Tx,
  messages: readonly Incoming[],
): Promise<ReadonlyMap<string, readonly Reason[]>> {
  const { bad } = await sortOut(tx, messages)
  return new Map(bad.map(({ message, reasons }) => [keyOf(message.message), reasons]))
}

async function placeGood(
  tx: Tx,
  good: readonly Resolved[],
  newNumber: () => string,
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const known: Known[] = []
  const accepted: Accepted[] = []
  let left = good
  for (let draw = 0; left.length > 0; draw++) {
    if (draw === DRAWS_AT_MOST) throw new Error('no order number is free')
    const placing = await placeOrders(
      tx,
      left.map(
        ({ message, order }): PlacedOrder => ({
          ...order,
          order_id: tx.newId(),
          number: newNumber(),
          content_sha256: message.sha256,
        }),
      ),
    )
    known.push(...placing.known)
    accepted.push(...placing.accepted)
    const settled = new Set([...placing.accepted, ...placing.known].map(keyOf))
    left = left.filter(({ order }) => !settled.has(keyOf(order)))
  }
  for (const order of accepted) outcomes.set(keyOf(order), { kind: 'accepted', order, repeated: false })
  await answerKnown(
    tx,
    good.map(({ message }) => message),
    known,
    outcomes,
  )
}

// The channel sent again what waits here, and now it is an order: nothing is left to replay.
async function settleTwins(
  tx: Tx,
  twins: readonly WaitingTwin[],
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  const settled = twins.flatMap((twin) => {
    const outcome = outcomes.get(keyOf(twin))
    return outcome?.kind === 'accepted' ? [{ staged_id: twin.staged_id, order_id: outcome.order.order_id }] : []
  })
  if (settled.length > 0) await settleStaged(tx, settled, null)
}

async function stageBad(
  tx: Tx,
  bad: readonly Unresolved[],
  twins: readonly WaitingTwin[],
  again: boolean,
  outcomes: Map<string, Outcome>,
): Promise<void> {
  if (bad.length === 0) return
  const known = await knownOrders(
    tx,
    bad.map(({ message }) => message.message),
  )
  await answerKnown(
    tx,
    bad.map(({ message }) => message),
    known,
    outcomes,
  )
  const unknown = bad.filter(({ message }) => !outcomes.has(keyOf(message.message)))
  const staged = await stageMessages(tx, unknown, twins, again)
  for (const [index, { message }] of unknown.entries()) {
    const outcome = staged[index]
    if (outcome !== undefined) outcomes.set(keyOf(message.message), outcome)
  }
}

async function answerKnown(
  tx: Tx,
  messages: readonly Incoming[],
  known: readonly Known[],
  outcomes: Map<string, Outcome>,
): Promise<void> {
  if (known.length === 0) return
  const byKey = new Map(messages.map((message) => [keyOf(message.message), message]))
  const others: { message: Incoming; order: Known }[] = []
  for (const order of known) {
    const message = byKey.get(keyOf(order))
    if (message === undefined) continue
    if (message.sha256.equals(order.content_sha256))
      outcomes.set(keyOf(order), { kind: 'accepted', order: shown(order), repeated: true })
    else others.push({ message, order })
  }
  if (others.length === 0) return
  const facts = await loadOrders(
    tx,
    others.map(({ order }) => order.order_id),
    { lock: false },
  )
  for (const { message, order } of others) {
    const kept = facts.find((one) => one.order_id === order.order_id)
    const differences = kept === undefined ? [] : compareContent(kept, message.message)
    outcomes.set(keyOf(order), { kind: 'conflict', order: shown(order), differences })
  }
}

function shown({ order_id, number, channel, external_id }: Accepted): Accepted {
  return { order_id, number, channel, external_id }
}

function distinctSkus(messages: readonly Incoming[]): string[] {
  const skus = new Set<string>()
  for (const { message } of messages) for (const line of message.lines) skus.add(line.sku)
  return [...skus]
}
