// Screening: every order passes or is held with its reasons, by the rules in force; a batch is evaluated in one call.
import type { RuleOutcome } from '../../contracts/policies.ts'
import type { ReviewPolicy } from '../../contracts/review.ts'
import { later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import { currentFacts, type Fact } from '../../platform/facts.ts'
import { rulesOf } from '../../platform/rules.ts'
import { loadOrders, type OrderFacts, placeHolds, recordEvents, screenedOf } from '../orders/index.ts'
import { recordHits, recordShadow, shadowRules } from '../policies/index.ts'
import { LAPSE } from './lapse-holds.ts'
import { casesOf } from './make-cases.ts'
import { KIND, policyIn, reviewKinds, rulesIn } from './read-rules.ts'
import { outcomeOf } from './rule-kind.ts'
import { type Reason, type ReviewCaseInput, reasonsOf } from './rules.ts'
import { insertScreenings } from './store.ts'

/** On order.reserved and order.backordered: hold or pass. Whoever was screened before is left alone. */
export const screenOrders = inside('review.screen', { batch: 200 }, async (tx, jobs) => {
  const placed = (
    await loadOrders(
      tx,
      jobs.map((job) => job.subject),
      { lock: true },
    )
  ).filter((order) => order.commercial === 'placed')
  if (placed.length === 0) return
  const ids = placed.map((order) => order.order_id)
  const before = await screenedOf(tx, ids)
  const orders = placed.filter((order) => !before.has(order.order_id))
  if (orders.length === 0) return
  const facts = await currentFacts(tx, reviewKinds)
  const { version_id, rules } = rulesIn(facts)
  const cases = await casesOf(tx, facts, orders)
  const answers = await rules.evaluate(cases)
  const verdicts = orders.map((order, index) => {
    const input = cases[index]
    return { order, reasons: input === undefined ? [] : reasonsOf(answers[index], input, version_id) }
  })
  await hold(
    tx,
    verdicts.filter((verdict) => verdict.reasons.length > 0),
    version_id,
    policyIn(facts),
  )
  await note(tx, facts, verdicts, cases)
  await recordEvents(
    tx,
    verdicts.map(({ order, reasons }) => ({
      order_id: order.order_id,
      type: 'order.screened',
      data: {
        verdict: reasons.length === 0 ? 'pass' : 'hold',
        codes: reasons.map((reason) => reason.code),
        rules: version_id,
      },
    })),
  )
})

// Counts the orders that each rule holds, and asks the draft in the shadow about the same cases; what it says is kept and changes nothing.
async function note(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  verdicts: readonly Verdict[],
  cases: readonly ReviewCaseInput[],
): Promise<void> {
  const codes = verdicts.flatMap(({ reasons }) => [...new Set(reasons.map((reason) => reason.code))])
  await recordHits(
    tx,
    KIND,
    codes.map((rule_id) => ({ rule_id, at: tx.now, taken: true, sent: null })),
  )
  const shadow = shadowRules(facts, KIND)
  if (shadow === null) return
  const answers = await rulesOf(shadow.version_id, shadow.document)
    .evaluate(cases)
    .catch(() => [])
  await recordShadow(
    tx,
    shadow.draft_id,
    verdicts.map(({ order, reasons }, index) => {
      const live = outcomeOf(order, reasons)
      return { order_id: order.order_id, live, draft: shadowed(order, answers[index], cases[index]) }
    }),
  )
}

function shadowed(order: OrderFacts, answer: unknown, input: ReviewCaseInput | undefined): RuleOutcome | null {
  try {
    return input === undefined ? null : outcomeOf(order, reasonsOf(answer, input, ''))
  } catch {
    return null
  }
}

interface Verdict {
  readonly order: OrderFacts
  readonly reasons: readonly Reason[]
}

// Orders keep the timer of holds that reject; what is to be let go when nobody decides has a timer of review.
async function hold(
  tx: Tx,
  verdicts: readonly Verdict[],
  rules_version: string,
  { version_id, policy }: { version_id: string; policy: ReviewPolicy },
): Promise<void> {
  if (verdicts.length === 0) return
  const lapses_at = later(tx.now, policy.lapses_after_minutes * MINUTE_MS)
  const ids = await placeHolds(
    tx,
    verdicts.map(({ order, reasons }) => ({
      order_id: order.order_id,
      kind: 'review',
      reasons,
      blocks: ['confirm', 'allocate', 'release', 'ship'],
      ...(policy.on_lapse === 'reject' ? { expires_at: lapses_at } : {}),
    })),
  )
  const answer_due_at = later(tx.now, policy.answer_within_minutes * MINUTE_MS)
  await insertScreenings(
    tx,
    verdicts.map(({ order }, index) => ({
      hold_id: ids[index] ?? '',
      order_id: order.order_id,
      rules_version,
      policy_version: version_id,
      answer_due_at,
      lapses_at,
      on_lapse: policy.on_lapse,
    })),
  )
  if (policy.on_lapse === 'release')
    await schedule(
      tx,
      ids.map((subject) => ({ step: LAPSE, subject, due_at: lapses_at })),
    )
}
