// Money of demands at shipment, at cancelling and at refunds: asked once per key, under the lock of the intents.
import type { Tx } from '../../platform/db.ts'
import { type Draft, draftOf } from './intent.ts'
import { capture, captureKey, grantKey, grantRefund, release } from './rules.ts'
import { lockOfDemands } from './store.ts'
import { takenKeys } from './store-requests.ts'
import { writeChanges } from './write-changes.ts'

export interface Capture {
  readonly demand_id: string
  /** What everything that has been shipped so far is worth, this shipment with it. */
  readonly worth: bigint
  readonly key: string
}

export interface Release {
  readonly demand_id: string
  /** What the demand still owes: the worth of everything in it that is not cancelled, before any refund. */
  readonly keep_amount: bigint
  readonly reason: string
  readonly key: string
}

export interface Refund {
  readonly demand_id: string
  readonly amount: bigint
  readonly reason: string
  readonly key: string
}

/**
 * Captures at shipment: a card by its provider, cash on delivery as what the carrier owes; paid ahead needs nothing. The same key captures
 * once. Throws capture_exceeds_authorised.
 */
export async function captureFor(tx: Tx, captures: readonly Capture[]): Promise<void> {
  const { byDemand, taken } = await lockDemands(tx, captures)
  for (const { demand_id, worth, key } of captures) {
    const drafts = byDemand.get(demand_id) ?? []
    const known = drafts.some(({ intent }) => taken.has(captureKey(key, intent)))
    if (!known) capture(drafts, worth, key)
    for (const { intent } of drafts) taken.add(captureKey(key, intent))
  }
  await writeChanges(tx, [...byDemand.values()].flat())
}

/** Gives back what is authorised or captured beyond `keep_amount`; saying the same again changes nothing. */
export async function releaseMoney(tx: Tx, releases: readonly Release[]): Promise<void> {
  const byDemand = draftsOf(
    await lockOfDemands(
      tx,
      releases.map((asked) => asked.demand_id),
    ),
  )
  for (const { demand_id, keep_amount, key, reason } of releases)
    release(byDemand.get(demand_id) ?? [], keep_amount, key, reason)
  await writeChanges(tx, [...byDemand.values()].flat())
}

/** Refunds for returns and goodwill; the same key refunds once. Throws refund_exceeds_captured. */
export async function refund(tx: Tx, refunds: readonly Refund[]): Promise<void> {
  const { byDemand, taken } = await lockDemands(tx, refunds)
  for (const { demand_id, amount, key, reason } of refunds) {
    const drafts = byDemand.get(demand_id) ?? []
    const known = drafts.some(({ intent }) => taken.has(grantKey(key, intent)))
    if (!known) grantRefund(drafts, amount, key, reason)
    for (const { intent } of drafts) taken.add(grantKey(key, intent))
  }
  await writeChanges(tx, [...byDemand.values()].flat())
}

async function lockDemands(tx: Tx, asked: readonly { demand_id: string }[]) {
  const intents = await lockOfDemands(
    tx,
    asked.map(({ demand_id }) => demand_id),
  )
  const taken = await takenKeys(
    tx,
    intents.map((intent) => intent.intent_id),
  )
  return { byDemand: draftsOf(intents), taken }
}

function draftsOf(intents: Awaited<ReturnType<typeof lockOfDemands>>): Map<string, Draft[]> {
  return Map.groupBy(intents.map(draftOf), (draft) => draft.intent.demand_id)
}
