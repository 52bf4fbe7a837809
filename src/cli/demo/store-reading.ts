// What the people of the demo see before they act: open work, labelled parcels, holds, exceptions, what was delivered.
import type { Tx } from '../../platform/db.ts'

export interface OpenFulfilment {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly state: string
}

export async function openFulfilments(tx: Tx): Promise<OpenFulfilment[]> {
  return tx.sql<OpenFulfilment[]>`
    select distinct fulfilment_id, location_id, state from warehouse.v_open_fulfilment
     where tenant_id = ${tx.tenant} and state in ('released', 'picking') order by fulfilment_id limit 1000`
}

export interface LabelledParcel {
  readonly parcel_id: string
  readonly location_id: string
  readonly carrier: string
  readonly service: string
  readonly tracking_number: string
  readonly packed_at: Date
  readonly city: string
}

export async function labelledParcels(tx: Tx): Promise<LabelledParcel[]> {
  return tx.sql<LabelledParcel[]>`
    select distinct p.parcel_id, p.location_id, p.carrier, p.service, p.tracking_number, p.packed_at, coalesce(o.ship_city, '') as city
      from shipping.v_order_parcel p join orders.order o on o.tenant_id = p.tenant_id and o.order_id = p.order_id
     where p.tenant_id = ${tx.tenant} and p.state = 'labelled' order by p.parcel_id limit 1000`
}

export interface OpenHold {
  readonly hold_id: string
  readonly placed_at: Date
  readonly total: bigint
}

export async function openReviews(tx: Tx): Promise<OpenHold[]> {
  return tx.sql<OpenHold[]>`
    select hold_id, placed_at, total from orders.v_open_hold
     where tenant_id = ${tx.tenant} and kind = 'review' order by hold_id limit 1000`
}

export interface ParcelException {
  readonly exception_id: string
  readonly kind: string
}

export async function openExceptions(tx: Tx): Promise<ParcelException[]> {
  return tx.sql<ParcelException[]>`
    select exception_id, kind from tracking.v_open_exception where tenant_id = ${tx.tenant} order by exception_id limit 1000`
}

export interface DeliveredLine {
  readonly order_id: string
  readonly line_no: number
  readonly quantity: number
  readonly delivered_at: Date
}

/** Lines of parcels that arrived after `since`, in the order of their arrival. */
export async function deliveredSince(tx: Tx, since: Date): Promise<DeliveredLine[]> {
  return tx.sql<DeliveredLine[]>`
    select order_id, line_no, quantity, delivered_at from shipping.v_order_parcel
     where tenant_id = ${tx.tenant} and delivered_at > ${since} order by delivered_at, order_id, line_no limit 5000`
}

export interface OpenPutBack {
  readonly put_back_id: string
}

export async function openPutBacks(tx: Tx): Promise<OpenPutBack[]> {
  return tx.sql<OpenPutBack[]>`
    select put_back_id from warehouse.put_back where tenant_id = ${tx.tenant} and done_at is null order by put_back_id limit 1000`
}
