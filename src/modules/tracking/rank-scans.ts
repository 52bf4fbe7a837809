// What a set of scans says of a parcel: the same whatever their order and however often each came.

export const scanCodes = [
  'announced',
  'picked_up',
  'arrived',
  'departed',
  'in_transit',
  'customs',
  'delayed',
  'address_problem',
  'damaged',
  'failed_attempt',
  'refused',
  'out_for_delivery',
  'ready_for_pickup',
  'lost',
  'returned',
  'delivered',
] as const
export type ScanCode = (typeof scanCodes)[number]

export type TrackStatus = 'waiting' | 'in_transit' | 'out_for_delivery' | 'lost' | 'returned' | 'delivered'

const ranks: Readonly<Record<ScanCode, number>> = {
  announced: 0,
  picked_up: 10,
  arrived: 10,
  departed: 10,
  in_transit: 10,
  customs: 10,
  delayed: 10,
  address_problem: 10,
  damaged: 10,
  failed_attempt: 10,
  refused: 10,
  out_for_delivery: 20,
  ready_for_pickup: 20,
  lost: 70,
  returned: 80,
  delivered: 90,
}

const statuses: ReadonlyMap<number, TrackStatus> = new Map([
  [0, 'waiting'],
  [10, 'in_transit'],
  [20, 'out_for_delivery'],
  [70, 'lost'],
  [80, 'returned'],
  [90, 'delivered'],
])

const troubles: ReadonlySet<string> = new Set<ScanCode>([
  'delayed',
  'address_problem',
  'damaged',
  'failed_attempt',
  'refused',
])

export const RANK_TAKEN = 10
export const RANK_LOST = 70
export const RANK_DELIVERED = 90

/** Whether a scan tells of something that a person should look at. */
export function isTrouble(code: string): boolean {
  return troubles.has(code)
}

export interface Scan {
  readonly event_id: string
  readonly at: Date
  readonly code: string
  readonly place: string | null
}

export interface Track {
  readonly rank: number
  readonly status: TrackStatus
  /** When the parcel first had this rank. */
  readonly status_at: Date | null
  readonly last_at: Date | null
  readonly last_event_id: string | null
  readonly last_code: string | null
  readonly last_place: string | null
  /** When the carrier first had it in hand. */
  readonly taken_at: Date | null
}

/** Folds scans in any order: the highest rank wins, the last word is that of the latest time. */
export function trackOf(scans: readonly Scan[]): Track {
  const rank = Math.max(0, ...scans.map(rankOf))
  const taken = scans.filter((scan) => rankOf(scan) >= RANK_TAKEN)
  const last = scans.reduce<Scan | null>(
    (latest, scan) => (latest === null || isLater(scan, latest) ? scan : latest),
    null,
  )
  return {
    rank,
    status: statuses.get(rank) ?? 'waiting',
    status_at: rank === 0 ? null : earliest(scans.filter((scan) => rankOf(scan) === rank)),
    last_at: last?.at ?? null,
    last_event_id: last?.event_id ?? null,
    last_code: last?.code ?? null,
    last_place: last?.place ?? null,
    taken_at: earliest(taken),
  }
}

/** A code that a carrier has invented since counts as movement. */
function rankOf(scan: Scan): number {
  const code = scanCodes.find((known) => known === scan.code)
  return code === undefined ? RANK_TAKEN : ranks[code]
}

function isLater(scan: Scan, other: Scan): boolean {
  const difference = scan.at.getTime() - other.at.getTime()
  return difference === 0 ? scan.event_id > other.event_id : difference > 0
}

function earliest(scans: readonly Scan[]): Date | null {
  const [first] = scans.map((scan) => scan.at).sort((a, b) => a.getTime() - b.getTime())
  return first ?? null
}
