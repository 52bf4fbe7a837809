// Whether orders that were decided in turn stood in each other's way: what some took was missing where another would rather have been sent from.
import type { FreeStock } from './free-stock.ts'
import type { Candidate, Decision } from './types.ts'

/** What was taken too early by others for these decisions, and the SKUs that it is about. */
export interface Contention {
  readonly limited: readonly Decision[]
  readonly skus: ReadonlySet<string>
  /** Room at locations, not only stock. */
  readonly of_room: boolean
}

/**
 * Decisions made in turn that found less than was there before the first of them: one look at what was taken, and at the candidates of the
 * orders that want it. `free` is what is left after all of them.
 */
export function findContention(decisions: readonly Decision[], free: FreeStock): Contention {
  const taken = new Map<string, number>()
  const booked = new Set<string>()
  for (const { demand, plan } of decisions)
    for (const { candidate, quantity } of plan?.parts ?? []) {
      const { location_id } = candidate.site.location
      booked.add(location_id)
      demand.lines.forEach((line, index) => {
        const place = `${location_id} ${line.sku}`
        taken.set(place, (taken.get(place) ?? 0) + (quantity[index] ?? 0))
      })
    }
  const most = new Map<string, number>()
  const wants = decisions.map((decision) => wantedUnits(decision))
  for (const wanted of wants) for (const [sku, units] of wanted) most.set(sku, Math.max(most.get(sku) ?? 0, units))
  const skus = new Set<string>()
  let of_room = false
  const limited = decisions.filter((decision, index) => {
    const { candidates } = decision
    const wanted = wants[index] ?? new Map<string, number>()
    const room = candidates.some(
      ({ site, removed }) =>
        (removed === 'capacity' || removed === 'rule_limit') && booked.has(site.location.location_id),
    )
    const late = (decision.plan?.parts ?? []).some(
      ({ candidate, lateness }) => lateness > 0 && free.slots.has(candidate.site.location.location_id),
    )
    if (room || late) of_room = true
    let short = false
    for (const [sku, units] of wanted)
      for (const candidate of candidates)
        if (isCut(decision, candidate, sku, units, most.get(sku) ?? 0, taken, free)) {
          skus.add(sku)
          short = true
        }
    return short || room || late
  })
  return { limited, skus, of_room }
}

// Whether the site had less for this order than it would have had first. A place with enough left for the largest wish of all stood in nobody's way.
function isCut(
  { demand, guidance }: Decision,
  candidate: Candidate,
  sku: string,
  units: number,
  most: number,
  taken: ReadonlyMap<string, number>,
  free: FreeStock,
): boolean {
  const { location_id } = candidate.site.location
  const gone = taken.get(`${location_id} ${sku}`) ?? 0
  if (gone === 0 || candidate.blocked.has(sku)) return false
  const kept = guidance?.safety_stock ?? 0
  const left = free.at(location_id, sku)
  if (left - kept >= most) return false
  const could = Math.min(units, Math.max(0, left + gone - kept))
  return (
    could > demand.lines.reduce((sum, line, index) => (line.sku === sku ? sum + (candidate.can[index] ?? 0) : sum), 0)
  )
}

function wantedUnits({ demand }: Decision): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>()
  for (const { sku, quantity } of demand.lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  return wanted
}
