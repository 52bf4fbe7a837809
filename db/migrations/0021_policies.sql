-- Rules as documents with a life: drafts, test cases, what ran in the shadow, what was switched on by whom and why, how many orders each rule took.
create schema policies;
grant usage on schema policies to ordo_app, ordo_maintenance;

-- A draft is changed under its revision; the version that is live is a fact of kind rules, never a draft.
create table policies.draft (
  tenant_id uuid not null,
  draft_id uuid not null,
  kind text collate "C" not null,
  name text not null,
  document jsonb not null,
  -- the version that it began from
  based_on text collate "C" not null,
  revision integer not null default 1,
  state text collate "C" not null default 'open' check (state in ('open', 'activated', 'discarded')),
  created_by text not null,
  created_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, draft_id)
);
create index draft_kind on policies.draft (tenant_id, kind, draft_id) where state = 'open';
select platform.close_table('policies.draft');

-- What must come out for an order: by these a draft is proved before it goes live.
create table policies.test_case (
  tenant_id uuid not null,
  case_id uuid not null,
  kind text collate "C" not null,
  name text not null,
  input jsonb not null,
  expected text[] not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, case_id)
);
create index test_case_kind on policies.test_case (tenant_id, kind, case_id);
select platform.close_table('policies.test_case');

-- Each time that rules went live: by whom, why, what they replaced and with which result of the tests.
create table policies.activation (
  tenant_id uuid not null,
  activation_id uuid not null,
  kind text collate "C" not null,
  version_id text collate "C" not null,
  replaced text collate "C" not null,
  -- the version whose document came back; null for a new one
  restores text collate "C",
  draft_id uuid,
  reason text not null,
  tests_passed integer not null,
  tests_failed integer not null,
  activated_by text not null,
  activated_at timestamptz not null,
  primary key (tenant_id, activation_id)
);
create index activation_kind on policies.activation (tenant_id, kind, activation_id);
select platform.close_ledger('policies.activation');

-- How many orders a rule took in one batch of decisions: rows are added, never changed, so that batches do not wait for each other.
create table policies.hit (
  tenant_id uuid not null,
  hit_id uuid not null,
  kind text collate "C" not null,
  version_id text collate "C" not null,
  rule_id text collate "C" not null,
  orders integer not null check (orders > 0),
  primary key (tenant_id, hit_id)
);
create index hit_kind on policies.hit (tenant_id, kind, hit_id) include (rule_id, orders);
select platform.close_table('policies.hit');

-- A draft that runs beside the live rules, and what it would have decided: one row for each batch, and one for each order that it would have changed.
create table policies.shadow_batch (
  tenant_id uuid not null,
  batch_id uuid not null,
  draft_id uuid not null,
  orders integer not null,
  changed integer not null,
  failed integer not null,
  -- of the orders that both would have sent, in minor units of the base currency
  cost_live bigint not null,
  cost_draft bigint not null,
  primary key (tenant_id, batch_id)
);
create index shadow_batch_draft on policies.shadow_batch (tenant_id, draft_id, batch_id);
select platform.close_table('policies.shadow_batch');

create table policies.shadow_change (
  tenant_id uuid not null,
  change_id uuid not null,
  draft_id uuid not null,
  order_id uuid not null,
  live jsonb not null,
  draft jsonb not null,
  primary key (tenant_id, change_id)
);
create index shadow_change_draft on policies.shadow_change (tenant_id, draft_id, change_id);
select platform.close_table('policies.shadow_change');

-- Allocation: orders that a rule parks, sends to nobody or leaves to wait.
alter table allocation.exception add column queue text collate "C";
alter table allocation.exception drop constraint exception_reason_check;
alter table allocation.exception add constraint exception_reason_check check (reason in
  ('no_stock', 'no_location', 'no_carrier', 'no_currency_rate', 'too_many_attempts', 'no_rule', 'rules', 'parked', 'waiting', 'backorder'));
create or replace view allocation.v_open_exception with (security_invoker = true) as
  select tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, opened_at, queue
    from allocation.exception where resolved_at is null;

-- For allocation: how much a location was given; the id of a fulfilment order tells its time.
create view warehouse.v_planned_order with (security_invoker = true) as
  select tenant_id, fulfilment_id, location_id from warehouse.fulfilment_order where state <> 'cancelled';
grant select on warehouse.v_planned_order to ordo_app, ordo_maintenance;
