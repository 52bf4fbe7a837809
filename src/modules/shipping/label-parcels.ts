// Labels: bought from the carrier under the parcel's own key, so that a crash between the call and the record never buys a second one.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { outside, schedule, unschedule } from '../../platform/engine/index.ts'
import { putFiles } from '../../platform/files.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { addSearchKeys } from '../orders/index.ts'
import { carrierOf } from './connect-carrier.ts'
import { drawLabel } from './draw-label.ts'
import { gatherLabels } from './label-content.ts'
import { parcelLines, parcelsById, parcelsOfFulfilments } from './store.ts'
import { endLabels, insertLabels, labelsToVoid, putLabels } from './store-labels.ts'

const LABEL_KEPT_DAYS = 180

interface Bought {
  readonly parcel_id: string
  readonly carrier: string
  readonly tracking_number: string
  readonly pdf: Uint8Array | null
  readonly person_id: string | null
}

/** On fulfilment.packed: a label for each parcel that has none. */
export const labelParcels = outside('shipping.label', { batch: 8 }, async (call, job) => {
  const waiting = await call.transaction(async (tx) =>
    gatherLabels(
      tx,
      (await parcelsOfFulfilments(tx, [job.subject])).filter((parcel) => parcel.state === 'packed'),
    ),
  )
  const bought: Bought[] = []
  for (const { parcel, content, person_id, pattern } of waiting) {
    const { tracking_number } = await carrierOf(parcel.carrier).createLabel(
      { ...content, pattern },
      { key: parcel.parcel_id, signal: call.signal },
    )
    bought.push({
      parcel_id: parcel.parcel_id,
      carrier: parcel.carrier,
      tracking_number,
      person_id,
      pdf: await drawLabel({ ...content, tracking_number }),
    })
  }
  return (tx) => recordLabels(tx, bought)
})

/** Records bought labels. A parcel that was opened in the meantime does not take its label: it is given back. */
export async function recordLabels(tx: Tx, bought: readonly Bought[]): Promise<void> {
  if (bought.length === 0) return
  await insertLabels(
    tx,
    bought.map((label) => ({ ...label, label_id: tx.newId(), key: label.parcel_id })),
  )
  const printed = bought.flatMap(({ parcel_id, pdf, person_id }) =>
    pdf === null ? [] : [{ parcel_id, pdf, person_id }],
  )
  const keep_until = later(tx.now, LABEL_KEPT_DAYS * DAY_MS)
  const file_ids = await putFiles(
    tx,
    printed.map(({ pdf, person_id }) => ({
      media_type: 'application/pdf',
      bytes: pdf,
      keep_until,
      ...(person_id === null ? {} : { person_id }),
    })),
  )
  const files = new Map(printed.map(({ parcel_id }, index) => [parcel_id, file_ids[index] ?? null]))
  const labelled = await putLabels(
    tx,
    bought.map((label) => ({ ...label, label_file_id: files.get(label.parcel_id) ?? null })),
  )
  const byId = new Map(bought.map((label) => [label.parcel_id, label]))
  const lines = await parcelLines(
    tx,
    labelled.map((row) => row.parcel_id),
  )
  const orders = new Map(lines.map((line) => [`${line.parcel_id} ${line.order_id}`, line]))
  await addSearchKeys(
    tx,
    [...orders.values()].map((line) => ({
      kind: 'tracking',
      key: byId.get(line.parcel_id)?.tracking_number ?? '',
      order_id: line.order_id,
    })),
  )
  await publish(
    tx,
    labelled.map(({ parcel_id, version }) => ({
      type: 'parcel.labelled',
      subject: parcel_id,
      version,
      data: { carrier: byId.get(parcel_id)?.carrier, tracking_number: byId.get(parcel_id)?.tracking_number },
    })),
  )
  const taken = new Set(labelled.map((row) => row.parcel_id))
  const refused = bought.filter((label) => !taken.has(label.parcel_id)).map((label) => label.parcel_id)
  const voided =
    refused.length === 0 ? [] : (await parcelsById(tx, refused)).filter((parcel) => parcel.state === 'voided')
  const subjects = voided.map(({ parcel_id }) => parcel_id)
  // The job of the opening knows nothing of this label yet: one job gives it back, not two at once.
  if (subjects.length > 0) await unschedule(tx, VOID_STEP, subjects)
  await schedule(
    tx,
    subjects.map((subject) => ({ step: VOID_STEP, subject })),
  )
}

const VOID_STEP = 'shipping.void'

/** After a parcel was voided: its label is given back to the carrier, once. */
export const voidLabels = outside(VOID_STEP, { batch: 8 }, async (call, job) => {
  const labels = await call.transaction((tx) => labelsToVoid(tx, job.subject))
  for (const label of labels)
    await carrierOf(label.carrier).voidLabel(label.tracking_number, { key: label.label_id, signal: call.signal })
  return (tx) =>
    endLabels(
      tx,
      labels.map((label) => label.label_id),
    )
})
