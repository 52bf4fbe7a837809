// The explanation of an order's allocation as people read it: plans with their costs, and the same in sentences, Chinese and English.
import type { Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ExplainedAllocation } from '../../contracts/allocation.ts'
import type { HandHistory } from '../../contracts/hand.ts'
import type { Candidate, WaitingView } from '../../contracts/views-allocation.ts'
import type { Tx } from '../../platform/db.ts'
import { type Location, locations } from '../catalog/index.ts'
import { carriers, type ListedCarrier } from '../shipping/index.ts'
import { KeptExplanation } from './explain-decision.ts'
import { handHistory } from './hand-history.ts'
import { SENTENCES_AT_MOST, sentences } from './say-decision.ts'
import { flipOf } from './say-flip.ts'
import { sayNextTry } from './say-next-try.ts'
import { scarceOf } from './say-scarce.ts'
import { type ExplanationRow, explanationsOf } from './store.ts'
import { type Stay, staysOf } from './store-exceptions.ts'

const kept = Compile(KeptExplanation)
const DECISIONS_AT_MOST = 20
type View = ExplainedAllocation['items'][number]
type KeptPlan = KeptExplanation['plans'][number]
type HandItem = Static<typeof HandHistory>['items'][number]

/** The decisions about an order, newest first, names those of today; and what of it waits for a place. */
export async function explainedAllocation(tx: Tx, order_id: string) {
  const rows = await explanationsOf(tx, order_id, DECISIONS_AT_MOST)
  const places = await locations(tx)
  const known = await carriers(tx)
  const manual = rows.some((row) => row.cause === 'manual') ? (await handHistory(tx, order_id)).items : []
  const byHand = new Map(manual.map((one) => [one.decision_id, one]))
  const [stay] = await staysOf(tx, [order_id])
  return {
    waiting: stay === undefined ? null : waitingView(stay),
    items: rows.flatMap((row) =>
      kept.Check(row.detail) ? [viewOf(row, row.detail, places, known, byHand.get(row.decision_id))] : [],
    ),
  }
}

function waitingView(stay: Stay): WaitingView {
  const { reason, units, queue, try_because } = stay
  return { reason, units, queue, try_because, ...sayNextTry(stay) }
}

function viewOf(
  row: ExplanationRow,
  detail: KeptExplanation,
  places: ReadonlyMap<string, Location>,
  known: ReadonlyMap<string, ListedCarrier>,
  hand: HandItem | undefined,
) {
  return {
    decision_id: row.decision_id,
    at: row.at.toISOString(),
    cause: row.cause,
    outcome: row.outcome,
    currency: row.currency,
    cost: row.cost,
    margin: row.margin,
    rule:
      detail.rule === undefined
        ? null
        : { version_id: detail.rule[0], rule_id: detail.rule[1], name: { en: detail.rule[2], zh: detail.rule[3] } },
    tried: (detail.tried ?? []).map(([rule_id, because]) => ({ rule_id, because })),
    optimal: detail.gap === undefined,
    gap: detail.gap ?? null,
    flip: flipOf(detail),
    scarce: scarceOf(detail),
    in_turn: detail.in_turn === true,
    degraded: detail.degraded ?? [],
    arm: detail.arm ?? null,
    candidates: detail.plans.map((plan) => candidateOf(plan, detail.units, places)),
    read: detail.read.map(([kind, version]) => ({ kind, version })),
    by_hand: hand === undefined ? null : { kind: hand.kind, reason: hand.reason, by: hand.by },
    says: [...handSaid(hand), ...sentences(row, detail, known)].slice(0, SENTENCES_AT_MOST),
  }
}

function candidateOf(plan: KeptPlan, units: number, places: ReadonlyMap<string, Location>): Candidate {
  const term = (name: string, amount: number | undefined) => (amount === undefined ? [] : [{ term: name, amount }])
  const [carrier = null, service = null] = plan.p[0]?.[3]?.split('/') ?? []
  return {
    locations: plan.p.map(([location_id, distance_km, some]) => {
      const place = places.get(location_id)
      return {
        location_id,
        name: place?.name ?? location_id,
        name_zh: place?.name_zh ?? null,
        distance_km,
        units: some,
      }
    }),
    verdict: plan.v,
    removed_by: plan.removed ?? null,
    removed_detail: plan.removed === 'no_stock' ? `${plan.p[0]?.[2] ?? 0}/${units}` : null,
    cost: plan.cost ?? null,
    terms: [
      ...term('shipping', plan.ship),
      ...term('handling', plan.hand),
      ...term('split', plan.split),
      ...term('lateness', plan.late),
      ...term('load', plan.load),
      ...term('depletion', plan.depl),
      ...term('carbon', plan.carb),
      ...term('preference', plan.pref),
    ],
    carbon_grams: plan.co2 ?? null,
    carrier,
    service,
    arrives_at: plan.at ?? null,
  }
}

// A person comes first: it was not the money that decided.
function handSaid(hand: HandItem | undefined): View['says'] {
  if (hand === undefined) return []
  return [
    { en: `A person decided above the machine: “${hand.reason}”.`, zh: `由人工决定，优先于系统：“${hand.reason}”。` },
  ]
}
