// What stands on the label of a parcel: from our records at the moment of printing, personal data nowhere else.
import type { Tx } from '../../platform/db.ts'
import { locations } from '../catalog/index.ts'
import { loadOrders, personsOf } from '../orders/index.ts'
import { carriers } from './carriers.ts'
import type { LabelContent } from './draw-label.ts'
import { type ParcelRow, parcelLines } from './store.ts'

export type Printable = Omit<LabelContent, 'tracking_number'>

export interface PrintableParcel {
  readonly parcel: ParcelRow
  readonly content: Printable
  readonly person_id: string | null
  readonly pattern: string | undefined
}

/** Gathers the labels of parcels; merged orders share their receiver, the first one's is printed. */
export async function gatherLabels(tx: Tx, parcels: readonly ParcelRow[]): Promise<PrintableParcel[]> {
  const lines = Map.groupBy(
    await parcelLines(
      tx,
      parcels.map((parcel) => parcel.parcel_id),
    ),
    (line) => line.parcel_id,
  )
  const order_ids = [...new Set([...lines.values()].flatMap((mine) => mine.map((line) => line.order_id)))]
  const orders = new Map((await loadOrders(tx, order_ids, { lock: false })).map((order) => [order.order_id, order]))
  const persons = await personsOf(tx, order_ids)
  const places = await locations(tx)
  const listed = await carriers(tx)
  return parcels.map((parcel) => {
    const inside = [...new Set((lines.get(parcel.parcel_id) ?? []).map((line) => line.order_id))].flatMap(
      (order_id) => orders.get(order_id) ?? [],
    )
    const [first] = inside
    const person = first === undefined ? undefined : persons.get(first.order_id)
    const from = places.get(parcel.location_id)
    return {
      parcel,
      person_id: person?.person_id ?? null,
      pattern: listed.get(parcel.carrier)?.tracking_pattern,
      content: {
        carrier: parcel.carrier,
        service: parcel.service,
        sscc: parcel.sscc,
        weight_grams: parcel.weight_grams,
        from: { name: from?.name_zh ?? from?.name ?? parcel.location_id, city: from?.city ?? null },
        to: {
          name: person?.name ?? null,
          phone: person?.phone ?? null,
          address_lines: person?.address_lines ?? [],
          district: person?.district ?? null,
          city: first?.ship_city ?? null,
          region: first?.ship_region ?? null,
          postcode: first?.ship_postcode ?? null,
          country: first?.ship_country ?? '',
        },
        orders: inside.map((order) => order.number),
      },
    }
  })
}
