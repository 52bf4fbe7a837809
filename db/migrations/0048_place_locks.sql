-- Who books at a location, or frees room there, locks one row of it first; large work is done in several slots; bookings shrink with their work.
-- capacity.pace has a row for each location with limits from now on; without scans (0) the location works as given.
insert into capacity.pace (tenant_id, location_id, factor, scans, measured_at)
select distinct tenant_id, location_id, 1, 0, now() from capacity.slot
on conflict do nothing;

alter table capacity.booking
  drop constraint booking_pkey,
  add primary key (tenant_id, fulfilment_id, starts_at),
  drop constraint booking_lines_check,
  add constraint booking_some_work check (lines >= 0 and lines + seconds > 0);

-- Who packed: its time between two parcels is measured as that between two picks is.
alter table shipping.parcel add column packed_by text collate "C";
create view shipping.v_packing with (security_invoker = true) as
  select p.tenant_id, p.parcel_id, p.fulfilment_id, p.location_id, p.packed_by, p.packed_at, l.order_id, l.line_no
    from shipping.parcel p join shipping.parcel_line l on l.tenant_id = p.tenant_id and l.parcel_id = p.parcel_id
   where p.packed_by <> 'system';
grant select on shipping.v_packing to ordo_app, ordo_maintenance;

-- For capacity: what of a fulfilment is still work, or was: lines of which something is there.
create or replace view warehouse.v_fulfilment_state with (security_invoker = true) as
  select f.tenant_id, f.fulfilment_id, f.state,
         (select count(*) from warehouse.fulfilment_line l
           where l.tenant_id = f.tenant_id and l.fulfilment_id = f.fulfilment_id and l.to_pick + l.picked + l.packed + l.shipped > 0)::integer as lines
    from warehouse.fulfilment_order f;
