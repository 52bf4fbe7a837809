// The load of every location, as the board of load shows it.
import type { LoadView, LocationLoad } from '../../contracts/capacity.ts'
import { HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { type Location, locations } from '../catalog/index.ts'
import { modeKinds, promotionIn } from '../modes/index.ts'
import { nextCutOff, opensAt } from './calendar.ts'
import { isLimited, paceOf, raisedSlot } from './limits.ts'
import { shiftsOf } from './lock-shifts.ts'
import { SlotBook } from './slot-book.ts'
import { readSlots, type ShownSlot } from './store.ts'

const LOCATIONS_AT_MOST = 1000
/** A week of quarter hours, one longer by the hour that its clocks give. */
const SLOTS_AT_MOST = 700
const MINUTE = 60
const FULL = 100

/** Slots that have not ended and begin within `hours`, of these locations only where `ids` is given; figures of load look as far ahead as slots are made, whatever is shown. */
export async function viewLoad(tx: Tx, hours: number, ids?: ReadonlySet<string>): Promise<LoadView> {
  const all = [...(await locations(tx)).values()]
    .filter((location) => ids === undefined || ids.has(location.location_id))
    .sort((a, b) => (a.location_id < b.location_id ? -1 : 1))
    .slice(0, LOCATIONS_AT_MOST)
  const limited = all.filter(isLimited)
  const promotion = promotionIn(await currentFacts(tx, modeKinds))
  const shifts = await shiftsOf(tx, limited, promotion, { need: { orders: 0, lines: 0 }, leaving: [] })
  const book = new SlotBook(shifts, tx.now)
  const rows = await readSlots(
    tx,
    limited.map((location) => location.location_id),
    later(tx.now, hours * HOUR_MS),
    SLOTS_AT_MOST,
  )
  const shown = Map.groupBy(rows, (row) => row.location_id)
  return {
    at: tx.now.toISOString(),
    items: all.map((location) => {
      const { location_id } = location
      const shift = shifts.get(location_id)
      return {
        ...placeOf(location, tx.now),
        ...figuresOf(location, shift?.factor ?? null),
        fill_percent: Math.round(FULL * book.fill(location_id)),
        overdue_orders: shift?.overdue.orders ?? 0,
        slots: (shown.get(location_id) ?? []).map((row) => slotOf(raisedSlot(row, promotion))),
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

function slotOf(row: ShownSlot): LocationLoad['slots'][number] {
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
