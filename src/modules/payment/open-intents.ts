// What is to be paid for demands: opened with the order, asked for when its condition is first looked at.
import { DAY_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type Draft, draftOf, type Intent, type Method } from './intent.ts'
import { ask, type Condition, conditionOf as conditionOfAll } from './rules.ts'
import { bookAtChannel, insertIntents, lockOfDemands, type NewIntent } from './store.ts'
import { DEADLINE_STEP, writeChanges } from './write-changes.ts'

/** Opens the intents of new demands with one statement; nobody is asked for money yet. */
export function openIntents(tx: Tx, intents: readonly NewIntent[]): Promise<void> {
  return insertIntents(tx, intents)
}

/**
 * The payment condition of each demand. What is still new is asked for: paid at the channel is booked at once, a provider gets a request, and
 * whatever is awaited gets a deadline. At most five statements whatever the number, two where all was paid at the channel.
 */
export async function conditionOf(tx: Tx, demand_ids: readonly string[]): Promise<Map<string, Condition>> {
  const intents = await lockOfDemands(tx, demand_ids)
  const fresh = intents.filter((intent) => intent.state === 'new')
  const atChannel = fresh.filter((intent) => intent.method === 'reference').map((intent) => intent.intent_id)
  if (atChannel.length > 0) await bookAtChannel(tx, atChannel)
  const asked = fresh.filter((intent) => intent.method !== 'reference' && intent.method !== 'cod').map(draftOf)
  for (const draft of asked) ask(draft, tx.now, later(tx.now, PATIENCE_MS[draft.intent.method]))
  if (asked.length > 0) await writeChanges(tx, asked, asked.map(deadlineOf))
  const booked = new Set(atChannel)
  const known = intents.map(
    (intent): Intent => (booked.has(intent.intent_id) ? { ...intent, state: 'captured' } : intent),
  )
  const byDemand = Map.groupBy(known, (intent) => intent.demand_id)
  return new Map(demand_ids.map((demand_id) => [demand_id, conditionOfAll(byDemand.get(demand_id) ?? [])]))
}

// How long money is awaited where the order names no deadline, or waited for a person until it had passed.
const PATIENCE_MS: Readonly<Record<Method, number>> = {
  reference: 0,
  cod: 0,
  card: 60 * MINUTE_MS,
  wallet: 60 * MINUTE_MS,
  transfer: 7 * DAY_MS,
}

function deadlineOf({ intent }: Draft) {
  return {
    step: DEADLINE_STEP,
    subject: intent.intent_id,
    ...(intent.deadline_at === null ? {} : { due_at: intent.deadline_at }),
  }
}
