// The SQL of paces: what scans and packing of the last hours show, and how it is kept.
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'

export interface Measured {
  readonly location_id: string
  readonly scans: number
  readonly lines: number
  readonly fulfilments: number
  readonly seconds: number
}

/** Work since then by location: the time from one pick or parcel of a person to the next, where it is no break. What no person did tells nothing. */
export async function measureWork(tx: Tx, since: Date, break_seconds: number): Promise<Measured[]> {
  return tx.sql<Measured[]>`
    with acts as (
      select location_id, fulfilment_id, line_no, actor, at, scan_id as act_id from warehouse.v_pick_scan
       where tenant_id = ${tx.tenant} and scan_id >= ${uuidFloor(since)}::uuid and at > ${since} and actor <> 'system'
      union all
      select location_id, fulfilment_id, line_no, packed_by, packed_at, parcel_id from shipping.v_packing
       where tenant_id = ${tx.tenant} and parcel_id >= ${uuidFloor(since)}::uuid and packed_at > ${since}),
    gaps as (
      select location_id, fulfilment_id, line_no, extract(epoch from at - lag(at) over (partition by location_id, actor order by at, act_id))::float8 as gap from acts)
    select location_id, count(*)::int as scans, count(distinct (fulfilment_id, line_no))::int as lines, count(distinct fulfilment_id)::int as fulfilments, sum(gap)::float8 as seconds
      from gaps where gap between 0 and ${break_seconds}::float8 group by location_id order by location_id limit 10000`
}

export interface NewPace {
  readonly location_id: string
  readonly factor: number
  readonly scans: number
}

/** Keeps what was measured now; a location of which nothing is measured any more works as given. */
export async function putPaces(tx: Tx, rows: readonly NewPace[]): Promise<void> {
  await tx.sql`
    update capacity.pace p set factor = w.factor, scans = w.scans, measured_at = ${tx.now}
      from (
        select k.location_id, coalesce(new.factor, 1) as factor, coalesce(new.scans, 0) as scans
          from capacity.pace k
          left join unnest(${rows.map((row) => row.location_id)}::text[], ${rows.map((row) => row.factor)}::numeric[], ${rows.map((row) => row.scans)}::int[])
                    as new (location_id, factor, scans) on new.location_id = k.location_id
         where k.tenant_id = ${tx.tenant} and (k.factor, k.scans) is distinct from (round(coalesce(new.factor, 1), 3), coalesce(new.scans, 0))
         order by k.location_id for update of k) w
     where p.tenant_id = ${tx.tenant} and p.location_id = w.location_id`
}
