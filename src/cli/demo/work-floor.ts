// The warehouses of the demo: people pick, pack and hand over to the carriers' lorries, now and then something is not where it should be.
import * as shipping from '../../modules/shipping/index.ts'
import * as warehouse from '../../modules/warehouse/index.ts'
import { HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { Stage } from './stage.ts'
import { type LabelledParcel, labelledParcels, openFulfilments, openPutBacks } from './store-reading.ts'
import { chinaClock } from './tell-time.ts'

/** When lorries come, in minutes of the local day. */
const lorries: Readonly<Record<string, readonly number[]>> = {
  HZ1: [11 * 60 + 30, 17 * 60 + 30],
  GZ1: [12 * 60 + 30, 18 * 60],
  BJ1: [10 * 60, 16 * 60 + 30],
  CD1: [14 * 60, 20 * 60],
}
const PUT_BACKS_LEFT_HOURS = 6

export interface Floor {
  /** Does what is due; answers the parcels that left. */
  work(): Promise<readonly (LabelledParcel & { readonly at: Date })[]>
  /** Somebody is in the middle of picking and a packed parcel waits for its lorry, whatever the time of day. */
  leaveInHand(): Promise<void>
}

interface Pace {
  readonly pick_at: Date
  readonly pack_at: Date
}

/** Opens the floor; labels of the last hours are drawn, earlier ones when somebody prints them. */
export function openFloor(stage: Stage, ends: Date): Floor {
  const paces = new Map<string, Pace>()
  const paceOf = (fulfilment_id: string): Pace => {
    const known = paces.get(fulfilment_id)
    if (known !== undefined) return known
    const pick_at = later(stage.clock.now(), (25 + stage.chance.below(170)) * MINUTE_MS)
    const pace = { pick_at, pack_at: later(pick_at, (15 + stage.chance.below(70)) * MINUTE_MS) }
    paces.set(fulfilment_id, pace)
    return pace
  }
  return {
    async work() {
      const now = stage.clock.now()
      const open = await stage.as('picker', openFulfilments)
      const ready = open.map((one) => ({ ...one, pace: paceOf(one.fulfilment_id) }))
      const toPick = ready.filter((one) => one.state === 'released' && one.pace.pick_at <= now)
      const toPack = ready.filter((one) => one.state === 'picking' && one.pace.pack_at <= now)
      const drawn = now > later(ends, -4 * HOUR_MS)
      if (toPick.length > 0)
        await stage.as('picker', (tx) =>
          pickAll(
            tx,
            stage,
            toPick.map((one) => one.fulfilment_id),
          ),
        )
      if (toPack.length > 0)
        await stage.as('picker', (tx) =>
          packAll(
            tx,
            toPack.map((one) => one.fulfilment_id),
            drawn,
          ),
        )
      if (now < later(ends, -PUT_BACKS_LEFT_HOURS * HOUR_MS)) await stage.as('picker', putAllBack)
      return loadLorries(stage)
    },
    leaveInHand: () => leaveInHand(stage),
  }
}

async function leaveInHand(stage: Stage): Promise<void> {
  const open = await stage.as('picker', openFulfilments)
  const released = open.filter((one) => one.state === 'released').map((one) => one.fulfilment_id)
  if (!open.some((one) => one.state === 'picking'))
    await stage.as('picker', (tx) => pickAll(tx, stage, released.splice(0, 1)))
  if ((await stage.as('lead', labelledParcels)).length > 0) return
  const packed = released.splice(0, 1)
  await stage.as('picker', async (tx) => {
    await pickAll(tx, stage, packed)
    await packAll(tx, packed, true)
  })
}

async function pickAll(tx: Tx, { chance }: Stage, fulfilment_ids: readonly string[]): Promise<void> {
  for (const fulfilment_id of fulfilment_ids) {
    if (chance.below(80) === 0) {
      const line = [{ fulfilment_line_no: 1, quantity: 1 }]
      await warehouse.reportShort(tx, fulfilment_id, line, chance.pick(['missing', 'damaged']))
    }
    await warehouse.pickLines(tx, fulfilment_id, null)
  }
}

async function packAll(tx: Tx, fulfilment_ids: readonly string[], drawn: boolean): Promise<void> {
  for (const fulfilment_id of fulfilment_ids) await warehouse.packParcels(tx, fulfilment_id, null)
  if (!drawn) await shipping.labelDirectly(tx, await shipping.parcelsOfFulfilments(tx, fulfilment_ids))
}

async function putAllBack(tx: Tx): Promise<void> {
  for (const { put_back_id } of await openPutBacks(tx)) await warehouse.putBack(tx, put_back_id, tx.newId(), 'sellable')
}

async function loadLorries(stage: Stage): Promise<readonly (LabelledParcel & { readonly at: Date })[]> {
  const now = stage.clock.now()
  const parcels = await stage.as('lead', labelledParcels)
  const waiting = parcels.flatMap((parcel) => {
    const at = lastLorry(parcel.location_id, now)
    return at > parcel.packed_at ? [{ ...parcel, at }] : []
  })
  if (waiting.length === 0) return []
  const left = new Set(await stage.as('lead', (tx) => warehouse.handOver(tx, waiting, 'leave')))
  return waiting.filter((parcel) => left.has(parcel.parcel_id))
}

function lastLorry(location_id: string, now: Date): Date {
  const { midnight, minutes } = chinaClock(now)
  const today = (lorries[location_id] ?? []).filter((minute) => minute <= minutes)
  const last = today.at(-1) ?? (lorries[location_id]?.at(-1) ?? 0) - 24 * 60
  return later(midnight, last * MINUTE_MS)
}
