-- What locations get ready in time: slots of work with their limits and what is booked in them. Opaque as stock is: a booking is of a fulfilment.
create schema capacity;
grant usage on schema capacity to ordo_app, ordo_maintenance;

-- One row for each slot of a location that has limits, made ahead from its hours. A limit is a condition of booking, never a CHECK:
-- limits may be lowered below what is booked. Absent limits are null. Work in seconds.
create table capacity.slot (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  max_orders integer check (max_orders >= 0),
  max_lines integer check (max_lines >= 0),
  max_seconds integer check (max_seconds >= 0),
  orders integer not null default 0 check (orders >= 0),
  lines integer not null default 0 check (lines >= 0),
  seconds integer not null default 0 check (seconds >= 0),
  -- of these, what is packed
  done_orders integer not null default 0,
  done_lines integer not null default 0,
  done_seconds integer not null default 0,
  primary key (tenant_id, location_id, starts_at),
  check (ends_at > starts_at),
  check (done_orders between 0 and orders and done_lines between 0 and lines and done_seconds between 0 and seconds)
) with (fillfactor = 50);
select platform.close_table('capacity.slot');

create table capacity.booking (
  tenant_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  starts_at timestamptz not null,
  lines integer not null check (lines > 0),
  seconds integer not null check (seconds >= 0),
  booked_at timestamptz not null,
  ended_at timestamptz,
  ended_by text collate "C" check (ended_by in ('packed', 'cancelled')),
  primary key (tenant_id, fulfilment_id),
  check ((ended_at is null) = (ended_by is null))
) with (fillfactor = 80);
create index booking_slot on capacity.booking (tenant_id, location_id, starts_at);
select platform.close_table('capacity.booking');

-- How fast a location works against the pace that its fact gives: 1 is as given, 2 takes twice as long. Measured from scans of the last hours.
create table capacity.pace (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  factor numeric(6, 3) not null check (factor > 0),
  scans integer not null,
  measured_at timestamptz not null,
  primary key (tenant_id, location_id)
);
select platform.close_table('capacity.pace');

-- For capacity: when units of lines were picked and by whom; the id of a scan tells its time.
create view warehouse.v_pick_scan with (security_invoker = true) as
  select s.tenant_id, s.scan_id, f.location_id, s.actor, s.at, s.subject_id as fulfilment_id, s.line_no, s.quantity
    from warehouse.scan s join warehouse.fulfilment_order f on f.tenant_id = s.tenant_id and f.fulfilment_id = s.subject_id
   where s.kind = 'pick';
create view warehouse.v_fulfilment_state with (security_invoker = true) as
  select tenant_id, fulfilment_id, state from warehouse.fulfilment_order;
grant select on warehouse.v_pick_scan, warehouse.v_fulfilment_state to ordo_app, ordo_maintenance;
