-- What a warehouse has to do: fulfilment orders with their lines, scans that count once, short picks, goods to put back.
create schema warehouse;
grant usage on schema warehouse to ordo_app, ordo_maintenance;

create table warehouse.fulfilment_order (
  tenant_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  state text collate "C" not null default 'planned',
  -- raised with each transition; the version of its events
  version integer not null default 1,
  carrier text collate "C",
  service text collate "C",
  ship_by timestamptz not null,
  promised_at timestamptz,
  planned_at timestamptz not null,
  released_at timestamptz,
  picking_at timestamptz,
  packed_at timestamptz,
  shipped_at timestamptz,
  cancelled_at timestamptz,
  primary key (tenant_id, fulfilment_id),
  constraint fulfilment_state check (state in ('planned', 'released', 'picking', 'packed', 'shipped', 'cancelled'))
) with (fillfactor = 80);
create index fulfilment_queue on warehouse.fulfilment_order (tenant_id, location_id, state, ship_by, fulfilment_id)
  where state in ('planned', 'released', 'picking', 'packed');
create index fulfilment_due on warehouse.fulfilment_order (tenant_id, ship_by, fulfilment_id)
  where state in ('planned', 'released', 'picking', 'packed');
create index fulfilment_location on warehouse.fulfilment_order (tenant_id, location_id, fulfilment_id);
select platform.close_table('warehouse.fulfilment_order');

-- A line points to an order line; several orders may share a fulfilment order. Each unit is in exactly one bucket.
create table warehouse.fulfilment_line (
  tenant_id uuid not null,
  fulfilment_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  -- its place within the fulfilment order, as people and handhelds name it
  fulfilment_line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  to_pick integer not null,
  picked integer not null default 0,
  packed integer not null default 0,
  shipped integer not null default 0,
  short integer not null default 0,
  cancelled integer not null default 0,
  primary key (tenant_id, fulfilment_id, order_id, line_no),
  constraint fulfilment_line_buckets_not_negative check (least(to_pick, picked, packed, shipped, short, cancelled) >= 0),
  constraint fulfilment_line_buckets_sum check (quantity = to_pick + picked + packed + shipped + short + cancelled)
) with (fillfactor = 70);
create index fulfilment_line_order on warehouse.fulfilment_line (tenant_id, order_id, line_no);
select platform.close_table('warehouse.fulfilment_line');

-- A scan carries an id made by the handheld: sent twice it counts once.
create table warehouse.scan (
  tenant_id uuid not null,
  scan_id uuid not null,
  kind text collate "C" not null check (kind in ('pick', 'short', 'put_back')),
  subject_id uuid not null,
  order_id uuid,
  line_no integer,
  quantity integer not null check (quantity > 0),
  actor text not null,
  at timestamptz not null,
  primary key (tenant_id, scan_id)
);
create index scan_subject on warehouse.scan (tenant_id, subject_id);
select platform.close_ledger('warehouse.scan');

-- What was not found where it should lie: the reason decides what happens to the stock; allocation does not choose the place again for this line.
create table warehouse.short_pick (
  tenant_id uuid not null,
  scan_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  reason text collate "C" not null check (reason in ('missing', 'damaged', 'wrong_item')),
  actor text not null,
  at timestamptz not null,
  primary key (tenant_id, scan_id)
);
create index short_pick_order on warehouse.short_pick (tenant_id, order_id, line_no);
select platform.close_ledger('warehouse.short_pick');

-- Goods of cancelled lines that were picked already: they lie unsellable until somebody has scanned them back.
create table warehouse.put_back (
  tenant_id uuid not null,
  put_back_id uuid not null,
  location_id text collate "C" not null,
  sku text collate "C" not null,
  lot text collate "C" not null default '',
  quantity integer not null check (quantity > 0),
  fulfilment_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  opened_at timestamptz not null,
  done_at timestamptz,
  outcome text collate "C" check (outcome in ('sellable', 'unsellable')),
  primary key (tenant_id, put_back_id),
  check ((done_at is null) = (outcome is null))
);
create index put_back_open on warehouse.put_back (tenant_id, location_id, put_back_id) where done_at is null;
create index put_back_order on warehouse.put_back (tenant_id, order_id);
select platform.close_table('warehouse.put_back');

-- For the other parts: open work by order line, and where a line was short.
create view warehouse.v_open_fulfilment with (security_invoker = true) as
  select l.tenant_id, l.order_id, l.line_no, f.fulfilment_id, f.location_id, f.state, f.ship_by, l.to_pick, l.picked, l.packed
    from warehouse.fulfilment_line l join warehouse.fulfilment_order f on f.tenant_id = l.tenant_id and f.fulfilment_id = l.fulfilment_id
   where f.state in ('planned', 'released', 'picking', 'packed');
create view warehouse.v_fulfilment_line with (security_invoker = true) as
  select l.tenant_id, l.order_id, l.line_no, l.sku, f.fulfilment_id, f.location_id, f.state, f.carrier, f.service, f.ship_by, f.promised_at,
         l.quantity, l.to_pick, l.picked, l.packed, l.shipped, l.short, l.cancelled
    from warehouse.fulfilment_line l join warehouse.fulfilment_order f on f.tenant_id = l.tenant_id and f.fulfilment_id = l.fulfilment_id;
create view warehouse.v_short_pick with (security_invoker = true) as
  select tenant_id, order_id, line_no, sku, location_id, fulfilment_id, quantity, reason, at from warehouse.short_pick;
grant select on warehouse.v_open_fulfilment, warehouse.v_fulfilment_line, warehouse.v_short_pick to ordo_app, ordo_maintenance;
