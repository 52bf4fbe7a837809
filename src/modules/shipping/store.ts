// The SQL of parcels and labels.
import type { Tx } from '../../platform/db.ts'
import type { ParcelState } from './machine.ts'

export interface NewParcel {
  readonly parcel_id: string
  readonly fulfilment_id: string
  readonly location_id: string
  readonly carrier: string
  readonly service: string
  readonly sscc: string
  readonly weight_grams: number
  readonly length_mm: number | null
  readonly width_mm: number | null
  readonly height_mm: number | null
  readonly promised_at: Date | null
}

export interface ParcelLine {
  readonly parcel_id: string
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
}

/** Takes `count` serials; answers the first. */
export async function takeNumbers(tx: Tx, kind: string, count: number): Promise<bigint> {
  const [row] = await tx.sql<{ first: bigint }[]>`
    insert into shipping.number_range as r (tenant_id, kind, next) values (${tx.tenant}, ${kind}, ${count}::bigint)
    on conflict (tenant_id, kind) do update set next = r.next + ${count}::bigint
    returning next - ${count}::bigint as first`
  return row?.first ?? 0n
}

/** Inserts parcels with their lines in one statement; a parcel id that exists is left alone. Answers the ids that are new. */
export async function insertParcels(
  tx: Tx,
  parcels: readonly NewParcel[],
  lines: readonly ParcelLine[],
): Promise<string[]> {
  const rows = await tx.sql<{ parcel_id: string }[]>`
    with made as (
      insert into shipping.parcel (tenant_id, parcel_id, fulfilment_id, location_id, carrier, service, sscc, weight_grams, length_mm, width_mm, height_mm, promised_at, packed_at, packed_by)
      select ${tx.tenant}::uuid, parcel_id, fulfilment_id, location_id, carrier, service, sscc, weight_grams, length_mm, width_mm, height_mm, promised_at, ${tx.now}, ${tx.actor}
        from unnest(${parcels.map((parcel) => parcel.parcel_id)}::uuid[], ${parcels.map((parcel) => parcel.fulfilment_id)}::uuid[], ${parcels.map((parcel) => parcel.location_id)}::text[],
                    ${parcels.map((parcel) => parcel.carrier)}::text[], ${parcels.map((parcel) => parcel.service)}::text[], ${parcels.map((parcel) => parcel.sscc)}::text[],
                    ${parcels.map((parcel) => parcel.weight_grams)}::int[], ${parcels.map((parcel) => parcel.length_mm)}::int[], ${parcels.map((parcel) => parcel.width_mm)}::int[],
                    ${parcels.map((parcel) => parcel.height_mm)}::int[], ${parcels.map((parcel) => parcel.promised_at)}::timestamptz[])
          as new (parcel_id, fulfilment_id, location_id, carrier, service, sscc, weight_grams, length_mm, width_mm, height_mm, promised_at)
      on conflict (tenant_id, parcel_id) do nothing returning parcel_id),
    filled as (
      insert into shipping.parcel_line (tenant_id, parcel_id, order_id, line_no, sku, quantity)
      select ${tx.tenant}::uuid, parcel_id, order_id, line_no, sku, quantity
        from unnest(${lines.map((line) => line.parcel_id)}::uuid[], ${lines.map((line) => line.order_id)}::uuid[], ${lines.map((line) => line.line_no)}::int[],
                    ${lines.map((line) => line.sku)}::text[], ${lines.map((line) => line.quantity)}::int[]) as new (parcel_id, order_id, line_no, sku, quantity)
        join made using (parcel_id))
    select parcel_id from made order by parcel_id`
  return rows.map((row) => row.parcel_id)
}

export interface ParcelRow {
  readonly parcel_id: string
  readonly fulfilment_id: string
  readonly location_id: string
  readonly carrier: string
  readonly service: string
  readonly state: ParcelState
  readonly version: number
  readonly sscc: string
  readonly tracking_number: string | null
  readonly weight_grams: number
  readonly length_mm: number | null
  readonly width_mm: number | null
  readonly height_mm: number | null
  readonly label_file_id: string | null
  readonly promised_at: Date | null
  readonly packed_at: Date
  readonly labelled_at: Date | null
  readonly handed_over_at: Date | null
  readonly delivered_at: Date | null
}

export async function parcelsById(tx: Tx, parcel_ids: readonly string[]): Promise<ParcelRow[]> {
  return tx.sql<ParcelRow[]>`
    select parcel_id, fulfilment_id, location_id, carrier, service, state, version, sscc, tracking_number, weight_grams, length_mm, width_mm, height_mm,
           label_file_id, promised_at, packed_at, labelled_at, handed_over_at, delivered_at
      from shipping.parcel where tenant_id = ${tx.tenant} and parcel_id = any (${parcel_ids}::uuid[]) order by parcel_id`
}

/** The parcels of fulfilments, void ones too. */
export async function parcelsOfFulfilments(tx: Tx, fulfilment_ids: readonly string[]): Promise<ParcelRow[]> {
  return tx.sql<ParcelRow[]>`
    select parcel_id, fulfilment_id, location_id, carrier, service, state, version, sscc, tracking_number, weight_grams, length_mm, width_mm, height_mm,
           label_file_id, promised_at, packed_at, labelled_at, handed_over_at, delivered_at
      from shipping.parcel where tenant_id = ${tx.tenant} and fulfilment_id = any (${fulfilment_ids}::uuid[]) order by parcel_id`
}

/** The parcels that hold units of these orders, void ones too. */
export async function parcelsOfOrders(tx: Tx, order_ids: readonly string[]): Promise<ParcelRow[]> {
  return tx.sql<ParcelRow[]>`
    select p.parcel_id, p.fulfilment_id, p.location_id, p.carrier, p.service, p.state, p.version, p.sscc, p.tracking_number, p.weight_grams, p.length_mm, p.width_mm, p.height_mm,
           p.label_file_id, p.promised_at, p.packed_at, p.labelled_at, p.handed_over_at, p.delivered_at
      from shipping.parcel p
     where p.tenant_id = ${tx.tenant} and p.parcel_id in (select parcel_id from shipping.parcel_line where tenant_id = ${tx.tenant} and order_id = any (${order_ids}::uuid[]))
     order by p.parcel_id`
}

/** Parcels by the numbers that carriers know them under. */
export async function parcelsByTracking(
  tx: Tx,
  numbers: readonly { carrier: string; tracking_number: string }[],
): Promise<ParcelRow[]> {
  return tx.sql<ParcelRow[]>`
    select p.parcel_id, p.fulfilment_id, p.location_id, p.carrier, p.service, p.state, p.version, p.sscc, p.tracking_number, p.weight_grams, p.length_mm, p.width_mm, p.height_mm,
           p.label_file_id, p.promised_at, p.packed_at, p.labelled_at, p.handed_over_at, p.delivered_at
      from unnest(${numbers.map((number) => number.carrier)}::text[], ${numbers.map((number) => number.tracking_number)}::text[]) as w (carrier, tracking_number)
      join shipping.parcel p on p.tenant_id = ${tx.tenant} and p.tracking_number = w.tracking_number and p.carrier = w.carrier
     order by p.parcel_id`
}

export async function parcelLines(tx: Tx, parcel_ids: readonly string[]): Promise<ParcelLine[]> {
  return tx.sql<ParcelLine[]>`
    select parcel_id, order_id, line_no, sku, quantity from shipping.parcel_line
     where tenant_id = ${tx.tenant} and parcel_id = any (${parcel_ids}::uuid[]) order by parcel_id, order_id, line_no`
}

export interface ParcelMove {
  readonly parcel_id: string
  readonly from: ParcelState
  readonly to: ParcelState
  readonly at: Date
}

/** Compare-and-set of parcel states, in key order; answers those that moved. */
export async function moveParcels(
  tx: Tx,
  moves: readonly ParcelMove[],
): Promise<{ parcel_id: string; version: number }[]> {
  if (moves.length === 0) return []
  const sorted = moves.toSorted((a, b) => (a.parcel_id < b.parcel_id ? -1 : 1))
  return tx.sql<{ parcel_id: string; version: number }[]>`
    with wanted as materialized (
      select p.parcel_id, w.from_state, w.to_state, w.at
        from unnest(${sorted.map((move) => move.parcel_id)}::uuid[], ${sorted.map((move) => move.from)}::text[], ${sorted.map((move) => move.to)}::text[], ${sorted.map((move) => move.at)}::timestamptz[])
          as w (parcel_id, from_state, to_state, at)
        join shipping.parcel p on p.tenant_id = ${tx.tenant} and p.parcel_id = w.parcel_id
       order by p.parcel_id for update of p)
    update shipping.parcel p
       set state = w.to_state, version = p.version + 1,
           handed_over_at = case when w.to_state = 'handed_over' then w.at else p.handed_over_at end,
           delivered_at = case when w.to_state = 'delivered' then w.at else p.delivered_at end,
           voided_at = case when w.to_state = 'voided' then w.at else p.voided_at end
      from wanted w
     where p.tenant_id = ${tx.tenant} and p.parcel_id = w.parcel_id and p.state = w.from_state
    returning p.parcel_id, p.version`
}
