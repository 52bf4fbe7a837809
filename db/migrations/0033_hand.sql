-- People above the machine: what somebody decided by hand and why, orders that leave from one location only, and what the board reads.

-- Where units got a place by hand, the explanation of the decision has the same id.
create table allocation.manual_decision (
  tenant_id uuid not null,
  decision_id uuid not null,
  order_id uuid not null,
  kind text collate "C" not null check (kind in ('allocate', 'move', 'split', 'merge', 'lock', 'unlock', 'priority')),
  reason text not null check (length(btrim(reason)) between 1 and 500),
  decided_by text not null check (decided_by <> ''),
  decided_at timestamptz not null,
  -- what was asked: locations, fulfilments, lines, the priority before and after
  detail jsonb not null,
  primary key (tenant_id, decision_id)
);
create index manual_decision_order on allocation.manual_decision (tenant_id, order_id, decision_id);
select platform.close_ledger('allocation.manual_decision');

-- An order is here while every decision about it may choose this location only.
create table allocation.lock (
  tenant_id uuid not null,
  order_id uuid not null,
  location_id text collate "C" not null,
  decision_id uuid not null,
  primary key (tenant_id, order_id)
);
select platform.close_table('allocation.lock');

-- Orders that were raised above others are few: the board finds them without looking at the rest.
create index order_raised on orders."order" (tenant_id, priority, order_id) where priority > 0 and commercial = 'confirmed';
create view orders.v_raised with (security_invoker = true) as
  select tenant_id, order_id, priority from orders."order" where priority > 0 and commercial = 'confirmed';
grant select on orders.v_raised to ordo_app, ordo_maintenance;
