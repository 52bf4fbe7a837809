// What a decision about waiting units comes to, as people read it: from where, for what and when; or what still has no place, why, and what keeps which location from sending it.
import type { PlaceOutlook } from '../../contracts/hand.ts'
import { reasonOf } from './find-reason.ts'
import type { Sight } from './look-at-orders.ts'
import { degradedBy } from './mark-degraded.ts'
import { outlookOf } from './preview-by-hand.ts'
import type { Candidate, Decision, Plan } from './types.ts'

const STANDS_AT_MOST = 5

/** A decision about units that wait, as people read it; `arrives` tells when the last of a plan is with the customer. */
export function outlookFor(
  { ground, footing }: Sight,
  decision: Decision,
  arrives: (plan: Plan) => Date | null,
): PlaceOutlook {
  const { demand, plan, rest } = decision
  const unmet = rest.reduce((sum, units) => sum + units, 0)
  return {
    currency: ground.currency,
    plan: plan === null ? null : outlookOf(ground, plan, demand.promised_at, arrives),
    units: demand.lines.reduce((sum, line) => sum + line.quantity, 0),
    unmet,
    because: unmet === 0 ? null : reasonOf(ground, decision),
    stands: unmet === 0 ? [] : standsOf(decision),
    degraded: degradedBy(footing, decision),
  }
}

// Places that have goods of what is left, or were refused for them.
function standsOf({ candidates, tried, rest }: Decision): PlaceOutlook['stands'] {
  const left = rest.flatMap((units, index) => (units > 0 ? [index] : []))
  const looked = candidates.length > 0 ? candidates : (tried.at(-1)?.candidates ?? [])
  return looked
    .filter(({ removed, can }) => removed === 'excluded' || left.some((index) => (can[index] ?? 0) > 0))
    .flatMap((candidate) => (candidate.removed === null ? [] : [{ candidate, code: candidate.removed }]))
    .sort((a, b) => nearer(a.candidate, b.candidate))
    .slice(0, STANDS_AT_MOST)
    .map(({ candidate, code }) => ({ ...placeOf(candidate), code }))
}

function nearer(a: Candidate, b: Candidate): number {
  return (a.km ?? Number.MAX_SAFE_INTEGER) - (b.km ?? Number.MAX_SAFE_INTEGER)
}

/** A location by its names. */
export function placeOf({ site }: Pick<Candidate, 'site'>) {
  const { location_id, name, name_zh = null } = site.location
  return { location_id, name, name_zh }
}
