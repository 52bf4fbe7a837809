// The carriers of the demo: scans from the lorry to the door; some parcels come late, a few are in trouble, one is lost.
import { type CarrierScan, closeException, recordScans, type ScanCode } from '../../modules/tracking/index.ts'
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import { locations } from './merchant.ts'
import type { Stage } from './stage.ts'
import { type LabelledParcel, openExceptions } from './store-reading.ts'
import { chinaClock } from './tell-time.ts'

type Gone = LabelledParcel & { readonly at: Date }
type Fate = 'arrives' | 'second_try' | 'damaged' | 'address_problem' | 'lost' | 'silent'

export interface Road {
  /** Plans the way of parcels that left. */
  take(parcels: readonly Gone[]): void
  /** Tells all scans whose time has come. */
  tell(): Promise<void>
  /** The lead writes off what the carrier has lost. */
  writeOff(): Promise<void>
}

const SCANS_AT_ONCE = 400

/** Opens the road. Rare fates come by count, so that each is there. */
export function openRoad(stage: Stage): Road {
  let planned: CarrierScan[] = []
  let taken = 0
  return {
    take(parcels) {
      for (const parcel of parcels) planned.push(...scansOf(stage, parcel, fateOf(++taken)))
    },
    async tell() {
      const now = stage.clock.now()
      const due = planned.filter((scan) => scan.at <= now)
      planned = planned.filter((scan) => scan.at > now)
      for (let from = 0; from < due.length; from += SCANS_AT_ONCE) {
        const part = due.slice(from, from + SCANS_AT_ONCE)
        await stage.as('system', (tx) => recordScans(tx, part))
      }
    },
    async writeOff() {
      const lost = (await stage.as('lead', openExceptions)).filter((exception) => exception.kind === 'lost')
      for (const { exception_id } of lost)
        await stage.as('lead', (tx) => closeException(tx, exception_id, 'lost', '承运商确认丢件，已申请理赔'))
    },
  }
}

function fateOf(count: number): Fate {
  if (count % 150 === 40) return 'lost'
  if (count % 120 === 30) return 'silent'
  if (count % 110 === 50) return 'damaged'
  if (count % 100 === 20) return 'address_problem'
  return count % 23 === 11 ? 'second_try' : 'arrives'
}

function scansOf(stage: Stage, parcel: Gone, fate: Fate): CarrierScan[] {
  const { chance } = stage
  const from = cityOf(parcel.location_id)
  const minutes = (least: number, most: number) => (least + chance.below(most - least)) * MINUTE_MS
  const { midnight } = chinaClock(parcel.at)
  const door = later(midnight, daysOf(stage, parcel) * DAY_MS + 8 * HOUR_MS + minutes(20, 110))
  const steps: [Date, ScanCode, string][] = [
    [later(parcel.at, minutes(5, 40)), 'picked_up', from],
    [later(parcel.at, minutes(120, 260)), 'departed', from],
  ]
  if (parcel.service === 'world') steps.push(...overseas(parcel.at, door))
  if (fate !== 'silent') steps.push([later(door, -minutes(150, 420)), 'arrived', parcel.city])
  if (fate === 'lost') steps.push([later(door, 2 * DAY_MS), 'lost', parcel.city])
  if (fate === 'damaged' || fate === 'address_problem') steps.push([later(door, minutes(10, 90)), fate, parcel.city])
  if (fate === 'arrives' || fate === 'second_try') steps.push([door, 'out_for_delivery', parcel.city])
  if (fate === 'second_try') {
    steps.push([later(door, minutes(90, 400)), 'failed_attempt', parcel.city])
    steps.push([later(door, DAY_MS), 'out_for_delivery', parcel.city])
  }
  const arrival = later(door, minutes(60, 560) + (fate === 'second_try' ? DAY_MS : 0))
  if (fate === 'arrives' || fate === 'second_try') steps.push([arrival, 'delivered', parcel.city])
  return steps.map(([at, code, place], index) => ({
    carrier: parcel.carrier,
    event_id: `${parcel.tracking_number}-${index + 1}`,
    tracking_number: parcel.tracking_number,
    at,
    code,
    place: place === '' ? null : place,
  }))
}

// Parcels that cross an ocean are heard of every other day.
function overseas(from: Date, door: Date): [Date, ScanCode, string][] {
  const steps: [Date, ScanCode, string][] = []
  for (let at = later(from, 30 * HOUR_MS); at < later(door, -20 * HOUR_MS); at = later(at, 2 * DAY_MS))
    steps.push([at, steps.length === 1 ? 'customs' : 'in_transit', steps.length < 2 ? '上海国际枢纽' : 'Los Angeles'])
  return steps
}

function daysOf({ chance }: Stage, { service }: LabelledParcel): number {
  if (service === 'express') return 1
  if (service === 'world') return 7 + chance.below(4)
  return service === 'economy' ? 2 + chance.below(3) : 1 + chance.below(3)
}

function cityOf(location_id: string): string {
  return Object.entries(locations).find(([id]) => id === location_id)?.[1].city ?? ''
}
