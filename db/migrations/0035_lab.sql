-- The policy lab: orders of the past decided again under two sets of rules, and experiments that give a share of new orders to a draft.

-- For the lab: orders by the time at which they were placed, and what was ordered.
create view orders.v_placed with (security_invoker = true) as
  select tenant_id, order_id, channel, commercial, placed_at from orders.order;
create view orders.v_ordered_line with (security_invoker = true) as
  select tenant_id, order_id, line_no, sku, ordered from orders.order_line;
-- For the lab: the kept reasons whole.
create view allocation.v_kept_decision with (security_invoker = true) as
  select tenant_id, decision_id, order_id, at, cause, outcome, currency, cost, detail from allocation.explanation;
-- When units of an allocation were given back; where that was in several turns, the last of them.
alter table inventory.allocation add column released_at timestamptz;
alter table inventory.allocation add constraint allocation_released_at check ((released > 0) = (released_at is not null));
create index allocation_released on inventory.allocation (tenant_id, released_at) where released_at is not null;

-- For the lab: what orders were given, what they gave back, and every other change of what a location can sell.
create view inventory.v_given with (security_invoker = true) as
  select a.tenant_id, a.allocation_id, r.demand_id, a.location_id, a.sku, a.quantity as units, a.created_at as at
    from inventory.allocation a
    join inventory.reservation r on r.tenant_id = a.tenant_id and r.reservation_id = a.reservation_id;
create view inventory.v_given_back with (security_invoker = true) as
  select a.tenant_id, r.demand_id, a.location_id, a.sku, a.released as units, a.released_at as at
    from inventory.allocation a
    join inventory.reservation r on r.tenant_id = a.tenant_id and r.reservation_id = a.reservation_id
   where a.released_at is not null;
create view inventory.v_change with (security_invoker = true) as
  select tenant_id, movement_id, from_place as location_id, sku, -quantity as units, at from inventory.movement
   where kind <> 'ship' and from_condition = 'sellable' and left(from_place, 1) <> '@'
  union all
  select tenant_id, movement_id, to_place, sku, quantity, at from inventory.movement
   where kind <> 'ship' and to_condition = 'sellable' and left(to_place, 1) <> '@';
-- For the lab: work that was booked, by the order it was for.
create view warehouse.v_fulfilment_order_of with (security_invoker = true) as
  select distinct tenant_id, fulfilment_id, order_id from warehouse.fulfilment_line;
create view capacity.v_booking with (security_invoker = true) as
  select tenant_id, fulfilment_id, location_id, starts_at, lines, seconds, booked_at from capacity.booking
   where ended_by is distinct from 'cancelled';
create view intake.v_imported with (security_invoker = true) as
  select tenant_id, run_id as import_id, order_id from intake.import_group where order_id is not null;
create view intake.v_import with (security_invoker = true) as
  select tenant_id, run_id as import_id, name, channel, accepted, started_at from intake.import_run;
grant select on orders.v_placed, orders.v_ordered_line, allocation.v_kept_decision, inventory.v_given, inventory.v_given_back, inventory.v_change, warehouse.v_fulfilment_order_of,
  capacity.v_booking, intake.v_imported, intake.v_import to ordo_app, ordo_maintenance;

create schema lab;
grant usage on schema lab to ordo_app, ordo_maintenance;

create table lab.comparison (
  tenant_id uuid not null,
  comparison_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  failure text,
  from_at timestamptz,
  to_at timestamptz,
  import_id uuid,
  channel text collate "C",
  -- {side, title, version_id, document}: the document is that of the rules as they were when it was asked for
  side_a jsonb not null,
  side_b jsonb not null,
  clock text collate "C" not null check (clock in ('decided', 'placed')),
  stock text collate "C" not null check (stock in ('of_that_time', 'unlimited')),
  facts text collate "C" not null check (facts in ('of_that_time', 'now')),
  currency text collate "C" not null check (length(currency) = 3),
  created_at timestamptz not null,
  created_by text not null,
  started_at timestamptz,
  ended_at timestamptz,
  orders integer not null default 0 check (orders >= 0),
  done integer not null default 0 check (done between 0 and orders),
  -- the first and the last instant of the replay
  opens_at timestamptz,
  closes_at timestamptz,
  -- figures of both sides so far, notes
  result jsonb not null,
  primary key (tenant_id, comparison_id),
  check (from_at < to_at),
  check ((state = 'failed') = (failure is not null)),
  check ((state in ('waiting', 'running')) = (ended_at is null))
) with (fillfactor = 50);
select platform.close_table('lab.comparison');

-- What a comparison has still to replay, in the order and the batches of deciding; gone when it is over.
create table lab.queue (
  tenant_id uuid not null,
  comparison_id uuid not null,
  rank integer not null,
  batch integer not null,
  order_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, comparison_id, rank)
);
select platform.close_table('lab.queue');

-- What each stretch of a replay has taken on both sides, so that it can be gone on with anywhere; gone when it is over.
create table lab.stretch (
  tenant_id uuid not null,
  comparison_id uuid not null,
  done integer not null,
  taken jsonb not null,
  primary key (tenant_id, comparison_id, done)
);
select platform.close_table('lab.stretch');

-- An order that the sides decide otherwise.
create table lab.changed (
  tenant_id uuid not null,
  comparison_id uuid not null,
  order_id uuid not null,
  at timestamptz not null,
  promised_at timestamptz,
  a jsonb not null,
  b jsonb not null,
  difference bigint,
  size bigint not null,
  what text[] not null,
  primary key (tenant_id, comparison_id, order_id)
);
create index changed_size on lab.changed (tenant_id, comparison_id, size desc, order_id);
select platform.close_table('lab.changed');

-- Orders and units that each side gives a location in an hour.
create table lab.load (
  tenant_id uuid not null,
  comparison_id uuid not null,
  location_id text collate "C" not null,
  at timestamptz not null,
  a_orders integer not null,
  a_units integer not null,
  b_orders integer not null,
  b_units integer not null,
  primary key (tenant_id, comparison_id, location_id, at)
);
select platform.close_table('lab.load');

-- A share of new orders is decided by a draft; while it runs, a fact of kind rules says so.
create table policies.experiment (
  tenant_id uuid not null,
  experiment_id uuid not null,
  kind text collate "C" not null,
  name text not null check (length(name) between 1 and 120),
  draft_id uuid not null,
  draft_name text not null,
  share_percent smallint not null check (share_percent between 1 and 50),
  orders_wanted integer not null check (orders_wanted > 0),
  reason text not null,
  started_at timestamptz not null,
  started_by text not null,
  stopped_at timestamptz,
  stopped_by text,
  stop_reason text,
  primary key (tenant_id, experiment_id),
  check ((stopped_at is null) = (stop_reason is null) and (stopped_at is null) = (stopped_by is null))
);
create unique index experiment_running on policies.experiment (tenant_id, kind) where stopped_at is null;
select platform.close_table('policies.experiment');

-- What was decided first for an order of an experiment. Rows are added, so that batches do not wait for each other.
create table policies.experiment_order (
  tenant_id uuid not null,
  experiment_id uuid not null,
  order_id uuid not null,
  arm text collate "C" not null check (arm in ('live', 'draft')),
  -- shipping and handling in minor units of the base currency; null where nothing left
  cost bigint,
  parts integer not null check (parts >= 0),
  units integer not null check (units >= 0),
  waiting integer not null check (waiting >= 0),
  -- whether it arrives in time, nine times of ten; null without a promise
  in_time boolean,
  primary key (tenant_id, experiment_id, order_id)
);
select platform.close_ledger('policies.experiment_order');
