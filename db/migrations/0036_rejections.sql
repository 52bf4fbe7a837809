-- Rejections: a location cannot send what it was given; why, what that did to its stock, and for what the place is out since then.

-- One row for each time that a fulfilment order, or a part of it, was rejected.
create table warehouse.rejection (
  tenant_id uuid not null,
  rejection_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  reason text collate "C" not null check (reason in
    ('no_stock_found', 'damaged', 'quality', 'no_capacity', 'closing_early', 'cannot_handle_goods', 'other')),
  note text check (length(note) between 1 and 500),
  -- for which lines of the order the place is out: those rejected, or all; until then, or for good
  out_for text collate "C" not null check (out_for in ('lines', 'order')),
  out_until timestamptz,
  actor text not null,
  at timestamptz not null,
  primary key (tenant_id, rejection_id),
  check (reason <> 'other' or note is not null)
);
create index rejection_location on warehouse.rejection (tenant_id, location_id, rejection_id);
create index rejection_fulfilment on warehouse.rejection (tenant_id, fulfilment_id);
select platform.close_ledger('warehouse.rejection');

-- The units of it: how many left, how many of those were in somebody's hands, how many the stock lost by it.
create table warehouse.rejection_line (
  tenant_id uuid not null,
  rejection_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  in_hand integer not null check (in_hand between 0 and quantity),
  written_down integer not null check (written_down between 0 and quantity),
  primary key (tenant_id, rejection_id, order_id, line_no)
);
create index rejection_line_order on warehouse.rejection_line (tenant_id, order_id, line_no);
select platform.close_ledger('warehouse.rejection_line');

-- For allocation: where an order, or a line of it, was rejected, and how long that counts.
create view warehouse.v_rejection with (security_invoker = true) as
  select l.tenant_id, l.order_id, case when r.out_for = 'lines' then l.line_no end as line_no, r.location_id, r.rejection_id, r.reason, r.out_until
    from warehouse.rejection_line l join warehouse.rejection r on r.tenant_id = l.tenant_id and r.rejection_id = l.rejection_id;
grant select on warehouse.v_rejection to ordo_app, ordo_maintenance;

alter table allocation.exception drop constraint exception_reason_check;
alter table allocation.exception add constraint exception_reason_check check (reason in
  ('no_stock', 'no_location', 'no_carrier', 'no_currency_rate', 'too_many_attempts', 'no_rule', 'rules', 'parked', 'waiting', 'backorder', 'disrupted', 'refused'));
