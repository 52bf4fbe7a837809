-- What carriers tell of parcels, in any order and more than once; what follows from it; what a person must look at.
create schema tracking;
grant usage on schema tracking to ordo_app, ordo_maintenance;

-- One row per event of a carrier, for ever as it came; those of a number that no parcel has yet are kept too.
create table tracking.scan (
  tenant_id uuid not null,
  carrier text collate "C" not null,
  event_id text collate "C" not null,
  at timestamptz not null,
  tracking_number text collate "C" not null,
  code text collate "C" not null,
  place text,
  received_at timestamptz not null,
  -- some carriers number events per parcel only
  primary key (tenant_id, tracking_number, carrier, event_id, at)
);
select platform.close_ledger('tracking.scan');

-- Where a parcel is: a function of the set of its scans, whatever their order. rank only rises.
create table tracking.parcel (
  tenant_id uuid not null,
  parcel_id uuid not null,
  carrier text collate "C" not null,
  tracking_number text collate "C" not null,
  rank smallint not null default 0,
  status text collate "C" not null default 'waiting',
  -- when the parcel first had this rank
  status_at timestamptz,
  last_at timestamptz,
  last_event_id text collate "C",
  last_code text collate "C",
  last_place text,
  -- when the carrier first had it in hand
  taken_at timestamptz,
  watched_since timestamptz not null,
  primary key (tenant_id, parcel_id),
  constraint tracking_status check (status in ('waiting', 'in_transit', 'out_for_delivery', 'lost', 'returned', 'delivered')),
  check ((rank = 0) = (status = 'waiting')),
  check ((last_at is null) = (last_code is null))
) with (fillfactor = 80);
select platform.close_table('tracking.parcel');

-- For people: parcels that are stuck, in trouble, lost or sent back.
create table tracking.exception (
  tenant_id uuid not null,
  exception_id uuid not null,
  parcel_id uuid not null,
  kind text collate "C" not null check (kind in ('stuck', 'trouble', 'lost', 'returned')),
  code text collate "C",
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  outcome text collate "C" check (outcome in ('solved', 'lost', 'delivered')),
  note text,
  primary key (tenant_id, exception_id),
  check ((closed_at is null) = (outcome is null))
);
create unique index exception_open on tracking.exception (tenant_id, parcel_id, kind) where closed_at is null;
create index exception_queue on tracking.exception (tenant_id, exception_id) where closed_at is null;
select platform.close_table('tracking.exception');

-- Tries of the public page: an order number is not a secret, so a wrong phone tail is counted.
create table tracking.attempt (
  tenant_id uuid not null,
  key text collate "C" not null,
  window_start timestamptz not null,
  tries integer not null,
  primary key (tenant_id, key)
);
create index attempt_age on tracking.attempt (tenant_id, window_start);
select platform.close_table('tracking.attempt');

create view tracking.v_scan with (security_invoker = true) as
  select p.tenant_id, p.parcel_id, s.code, s.at, s.place
    from tracking.parcel p join tracking.scan s on s.tenant_id = p.tenant_id and s.tracking_number = p.tracking_number and s.carrier = p.carrier;
create view tracking.v_parcel_status with (security_invoker = true) as
  select tenant_id, parcel_id, case when last_code in ('failed_attempt', 'address_problem', 'damaged', 'delayed', 'refused') and rank < 70 then 'exception' else status end as status,
         rank, status_at, last_at, last_code, last_place
    from tracking.parcel;
create view tracking.v_open_exception with (security_invoker = true) as
  select tenant_id, exception_id, parcel_id, kind, opened_at from tracking.exception where closed_at is null;
grant select on tracking.v_scan, tracking.v_parcel_status, tracking.v_open_exception to ordo_app, ordo_maintenance;
