// A decision by hand as it would be, without writing anything: its cost and arrival against the present plan and the machine's own choice.
import type { HandOutlook, HandPreview, HandPreviewed } from '../../contracts/hand.ts'
import type { Tx } from '../../platform/db.ts'
import { loadOrders, type OrderFacts, orderProblem } from '../orders/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { checkVersion } from './check-version.ts'
import { lookByHand } from './look-by-hand.ts'
import { demandOf } from './make-demand.ts'
import { degradedBy } from './mark-degraded.ts'
import { standNow } from './mend-rates.ts'
import type { Ground } from './prepare-ground.ts'
import { allocationProblem } from './problems.ts'
import { checkFields } from './read-hand-wish.ts'
import { steeringHindrances } from './steer-orders.ts'
import { openWorkOf } from './store-hand.ts'
import type { Part, Plan } from './types.ts'
import { decisionOf } from './weigh-by-hand.ts'
import { timesOf } from './write-decisions.ts'

/** Previews. Throws what the decision itself would throw. */
export async function previewByHand(tx: Tx, order_id: string, wish: HandPreview): Promise<HandPreviewed> {
  checkFields(wish)
  const [order] = await loadOrders(tx, [order_id], { lock: false })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  await checkVersion(tx, order, wish.version)
  return wish.kind === 'lock' || wish.kind === 'unlock' || wish.kind === 'priority'
    ? steered(tx, order, wish)
    : placed(tx, order, wish)
}

async function steered(tx: Tx, order: OrderFacts, wish: HandPreview): Promise<HandPreviewed> {
  const hindrances = await steeringHindrances(tx, order, wish)
  if (hindrances.length > 0) throw allocationProblem('decision_refused', {}, hindrances)
  const { ground } = await standNow(tx, await currencyOf(tx))
  const { promised_at } = demandOf(ground, order, [], () => undefined)
  const { order_id, version } = order
  return {
    ...{ order_id, version, kind: wish.kind, currency: ground.currency, units: 0, warnings: [], degraded: [] },
    ...{ before: null, after: null, machine: null },
    promised_at: promised_at?.toISOString() ?? null,
  }
}

async function placed(tx: Tx, order: OrderFacts, wish: HandPreview): Promise<HandPreviewed> {
  const work = wish.kind === 'allocate' ? [] : await openWorkOf(tx, order.order_id)
  const { ground, footing, weighed, hindrances } = await lookByHand(tx, order, work, wish, { lock: false })
  if (weighed === null || hindrances.length > 0) throw allocationProblem('decision_refused', {}, hindrances)
  const { promised_at, lines } = weighed.machine.demand
  const { before, after, machine } = weighed.whole
  const { arrives } = timesOf(tx.now, new Map())
  const outlook = (plan: Plan | null) => (plan === null ? null : outlookOf(ground, plan, promised_at, arrives))
  return {
    order_id: order.order_id,
    version: order.version,
    kind: wish.kind,
    currency: ground.currency,
    promised_at: promised_at?.toISOString() ?? null,
    units: lines.reduce((sum, line) => sum + line.quantity, 0),
    before: outlook(before),
    after: outlook(after),
    // it would not part what can leave together
    machine: wish.kind === 'split' ? null : outlook(machine),
    warnings: [...weighed.warnings],
    degraded: degradedBy(footing, decisionOf(weighed)),
  }
}

/** A plan as people read it; `arrives` tells when the last of it is with the customer. */
export function outlookOf(
  ground: Ground,
  plan: Plan,
  promised_at: Date | null,
  arrives: (plan: Plan) => Date | null,
): HandOutlook {
  const priced = ground.unpriced || plan.parts.every((part) => part.offer !== null)
  const arrives_at = priced ? arrives(plan) : null
  return {
    cost: priced ? Math.round(plan.cost) : null,
    paid: priced ? Math.round(paidOf(plan)) : null,
    terms: priced ? termsOf(plan) : [],
    arrives_at: arrives_at?.toISOString() ?? null,
    late: arrives_at === null || promised_at === null ? null : arrives_at > promised_at,
    parts: plan.parts.map(({ candidate, quantity, offer }) => {
      const { location_id, name, name_zh = null } = candidate.site.location
      return {
        ...{ location_id, name, name_zh },
        units: quantity.reduce((sum, units) => sum + units, 0),
        distance_km: candidate.km === null ? null : Math.round(candidate.km),
        service: offer?.service.name ?? null,
      }
    }),
  }
}

// What booking something else does not move.
function paidOf({ parts, cost }: Plan): number {
  return parts.reduce((left, { load, depletion }) => left - load - depletion, cost)
}

function termsOf(plan: Plan): HandOutlook['terms'] {
  const sum = (pick: (part: Part) => number) => plan.parts.reduce((total, part) => total + pick(part), 0)
  const terms = [
    ['shipping', sum((part) => part.shipping)],
    ['handling', sum((part) => part.handling)],
    ['split', plan.split],
    ['lateness', sum((part) => part.lateness)],
    ['load', sum((part) => part.load)],
    ['depletion', sum((part) => part.depletion)],
    ['carbon', sum((part) => part.carbon)],
    ['preference', sum((part) => part.preference)],
  ] as const
  return terms
    .map(([term, amount]) => ({ term, amount: Math.round(amount) }))
    .filter(({ term, amount }) => amount !== 0 || term === 'shipping' || term === 'handling')
}
