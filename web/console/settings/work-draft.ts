// Hours and capacity of a location while they are edited: from the location to fields, from fields back to what is sent, and what is still wrong; pure.
import type { Static } from 'typebox'
import type { LocationFact, LocationRead, LocationView } from '../../../src/contracts/catalog.ts'
import type { Key } from '../text.ts'

export type Location = Static<typeof LocationView>
/** As it was read to be edited. */
export type ReadLocation = Static<typeof LocationRead>

export interface WorkWindow {
  /** Names the row while it is edited. */
  readonly row: number
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
}

export interface WorkDraft {
  readonly is_always_open: boolean
  readonly windows: readonly WorkWindow[]
  readonly closed_on: readonly string[]
  readonly cut_off: string
  readonly is_limited: boolean
  readonly slot_minutes: number
  /** null: no limit of this kind. */
  readonly orders: number | null
  readonly lines: number | null
  readonly minutes: number | null
  readonly urgent_percent: number
  readonly minutes_per_order: number
  readonly minutes_per_line: number
}

export interface WorkFieldsProps {
  readonly draft: WorkDraft
  readonly set: (change: Partial<WorkDraft>) => void
}

export const SLOT_MINUTES = [15, 30, 60, 120, 240, 480, 1440] as const
const WORKDAYS = [1, 2, 3, 4, 5]
const USUAL = { slot_minutes: 60, urgent_percent: 0, minutes_per_order: 3, minutes_per_line: 1 } as const

export function newWindow(row: number): WorkWindow {
  return { row, days: WORKDAYS, from: '09:00', to: '18:00' }
}

export function draftOf({ hours, capacity, cut_off }: Location): WorkDraft {
  return {
    is_always_open: hours === undefined,
    windows: hours?.weekly.map((window, row) => ({ row, ...window })) ?? [newWindow(0)],
    closed_on: hours?.closed_on ?? [],
    cut_off,
    is_limited: capacity !== undefined,
    slot_minutes: capacity?.slot_minutes ?? USUAL.slot_minutes,
    orders: capacity?.orders ?? null,
    lines: capacity?.lines ?? null,
    minutes: capacity?.minutes ?? null,
    urgent_percent: capacity?.urgent_percent ?? USUAL.urgent_percent,
    minutes_per_order: capacity?.minutes_per_order ?? USUAL.minutes_per_order,
    minutes_per_line: capacity?.minutes_per_line ?? USUAL.minutes_per_line,
  }
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/** What keeps the draft from being saved, in words; null where nothing does. */
export function faultOf(draft: WorkDraft): Key | null {
  if (!CLOCK.test(draft.cut_off)) return 'work.fault.cut_off'
  if (!draft.is_always_open) {
    if (draft.windows.length === 0) return 'work.fault.no_window'
    if (draft.windows.some(({ days }) => days.length === 0)) return 'work.fault.no_day'
    if (draft.windows.some(({ from, to }) => !CLOCK.test(from) || !CLOCK.test(to))) return 'work.fault.time'
    if (draft.windows.some(({ from, to }) => from === to)) return 'work.fault.empty_window'
  }
  const has_limit = [draft.orders, draft.lines, draft.minutes].some((limit) => limit !== null)
  return draft.is_limited && !has_limit ? 'work.fault.no_limit' : null
}

/** The location with the hours and limits of the draft, as PUT /locations/:id takes it. */
export function factOf(location: ReadLocation, draft: WorkDraft): LocationFact {
  const { location_id: _id, network_id: _network, version_id: _version, valid_from: _from, ...read } = location
  const { revision: _revision, ...rest } = read
  const { name_zh, hours: _hours, capacity: _capacity, ...kept } = rest
  const { orders, lines, minutes, urgent_percent } = draft
  return {
    ...kept,
    ...(name_zh === null ? {} : { name_zh }),
    cut_off: draft.cut_off,
    ...(draft.is_always_open
      ? {}
      : {
          hours: {
            weekly: draft.windows.map(({ days, from, to }) => ({ days: [...days].sort((a, b) => a - b), from, to })),
            ...(draft.closed_on.length === 0 ? {} : { closed_on: [...draft.closed_on].sort() }),
          },
        }),
    ...(draft.is_limited
      ? {
          capacity: {
            slot_minutes: draft.slot_minutes,
            ...(orders === null ? {} : { orders }),
            ...(lines === null ? {} : { lines }),
            ...(minutes === null ? {} : { minutes }),
            ...(urgent_percent === 0 ? {} : { urgent_percent }),
            minutes_per_order: draft.minutes_per_order,
            minutes_per_line: draft.minutes_per_line,
          },
        }
      : {}),
  }
}

const PARTS: readonly { readonly name: Key; readonly fields: readonly (keyof WorkDraft)[] }[] = [
  { name: 'work.hours', fields: ['is_always_open', 'windows'] },
  { name: 'work.closed_on', fields: ['closed_on'] },
  { name: 'work.cut_off', fields: ['cut_off'] },
  {
    name: 'work.capacity',
    fields: [
      'is_limited',
      'slot_minutes',
      'orders',
      'lines',
      'minutes',
      'urgent_percent',
      'minutes_per_order',
      'minutes_per_line',
    ],
  },
]

/** What somebody else has changed between two readings of a location. */
export function changedBetween(before: Location, after: Location): readonly Key[] {
  const [was, is] = [draftOf(before), draftOf(after)]
  return PARTS.filter(({ fields }) =>
    fields.some((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field])),
  ).map(({ name }) => name)
}
