// Flow over the last hour in buckets of five seconds, kept in memory: each look counts only what may still have changed.
import type { RatePoint } from '../../contracts/views-board.ts'
import type { EventCount } from '../../platform/outbox/index.ts'

export const BUCKET_SECONDS = 5
const HOUR_SECONDS = 3_600
/** Transactions that took their ids a moment ago may commit after a look: the newest buckets are counted again. */
const RECOUNT_SECONDS = 2 * BUCKET_SECONDS

export interface Rates {
  /** By bucket (seconds since the epoch), by type of event. */
  readonly buckets: Map<number, Map<string, number>>
  counted_to: number
}

export function emptyRates(): Rates {
  return { buckets: new Map(), counted_to: 0 }
}

function bucketOf(at_seconds: number): number {
  return Math.floor(at_seconds / BUCKET_SECONDS) * BUCKET_SECONDS
}

/** From when events must be counted at `now_seconds`: the whole hour at first, then the newest buckets. */
export function countFrom(rates: Rates, now_seconds: number): number {
  return bucketOf(Math.max(now_seconds - HOUR_SECONDS, rates.counted_to - RECOUNT_SECONDS))
}

/** Takes in what was counted from `from_seconds` on, and forgets what is older than an hour. */
export function takeIn(rates: Rates, counts: readonly EventCount[], from_seconds: number, now_seconds: number): void {
  for (const bucket of rates.buckets.keys())
    if (bucket >= from_seconds || bucket < now_seconds - HOUR_SECONDS) rates.buckets.delete(bucket)
  for (const { bucket, type, count } of counts) {
    const types = rates.buckets.get(bucket) ?? new Map<string, number>()
    types.set(type, (types.get(type) ?? 0) + count)
    rates.buckets.set(bucket, types)
  }
  rates.counted_to = now_seconds
}

/** Events of these types in the `seconds` before now. */
export function passed(rates: Rates, types: readonly string[], seconds: number, now_seconds: number): number {
  let sum = 0
  for (const [bucket, counts] of rates.buckets) {
    if (bucket + BUCKET_SECONDS > now_seconds - seconds) for (const type of types) sum += counts.get(type) ?? 0
  }
  return sum
}

/** Orders per second in the last ten seconds that are over, and the best five seconds of the hour. */
export function speedOf(rates: Rates, now_seconds: number): { now: number; peak: number } {
  const last = bucketOf(now_seconds)
  const placed = (bucket: number) => rates.buckets.get(bucket)?.get('order.placed') ?? 0
  let peak = 0
  for (const bucket of rates.buckets.keys()) peak = Math.max(peak, placed(bucket) / BUCKET_SECONDS)
  const now = (placed(last - BUCKET_SECONDS) + placed(last - 2 * BUCKET_SECONDS)) / (2 * BUCKET_SECONDS)
  return { now, peak }
}

/** The hour minute by minute, the running minute last. */
export function minutesOf(rates: Rates, now_seconds: number): RatePoint[] {
  const first = Math.floor(now_seconds / 60) * 60 - 59 * 60
  const points = Array.from({ length: 60 }, (_, index) => ({
    at: new Date((first + index * 60) * 1000).toISOString(),
    seconds: 60,
    placed: 0,
    released: 0,
    shipped: 0,
  }))
  for (const [bucket, counts] of rates.buckets) {
    const point = points[Math.floor((bucket - first) / 60)]
    if (point === undefined) continue
    point.placed += counts.get('order.placed') ?? 0
    point.released += counts.get('order.released') ?? 0
    point.shipped += counts.get('order.shipped') ?? 0
  }
  const last = points.at(-1)
  if (last !== undefined) last.seconds = Math.max(1, Math.round(now_seconds - (first + 59 * 60)))
  return points
}
