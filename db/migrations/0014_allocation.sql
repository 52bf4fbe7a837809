-- Where orders are sent from: each decision with its reasons, what may not be chosen again, and what waits for a person.
create schema allocation;
grant usage on schema allocation to ordo_app, ordo_maintenance;

-- One row for each decision, for ever readable: candidates, what removed each, costs, the versions of the facts that it read.
create table allocation.explanation (
  tenant_id uuid not null,
  decision_id uuid not null,
  order_id uuid not null,
  at timestamptz not null,
  cause text collate "C" not null,
  outcome text collate "C" not null check (outcome in ('placed', 'split', 'short')),
  currency text not null,
  -- what the parts cost, and by how much the next best plan is dearer; null where there is none
  cost bigint,
  margin bigint,
  detail jsonb not null,
  primary key (tenant_id, decision_id)
) partition by range (decision_id);
create table allocation.explanation_default partition of allocation.explanation default;
alter table allocation.explanation_default enable row level security;
alter table allocation.explanation_default force row level security;
create index explanation_order on allocation.explanation (tenant_id, order_id, decision_id);
select platform.close_ledger('allocation.explanation');

-- Places that must not be chosen again for an order line: what a warehouse or a person refused.
create table allocation.exclusion (
  tenant_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  location_id text collate "C" not null,
  reason text collate "C" not null check (reason in ('short_pick', 'rejected', 'closure', 'manual')),
  excluded_by text not null,
  excluded_at timestamptz not null,
  primary key (tenant_id, order_id, line_no, location_id)
);
select platform.close_table('allocation.exclusion');

-- Orders that no allowed set of locations can send: a person looks at each, new stock or an opened location tries again.
create table allocation.exception (
  tenant_id uuid not null,
  exception_id uuid not null,
  order_id uuid not null,
  network_id text collate "C" not null,
  reason text collate "C" not null check (reason in ('no_stock', 'no_location', 'no_carrier', 'no_currency_rate', 'too_many_attempts')),
  skus text[] not null,
  units integer not null check (units > 0),
  value bigint not null,
  currency text not null,
  decision_id uuid not null,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  resolution text collate "C" check (resolution in ('allocated', 'gone')),
  primary key (tenant_id, exception_id),
  check ((resolved_at is null) = (resolution is null))
);
create unique index exception_open on allocation.exception (tenant_id, order_id) where resolved_at is null;
create index exception_queue on allocation.exception (tenant_id, exception_id) where resolved_at is null;
create index exception_network on allocation.exception (tenant_id, network_id, exception_id) where resolved_at is null;
select platform.close_table('allocation.exception');

-- For the other parts: which orders wait for a person because nothing can send them.
create view allocation.v_open_exception with (security_invoker = true) as
  select tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, opened_at
    from allocation.exception where resolved_at is null;
grant select on allocation.v_open_exception to ordo_app, ordo_maintenance;
