// Shifts as a batch of decisions sees them: locations locked, and of their slots as much as the batch could fill.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { Location } from '../catalog/index.ts'
import { type Promotion, raiseAt } from '../modes/index.ts'
import { isLimited, type Limited, paceOf, sightOf } from './limits.ts'
import { type Amounts, type Limits, type Shift, type Slot, SlotBook } from './slot-book.ts'
import { lockPlaces, type PlaceRow, readPlaces, type SlotWish } from './store.ts'

/** Work that was not done in its slot is carried along for so long. */
const OVERDUE_MS = 7 * DAY_MS
const PERCENT = 100

export interface ShiftWish {
  /** Only looks: nobody books by what was read. */
  readonly look?: boolean
  /** Orders and their lines that look for room, at most; where absent every slot is read. */
  readonly need?: SlotWish['need']
  /** Fulfilments that leave their slots. */
  readonly leaving?: readonly string[]
}

/** Locks the locations for a batch of decisions, and reads what it needs of their shifts. No statement where none of them has limits. */
export async function lockShifts(
  tx: Tx,
  places: readonly Location[],
  promotion: Promotion | null,
  { look = false, need = null, leaving = [] }: ShiftWish = {},
): Promise<SlotBook> {
  const limited = places.filter(isLimited)
  if (limited.length === 0) return new SlotBook()
  // read in a statement of its own: one that waits for a lock sees slots as they were before it waited
  if (!look)
    await lockPlaces(
      tx,
      limited.map((location) => location.location_id),
    )
  return new SlotBook(await shiftsOf(tx, limited, promotion, { need, leaving }), tx.now)
}

/** Shifts by location; one whose slots are not made yet, or that does not open, has none. */
export async function shiftsOf(
  tx: Tx,
  limited: readonly Limited[],
  promotion: Promotion | null,
  { need, leaving }: Pick<SlotWish, 'need' | 'leaving'>,
): Promise<Map<string, Shift & { readonly factor: number | null }>> {
  const rows = await readPlaces(
    tx,
    limited.map((location) => ({
      location_id: location.location_id,
      until: sightOf(location, tx.now),
      raise: raiseAt(promotion, location.location_id),
      open: 1 - keptAt(location),
      ...paceOf(location.capacity, null),
    })),
    {
      since: later(tx.now, -OVERDUE_MS),
      raised_until: promotion === null ? tx.now : new Date(promotion.until),
      need,
      leaving,
    },
  )
  const of = Map.groupBy(rows, (row) => row.location_id)
  return new Map(
    limited.flatMap((location): [string, Shift & { readonly factor: number | null }][] => {
      const mine = of.get(location.location_id) ?? []
      const [first] = mine
      if (first === undefined) return []
      const { factor, overdue, ahead, day } = first
      return [
        [
          location.location_id,
          {
            slots: mine.flatMap(slotOf),
            pace: paceOf(location.capacity, factor),
            kept: keptAt(location),
            overdue: amountsOf(overdue),
            ahead: amountsOf(ahead),
            day: limitsIn(day),
            factor,
          },
        ],
      ]
    }),
  )
}

function keptAt({ capacity }: Limited): number {
  return (capacity.urgent_percent ?? 0) / PERCENT
}

function slotOf({ starts_at, factor: _factor, overdue: _overdue, ahead: _ahead, day: _day, ...row }: PlaceRow): Slot[] {
  return starts_at === null ? [] : [{ ...row, starts_at }]
}

function amountsOf([orders = 0, lines = 0, seconds = 0]: readonly number[]): Amounts {
  return { orders, lines, seconds }
}

function limitsIn([orders = null, lines = null, seconds = null]: readonly (number | null)[]): Limits {
  return { orders, lines, seconds }
}
