// Why an order, or a part of it, has no place: one reason, the one that a person could do something about.
import type { Ground } from './prepare-ground.ts'
import type { Candidate, Decision, Demand } from './types.ts'

const byRule: ReadonlySet<string | null> = new Set([
  'rule_location',
  'rule_radius',
  'rule_capability',
  'rule_limit',
  'rule_safety',
])

/** Why an order, or a part of it, has no place. */
export function reasonOf(ground: Ground, decision: Decision): string {
  const { candidates, demand, guidance, plan, rest } = decision
  if (guidance === null) return 'no_rule'
  if (guidance.on_failure !== 'next') {
    const asked = { wait: 'waiting', park: 'parked', backorder: 'backorder', cancel: 'waiting' } as const
    return asked[guidance.on_failure]
  }
  const there = candidates.filter(({ site, removed }) => site.location.state === 'open' && removed !== 'locked')
  const open = there.filter((candidate) => candidate.removed !== 'disrupted')
  // who has goods that are left
  const has = ({ can }: Candidate) => rest.some((units, index) => units > 0 && (can[index] ?? 0) > 0)
  const shut = plan === null && there.some((candidate) => candidate.removed === 'disrupted' && has(candidate))
  // of those that have the goods, the ones that have not refused them are closed by a disruption
  if (shut && open.every(({ removed }) => removed === 'excluded' || removed === 'no_stock')) return 'disrupted'
  if (open.length === 0) return 'no_location'
  // who has the goods has refused them
  const refused = open.filter((candidate) => candidate.removed === 'excluded').length
  if (refused > 0 && plan === null && open.every(({ removed }) => removed === 'excluded' || removed === 'no_stock'))
    return 'refused'
  // who has goods that are left has no room
  if (open.some((candidate) => candidate.removed === 'capacity' && has(candidate))) return 'no_room'
  if (open.some(({ removed }) => removed === 'no_carrier' || removed === 'out_of_area'))
    return ground.services.length === 0 && ground.without_rate.length > 0 ? 'no_currency_rate' : 'no_carrier'
  const ruled = open.some((candidate) => candidate.removed === null || byRule.has(candidate.removed))
  if (!ruled || plan !== null) return 'no_stock'
  if (isRefused(demand, open)) return shut ? 'disrupted' : 'refused'
  // what no rule could have sent, none has kept back
  if (guidance.safety_stock > 0 || suffices(demand, open)) return 'rules'
  return shut && suffices(demand, there) ? 'disrupted' : 'no_stock'
}

// Whether the goods at these places are enough for the order: some of them where a part may leave, otherwise every unit of each SKU.
function suffices({ lines, may_part }: Demand, places: readonly Candidate[]): boolean {
  if (may_part) return places.some(({ units }) => units > 0)
  const missing = new Map<string, number>()
  lines.forEach(({ sku, quantity }, index) => {
    const there = places.reduce((sum, { can }) => sum + (can[index] ?? 0), 0)
    missing.set(sku, (missing.get(sku) ?? 0) + quantity - there)
  })
  return [...missing.values()].every((units) => units <= 0)
}

// Of some line there is too little where it was not refused.
function isRefused({ lines, excluded }: Demand, open: readonly Candidate[]): boolean {
  return lines.some(
    ({ line_no, quantity }, index) =>
      open.reduce((sum, { can }) => sum + (can[index] ?? 0), 0) < quantity &&
      open.some(({ site }) => excluded.has(`${line_no} ${site.location.location_id}`)),
  )
}
