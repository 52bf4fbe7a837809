-- Returns: what customers send back, what arrived, what became of it, what was given back for it.
create schema returns;
grant usage on schema returns to ordo_app, ordo_maintenance;

create table returns.return (
  tenant_id uuid not null,
  return_id uuid not null,
  order_id uuid not null,
  state text collate "C" not null default 'requested',
  -- raised with each transition; the version of its events
  version integer not null default 1,
  reason text collate "C" not null,
  note text,
  requested_by text not null,
  location_id text collate "C",
  currency text not null,
  -- what is owed for the units that were accepted, fixed when they were; and what payment has been asked for
  refund_due bigint not null default 0 check (refund_due >= 0),
  refund_asked bigint not null default 0 check (refund_asked >= 0 and refund_asked <= refund_due),
  refusal text,
  requested_at timestamptz not null,
  received_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, return_id),
  constraint return_state check (state in ('requested', 'received', 'closed', 'refused', 'cancelled'))
) with (fillfactor = 80);
create index return_order on returns.return (tenant_id, order_id);
create index return_queue on returns.return (tenant_id, state, return_id) where state in ('requested', 'received');
select platform.close_table('returns.return');

-- quantity = awaited + arrived + restocked + written_off + withdrawn: each unit in exactly one.
create table returns.return_line (
  tenant_id uuid not null,
  return_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  awaited integer not null,
  arrived integer not null default 0,
  restocked integer not null default 0,
  written_off integer not null default 0,
  withdrawn integer not null default 0,
  primary key (tenant_id, return_id, order_id, line_no),
  constraint return_line_buckets_not_negative check (least(awaited, arrived, restocked, written_off, withdrawn) >= 0),
  constraint return_line_buckets_sum check (quantity = awaited + arrived + restocked + written_off + withdrawn)
) with (fillfactor = 80);
create index return_line_order on returns.return_line (tenant_id, order_id, line_no);
select platform.close_table('returns.return_line');

create view returns.v_open_return with (security_invoker = true) as
  select tenant_id, order_id, return_id, state, requested_at from returns.return where state in ('requested', 'received');
grant select on returns.v_open_return to ordo_app, ordo_maintenance;
