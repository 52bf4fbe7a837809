// The load of every location, as the board of load shows it.
import type { LoadView, LocationLoad } from '../../contracts/capacity.ts'
import { DAY_MS, HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { type Location, locations } from '../catalog/index.ts'
import { modeKinds, promotionIn } from '../modes/index.ts'
import { nextCutOff, opensAt } from './calendar.ts'
import { isLimited, paceOf, raisedSlot, shiftsOf } from './open-shifts.ts'
import { SlotBook } from './slot-book.ts'
import { readSlots, type SlotRow } from './store.ts'

const LOCATIONS_AT_MOST = 1000
const SLOTS_AT_MOST = 400
const MINUTE = 60
const FULL = 100

/** Slots that have not ended and begin within `hours`, of these locations only where `ids` is given; figures of load look a day ahead, whatever is shown. */
export async function viewLoad(tx: Tx, hours: number, ids?: ReadonlySet<string>): Promise<LoadView> {
  const all = [...(await locations(tx)).values()]
    .filter((location) => ids === undefined || ids.has(location.location_id))
    .sort((a, b) => (a.location_id < b.location_id ? -1 : 1))
    .slice(0, LOCATIONS_AT_MOST)
  const limited = all.filter(isLimited)
  const until = later(tx.now, Math.max(hours, 24) * HOUR_MS)
  const promotion = promotionIn(await currentFacts(tx, modeKinds))
  const rows = await readSlots(
    tx,
    limited.map((location) => location.location_id),
    later(tx.now, -2 * DAY_MS),
    until,
  )
  const shifts = shiftsOf(limited, rows, tx.now, promotion)
  const book = new SlotBook(shifts, tx.now)
  const shown = Map.groupBy(
    rows.filter((row) => row.ends_at > tx.now && row.starts_at < later(tx.now, hours * HOUR_MS)),
    (row) => row.location_id,
  )
  return {
    at: tx.now.toISOString(),
    items: all.map((location) => {
      const factor = rows.find((row) => row.location_id === location.location_id)?.factor ?? null
      return {
        ...placeOf(location, tx.now),
        ...figuresOf(location, factor),
        fill_percent: Math.round(FULL * book.fill(location.location_id, tx.now)),
        overdue_orders: shifts.get(location.location_id)?.overdue.orders ?? 0,
        slots: (shown.get(location.location_id) ?? [])
          .slice(0, SLOTS_AT_MOST)
          .map((row) => slotOf(raisedSlot(row, promotion))),
      }
    }),
  }
}

function placeOf(location: Location, now: Date) {
  const opens = opensAt(location, now)
  const { location_id, name, name_zh = null, time_zone, state, cut_off } = location
  return {
    location_id,
    name,
    name_zh,
    time_zone,
    state,
    working: opens !== null && opens <= now,
    opens_at: opens?.toISOString() ?? null,
    next_cut_off: nextCutOff(location, now, cut_off).toISOString(),
  }
}

function figuresOf(location: Location, factor: number | null) {
  const given = isLimited(location) ? paceOf(location.capacity, factor) : null
  const minutes = (seconds: number | undefined) =>
    seconds === undefined ? null : Math.round((seconds / MINUTE) * FULL) / FULL
  return {
    limited: given !== null,
    minutes_per_order: minutes(given?.per_order_seconds),
    minutes_per_line: minutes(given?.per_line_seconds),
    pace_percent: factor === null ? null : Math.round(FULL * factor),
  }
}

function slotOf(row: SlotRow): LocationLoad['slots'][number] {
  return {
    starts_at: row.starts_at.toISOString(),
    ends_at: row.ends_at.toISOString(),
    orders: row.orders,
    lines: row.lines,
    minutes: Math.round(row.seconds / MINUTE),
    done_orders: row.done_orders,
    max_orders: row.max_orders,
    max_lines: row.max_lines,
    max_minutes: row.max_seconds === null ? null : Math.floor(row.max_seconds / MINUTE),
  }
}
