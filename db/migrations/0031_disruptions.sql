-- Disruptions: locations that send nothing for a while, what was open there, where it was to go and where it went, and the way back.

-- For disruptions: what lies open at a location.
create view warehouse.v_open_place with (security_invoker = true) as
  select f.tenant_id, f.location_id, f.fulfilment_id, f.state, f.ship_by, f.planned_at, l.order_id, l.line_no, l.sku, l.to_pick, l.picked, l.packed
    from warehouse.fulfilment_order f
    join warehouse.fulfilment_line l on l.tenant_id = f.tenant_id and l.fulfilment_id = f.fulfilment_id
   where f.state in ('planned', 'released', 'picking', 'packed') and l.to_pick + l.picked + l.packed > 0;
-- For disruptions: what was decided and whether a person looks for a place.
create view allocation.v_decision with (security_invoker = true) as
  select tenant_id, decision_id, order_id, at, cause, outcome, cost from allocation.explanation;
create view allocation.v_waiting with (security_invoker = true) as
  select tenant_id, order_id, exception_id, reason, units from allocation.exception where resolved_at is null;
create view inventory.v_free with (security_invoker = true) as
  select tenant_id, location_id, sku, sum(on_hand - unsellable - allocated)::int as free from inventory.stock group by tenant_id, location_id, sku;
grant select on inventory.v_free, warehouse.v_open_place, allocation.v_decision, allocation.v_waiting to ordo_app, ordo_maintenance;

alter table allocation.exception drop constraint exception_reason_check;
alter table allocation.exception add constraint exception_reason_check check (reason in
  ('no_stock', 'no_location', 'no_carrier', 'no_currency_rate', 'too_many_attempts', 'no_rule', 'rules', 'parked', 'waiting', 'backorder', 'disrupted'));

create schema disruptions;
grant usage on schema disruptions to ordo_app, ordo_maintenance;

create table disruptions.disruption (
  tenant_id uuid not null,
  disruption_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  reason text collate "C" not null check (reason in ('disaster', 'flood', 'fire', 'power', 'strike', 'stocktake', 'move', 'systems', 'other')),
  note text,
  scope jsonb not null,
  -- what the scope meant when it was drafted
  location_ids text[] not null check (cardinality(location_ids) between 1 and 1000),
  from_at timestamptz not null,
  until_at timestamptz,
  state text collate "C" not null check (state in ('draft', 'planned', 'applying', 'active', 'undoing', 'undone', 'ended', 'discarded')),
  version integer not null default 1 check (version > 0),
  currency text collate "C" not null check (length(currency) = 3),
  created_at timestamptz not null,
  created_by text not null,
  planned_at timestamptz,
  applied_at timestamptz,
  ended_at timestamptz,
  -- sums of the plan
  orders integer not null default 0,
  units integer not null default 0,
  unmet integer not null default 0,
  to_move integer not null default 0,
  to_part integer not null default 0,
  to_inbox integer not null default 0,
  to_keep integer not null default 0,
  late_before integer not null default 0,
  late_after integer not null default 0,
  cost_before bigint not null default 0,
  cost_after bigint not null default 0,
  -- orders that applying or undoing has still to settle
  waiting integer not null default 0 check (waiting >= 0),
  -- how orders ended, and how those that could go back did
  moved integer not null default 0,
  parted integer not null default 0,
  inboxed integer not null default 0,
  kept integer not null default 0,
  waits integer not null default 0,
  gone integer not null default 0,
  returned integer not null default 0,
  elsewhere integer not null default 0,
  stays integer not null default 0,
  primary key (tenant_id, disruption_id),
  check (until_at is null or until_at > from_at)
) with (fillfactor = 80);
create index disruption_open on disruptions.disruption (tenant_id, state) where state in ('applying', 'active', 'undoing');
select platform.close_table('disruptions.disruption');

-- An order that had something open there: what the plan says, what became of it, and what the way back did.
create table disruptions.affected (
  tenant_id uuid not null,
  disruption_id uuid not null,
  order_id uuid not null,
  -- the order of urgency in which it is decided
  rank integer not null,
  plan text collate "C" not null check (plan in ('move', 'part', 'inbox', 'keep', 'unplanned')),
  cause text collate "C",
  units integer not null,
  unmet integer not null,
  cost_before bigint,
  cost_after bigint,
  promised_at timestamptz,
  arrives_before timestamptz,
  arrives_after timestamptz,
  -- [[location, line, sku, units]]
  places jsonb not null,
  -- [[location, units]]
  targets jsonb not null,
  -- an id made when its units were taken out: fulfilments with a later one are new
  taken_id uuid,
  result text collate "C" check (result in ('moved', 'part', 'inbox', 'kept', 'waits', 'gone')),
  result_cost bigint,
  back text collate "C" check (back in ('asked', 'returned', 'elsewhere', 'stays', 'inbox', 'waits', 'gone')),
  back_cause text collate "C",
  primary key (tenant_id, disruption_id, order_id)
) with (fillfactor = 70);
create unique index affected_rank on disruptions.affected (tenant_id, disruption_id, rank);
create index affected_running on disruptions.affected (tenant_id, order_id) where taken_id is not null and (result is null or back = 'asked');
select platform.close_table('disruptions.affected');
