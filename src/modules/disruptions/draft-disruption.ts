// Drafting a disruption: what its scope means now, and the plan that is asked for; discarding it.
import type { DisruptionScope } from '../../contracts/disruptions.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { currencyOf } from '../allocation/index.ts'
import { locations } from '../catalog/index.ts'
import { PLAN } from './plan-disruption.ts'
import { disruptionProblem } from './problems.ts'
import { inScope } from './scope.ts'
import { insertDisruption, moveState } from './store.ts'

export interface DraftWish {
  readonly name: string
  readonly reason: string
  readonly note?: string
  readonly scope: DisruptionScope
  readonly from?: Date
  readonly until?: Date | null
}

const LOCATIONS_AT_MOST = 1000

/** Drafts a disruption and asks for its plan; answers its id. */
export async function draftDisruption(tx: Tx, wish: DraftWish): Promise<string> {
  const from_at = wish.from === undefined || wish.from < tx.now ? tx.now : wish.from
  const until_at = wish.until ?? null
  if (until_at !== null && until_at <= from_at) throw disruptionProblem('disruption_times')
  const places = [...(await locations(tx)).values()].filter((location) => inScope(wish.scope, location))
  if (places.length === 0) throw disruptionProblem('scope_empty')
  if (places.length > LOCATIONS_AT_MOST) throw disruptionProblem('scope_too_wide', { locations: places.length })
  const disruption_id = tx.newId()
  await insertDisruption(tx, {
    disruption_id,
    name: wish.name,
    reason: wish.reason,
    note: wish.note ?? null,
    scope: JSON.stringify(wish.scope),
    location_ids: places.map((location) => location.location_id).sort(),
    from_at,
    until_at,
    currency: await currencyOf(tx),
  })
  await schedule(tx, [{ step: PLAN, subject: disruption_id }])
  return disruption_id
}

/** Makes the plan of a draft anew. */
export async function planAgain(tx: Tx, disruption_id: string): Promise<void> {
  if ((await moveState(tx, disruption_id, 'planned', 'draft')) === null) throw disruptionProblem('disruption_state')
  await schedule(tx, [{ step: PLAN, subject: disruption_id }])
}

/** Nothing comes of it. */
export async function discardDisruption(tx: Tx, disruption_id: string): Promise<void> {
  const moved =
    (await moveState(tx, disruption_id, 'planned', 'discarded')) ??
    (await moveState(tx, disruption_id, 'draft', 'discarded'))
  if (moved === null) throw disruptionProblem('disruption_state')
}
