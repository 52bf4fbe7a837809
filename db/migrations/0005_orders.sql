-- Orders: the commercial state, lines whose units are each in exactly one bucket, charges, people, holds, search keys.
create schema orders;
grant usage on schema orders to ordo_app, ordo_maintenance;

create table orders.order (
  tenant_id uuid not null,
  order_id uuid not null,
  number text collate "C" not null,
  channel text collate "C" not null,
  external_id text collate "C" not null,
  network_id text collate "C" not null,
  commercial text collate "C" not null,
  -- raised with each event of the order
  version integer not null default 1,
  -- raised with each change of content: lines, prices, address, options
  revision integer not null default 1,
  priority smallint not null default 0,
  currency text not null,
  prices_include_tax boolean not null,
  lines_total bigint not null,
  charges_total bigint not null,
  tax_total bigint not null,
  -- what the customer owes: lines net + charges + tax where prices do not include it
  total bigint not null,
  payment_method text not null,
  person_id uuid,
  ship_country text not null,
  ship_region text,
  ship_city text,
  ship_postcode text collate "C",
  ship_lat real,
  ship_lon real,
  service_level text collate "C" not null default 'standard',
  shortage_policy text not null default 'split' check (shortage_policy in ('split', 'wait', 'cancel')),
  content_sha256 bytea not null,
  attributes jsonb not null default '{}',
  placed_at timestamptz not null,
  received_at timestamptz not null,
  confirmed_at timestamptz,
  closed_at timestamptz,
  cancel_reason text,
  primary key (tenant_id, order_id),
  unique (tenant_id, channel, external_id),
  unique (tenant_id, number),
  constraint order_commercial check (commercial in ('draft', 'placed', 'confirmed', 'closed', 'cancelled', 'rejected'))
) with (fillfactor = 70);
create index order_commercial on orders.order (tenant_id, commercial, order_id);
select platform.close_table('orders.order');

create table orders.order_line (
  tenant_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  external_line_id text,
  sku text collate "C" not null,
  title text,
  ordered integer not null check (ordered > 0),
  unit_price numeric(20, 6) not null,
  gross bigint not null,
  discount bigint not null default 0 check (discount >= 0),
  tax bigint not null default 0,
  -- what the customer pays for the line: gross − discount, + tax where prices do not include it
  net bigint not null,
  taxes jsonb,
  open integer not null,
  backordered integer not null default 0,
  reserved integer not null default 0,
  allocated integer not null default 0,
  released integer not null default 0,
  picked integer not null default 0,
  packed integer not null default 0,
  shipped integer not null default 0,
  delivered integer not null default 0,
  return_requested integer not null default 0,
  returned integer not null default 0,
  restocked integer not null default 0,
  written_off integer not null default 0,
  lost integer not null default 0,
  cancelled integer not null default 0,
  shortage_reason text,
  primary key (tenant_id, order_id, line_no),
  constraint line_buckets_not_negative check (least(open, backordered, reserved, allocated, released, picked, packed, shipped, delivered, return_requested, returned, restocked, written_off, lost, cancelled) >= 0),
  constraint line_buckets_sum check (ordered = open + backordered + reserved + allocated + released + picked + packed + shipped + delivered + return_requested + returned + restocked + written_off + lost + cancelled)
) with (fillfactor = 70);
create index line_sku on orders.order_line (tenant_id, sku, order_id);
create index line_backordered on orders.order_line (tenant_id, sku, order_id, line_no) where backordered > 0;
select platform.close_table('orders.order_line');

-- Shipping, fees, order discounts (negative), rounding: what is paid beside the goods.
create table orders.charge (
  tenant_id uuid not null,
  order_id uuid not null,
  charge_no integer not null,
  kind text collate "C" not null check (kind in ('shipping', 'fee', 'discount', 'tip', 'rounding', 'adjustment')),
  title text,
  amount bigint not null,
  tax bigint not null default 0,
  primary key (tenant_id, order_id, charge_no)
);
select platform.close_table('orders.charge');

-- Personal data lives here and in files only; erasing overwrites the row.
create table orders.person (
  tenant_id uuid not null,
  person_id uuid not null,
  name text,
  email text,
  phone text,
  address_lines text[],
  district text,
  note text,
  locale text not null default 'en',
  erased_at timestamptz,
  primary key (tenant_id, person_id)
);
select platform.close_table('orders.person');

create table orders.hold (
  tenant_id uuid not null,
  hold_id uuid not null,
  order_id uuid not null,
  line_no integer,
  kind text collate "C" not null,
  reasons jsonb not null,
  blocks text[] not null,
  owner text,
  placed_at timestamptz not null,
  placed_by text not null,
  expires_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  outcome text check (outcome in ('released', 'rejected', 'expired')),
  note text,
  primary key (tenant_id, hold_id),
  check ((ended_at is null) = (outcome is null))
);
create index hold_order on orders.hold (tenant_id, order_id);
create index hold_open on orders.hold (tenant_id, kind, placed_at, hold_id) where ended_at is null;
select platform.close_table('orders.hold');

-- Search by equality or prefix of normalised keys; see decisions on row level security and trigram indexes.
create table orders.search_key (
  tenant_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  order_id uuid not null,
  primary key (tenant_id, kind, key, order_id)
);
create index search_key_order on orders.search_key (tenant_id, order_id);
select platform.close_table('orders.search_key');

create table orders.saved_view (
  tenant_id uuid not null,
  view_id uuid not null,
  owner text not null,
  name text not null,
  query jsonb not null,
  shared boolean not null default false,
  primary key (tenant_id, view_id)
);
select platform.close_table('orders.saved_view');

create table orders.note (
  tenant_id uuid not null,
  note_id uuid not null,
  order_id uuid not null,
  text text not null,
  written_by text not null,
  written_at timestamptz not null,
  primary key (tenant_id, note_id)
);
create index note_order on orders.note (tenant_id, order_id, note_id);
select platform.close_table('orders.note');

-- Who looked at personal data unmasked, and why.
create table orders.disclosure (
  tenant_id uuid not null,
  disclosure_id uuid not null,
  order_id uuid not null,
  reason text not null,
  by text not null,
  at timestamptz not null,
  primary key (tenant_id, disclosure_id)
);
select platform.close_ledger('orders.disclosure');

-- What other modules may read: units that are still to be fulfilled.
create view orders.v_open_line with (security_invoker = true) as
  select tenant_id, order_id, line_no, sku, backordered, reserved, allocated, released, picked, packed from orders.order_line
   where backordered + reserved + allocated + released + picked + packed > 0;
grant select on orders.v_open_line to ordo_app, ordo_maintenance;
