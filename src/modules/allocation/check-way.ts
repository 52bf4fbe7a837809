// Whether a way is still as good as the one that a person was shown. What every booking moves, the price of load and of scarcity, is no news; money, days and places are.
import type { Tx } from '../../platform/db.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { localDay } from '../../platform/zone.ts'
import { allocationProblem } from './problems.ts'

/** What was shown of a way; what is absent was not, or does not matter. */
export interface SeenWay {
  /** What is paid: without what load and scarcity count for. */
  readonly cost: number | null
  readonly arrives_at: Date
  readonly location_id?: string | undefined
  readonly units?: number | undefined
}

/** The way of now; null where it cannot be priced. */
export interface WayNow {
  readonly cost: number | null
  readonly arrives_at: Date | null
  readonly location_id: string
  readonly units?: number
  readonly promised_at: Date | null
}

/** Throws way_changed where it leaves from elsewhere, is dearer, takes fewer units, arrives on a later day by the merchant's clock, or breaks a promise that it kept. */
export async function checkWay(tx: Tx, now: WayNow, seen: SeenWay): Promise<void> {
  const { cost, arrives_at, location_id, units = null } = now
  const is_as_good =
    location_id === (seen.location_id ?? location_id) &&
    (seen.cost === null || (cost !== null && cost <= seen.cost)) &&
    (units === null || units >= (seen.units ?? 0)) &&
    arrives_at !== null &&
    !(await isLater(tx, arrives_at, seen.arrives_at, now.promised_at))
  if (is_as_good) return
  throw allocationProblem('way_changed', { cost, arrives_at: arrives_at?.toISOString() ?? null, location_id, units })
}

async function isLater(tx: Tx, now: Date, seen: Date, promised_at: Date | null): Promise<boolean> {
  if (now <= seen) return false
  if (promised_at !== null && seen <= promised_at && now > promised_at) return true
  const { time_zone } = await tenantOf(tx.sql, tx.tenant)
  return localDay(now, time_zone) > localDay(seen, time_zone)
}
