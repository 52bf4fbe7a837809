// When an order that has no place may have one: every hindrance that time removes has its moment, and the earliest of them is the next try.
import { DAY_MS, later, laterOf, MINUTE_MS, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { instantOfUuid } from '../../platform/ids.ts'
import { nextRoom, type SlotBook } from '../capacity/index.ts'
import type { Location } from '../catalog/index.ts'
import { suspension } from '../shipping/index.ts'
import type { Guidance } from './guidance.ts'
import { leavesAt, orderLimitAt } from './look-at-sites.ts'
import { type Ground, opensAgain } from './prepare-ground.ts'
import { type Limit, limitsReached, type Mark } from './store.ts'
import type { NewException, Stay, TryCause } from './store-exceptions.ts'
import type { Candidate, Decided, Decision, Removal } from './types.ts'

/** An order, or a part of it, that has no place, and what is kept of it in the queue. */
export interface Wait {
  readonly one: Decided
  readonly entry: NewException
}

const told: ReadonlySet<Removal | null> = new Set<Removal>(['capacity', 'no_carrier', 'out_of_area'])

interface Hindered extends Candidate {
  readonly guidance: Guidance
}

/** Hindrances of which somebody tells when they are gone: room that opens, carriers that go there. */
export function hindrancesOf(decision: Decision): string[] {
  const names = hinderedOf(decision).flatMap(({ removed }) => (removed !== null && told.has(removed) ? [removed] : []))
  return [...new Set(names)].sort()
}

// Locations that have something of what is left, by each rule that was asked.
function hinderedOf({ guidance, candidates, tried, rest }: Decision): Hindered[] {
  const looks = guidance === null ? tried : [...tried, { guidance, candidates }]
  return looks.flatMap((look) =>
    look.candidates
      .filter(({ can }) => rest.some((units, index) => units > 0 && (can[index] ?? 0) > 0))
      .map((candidate) => ({ ...candidate, guidance: look.guidance })),
  )
}

/** A moment, and what happens then that may give it a place. */
export interface Moment {
  readonly at: Date
  readonly because: TryCause
}

/** When each is tried again by the clock, in their order; null where no moment is known. One statement where a rule limits the orders of a day, none otherwise. */
export async function nextTries(
  tx: Tx,
  ground: Ground,
  waits: readonly Wait[],
  slots: SlotBook,
): Promise<(Moment | null)[]> {
  const limits = await limitsEnd(tx, ground, waits)
  const rooms = new Map<string, Date | null>()
  const roomAt = ({ site: { location }, can }: Candidate): Date | null => {
    const lines = can.filter((units) => units > 0).length
    const key = `${location.location_id} ${lines}`
    const known = rooms.get(key)
    const at =
      known !== undefined ? known : nextRoom(location, slots, slots.workOf(location.location_id, lines), tx.now)
    rooms.set(key, at)
    return at
  }
  return waits.map((wait) => {
    const { bounded, out_until, decision } = wait.one
    // nothing but the date by which its rule ends it
    if (bounded) return earliest(ruleMoments(wait, tx.now), tx.now)
    const moments: Moment[] = [...moment('place_back', out_until), ...ruleMoments(wait, tx.now)]
    for (const candidate of hinderedOf(decision)) {
      if (candidate.removed === 'out_of_area')
        moments.push(...moment('suspension', ...reopenings(candidate, decision.demand, tx.now)))
      if (candidate.removed === 'disrupted')
        moments.push(...moment('reopening', opensAgain(candidate.site, tx.now, candidate.ready_at)))
      if (candidate.removed === 'rule_limit')
        moments.push(...moment('limit', limits.get(limitKey(limitOf(ground, candidate))) ?? null))
      if (candidate.removed === 'capacity')
        moments.push(...moment('slot', roomAt(candidate)), ...moment('near', hurriesAt(candidate, decision.demand)))
    }
    return earliest(moments, tx.now)
  })
}

function moment(because: TryCause, ...times: readonly (Date | null)[]): Moment[] {
  return times.flatMap((at) => (at === null ? [] : [{ at, because }]))
}

// In full seconds, so that those of a batch share their clocks.
function earliest(moments: readonly Moment[], now: Date): Moment | null {
  const ahead = moments.filter(({ at }) => at > now)
  const first = ahead.reduce<Moment | null>((best, one) => (best === null || one.at < best.at ? one : best), null)
  return first === null ? null : { ...first, at: new Date(Math.ceil(first.at.getTime() / SECOND_MS) * SECOND_MS) }
}

/** When the first of the places that are out for a while is in again, for something that has no place. One that is closed by then counts from when it opens, or not at all where nobody knows. */
export function nextBack(marks: readonly Mark[], decision: Decision): Date | null {
  const { demand, rest } = decision
  const left = new Set(demand.lines.flatMap(({ line_no }, index) => ((rest[index] ?? 0) > 0 ? [line_no] : [])))
  return marks.reduce<Date | null>((first, { kind, line_no, location_id, until }) => {
    const isMeant = kind === 'rejection' && (line_no === null ? left.size > 0 : left.has(line_no))
    if (!isMeant || until === null) return first
    const back = openFrom(decision, location_id, until)
    return back === null || (first !== null && first <= back) ? first : back
  }, null)
}

// The first moment from then on at which a place sends; null where nobody knows.
function openFrom({ candidates, tried }: Decision, location_id: string | null, at: Date): Date | null {
  const looks = [candidates, ...tried.map((look) => look.candidates)]
  const site = looks.flat().find((candidate) => candidate.site.location.location_id === location_id)?.site
  if (site === undefined) return at
  return site.location.state === 'open' ? opensAgain(site, at) : null
}

// What the rule itself wants: another try after a while, or an end by a date.
function ruleMoments({ one, entry }: Wait, now: Date): Moment[] {
  const rule = waitsBy(one)
  if (rule === null) return []
  if (rule.on_failure === 'wait') return moment('rule_wait', later(now, rule.wait_minutes * MINUTE_MS))
  return entry.cancel_from === null ? [] : moment('rule_date', endsAt(entry.cancel_from, rule))
}

/** The rule by which it waits for what is left: the one that decided, or where none was asked any more the one that wants it cancelled by a date. */
export function waitsBy({ bounded, ends_by, decision }: Decided): Guidance | null {
  return bounded ? ends_by : decision.guidance
}

/** The date by which a rule wants it sent. */
export function endsAt(since: Date, { cancel_hours }: Guidance): Date {
  return later(since, cancel_hours * 60 * MINUTE_MS)
}

// When a carrier that does not go there for a while does again, for what leaves then.
function reopenings({ site, ready_at }: Candidate, { to }: Decision['demand'], now: Date): (Date | null)[] {
  return site.lanes.map(({ service }) => {
    const { cut_off } = service.card
    const leaves = leavesAt(site.location, ready_at ?? now, now, cut_off)
    const until = suspension(service.carrier, to, leaves)?.until ?? null
    return until === null ? null : lastCutOff(site.location, leaves, until, cut_off)
  })
}

const DAYS_BEFORE = 14

// The last cut-off before an instant: what is ready from then on leaves after it. Of what is far ahead only the last days are looked at.
function lastCutOff(location: Location, from: Date, until: Date, cut_off: string | null): Date {
  let last = laterOf(from, later(until, -DAYS_BEFORE * DAY_MS))
  for (;;) {
    const next = leavesAt(location, last, last, cut_off)
    if (next >= until) return last
    last = next
  }
}

// A promise within a day makes it urgent, and opens what is kept for urgent work.
function hurriesAt({ urgent }: Candidate, { promised_at }: Decision['demand']): Date | null {
  return urgent || promised_at === null ? null : later(promised_at, -DAY_MS)
}

const limitOf = (ground: Ground, { guidance, site }: Hindered): Limit => ({
  location_id: site.location.location_id,
  orders: orderLimitAt(ground, guidance, site.location.location_id),
})
const limitKey = ({ location_id, orders }: Limit) => `${location_id} ${orders}`

// When the orders that fill a limit are a day old, by location and limit.
async function limitsEnd(tx: Tx, ground: Ground, waits: readonly Wait[]): Promise<ReadonlyMap<string, Date>> {
  const limits = new Map(
    waits
      .flatMap(({ one }) => hinderedOf(one.decision))
      .filter((candidate) => candidate.removed === 'rule_limit')
      .map((candidate) => limitOf(ground, candidate))
      .map((limit) => [limitKey(limit), limit] as const),
  )
  if (limits.size === 0) return new Map()
  const reached = await limitsReached(tx, [...limits.values()])
  return new Map(
    reached.map(({ location_id, orders, fulfilment_id }) => [
      limitKey({ location_id, orders }),
      later(instantOfUuid(fulfilment_id), DAY_MS + 1),
    ]),
  )
}

/** What is in the future already stays where the new moment is later: it costs one try, and whoever is tried often from outside keeps his turn. */
export function keptTry(stay: Pick<Stay, 'try_again_at' | 'try_because'>, next: Moment | null, now: Date): NextMoment {
  const { try_again_at: before } = stay
  if (before === null || before <= now) return nextMoment(next)
  if (next === null || before <= laterOf(next.at, now)) return { try_again_at: before, try_because: stay.try_because }
  return nextMoment({ ...next, at: laterOf(next.at, now) })
}

type NextMoment = Pick<NewException, 'try_again_at' | 'try_because'>

/** The same as the queue keeps it. */
export function nextMoment(next: Moment | null): NextMoment {
  return { try_again_at: next?.at ?? null, try_because: next?.because ?? null }
}
