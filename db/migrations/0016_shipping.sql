-- Parcels with their lines, and the labels bought for them.
create schema shipping;
grant usage on schema shipping to ordo_app, ordo_maintenance;

create table shipping.parcel (
  tenant_id uuid not null,
  parcel_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  carrier text collate "C" not null,
  service text collate "C" not null,
  state text collate "C" not null default 'packed',
  -- raised with each transition; the version of its events
  version integer not null default 1,
  -- GS1 serial shipping container code
  sscc text collate "C" not null check (sscc ~ '^[0-9]{18}$'),
  tracking_number text collate "C",
  weight_grams integer not null check (weight_grams > 0),
  length_mm integer check (length_mm > 0),
  width_mm integer check (width_mm > 0),
  height_mm integer check (height_mm > 0),
  label_file_id uuid,
  promised_at timestamptz,
  packed_at timestamptz not null,
  labelled_at timestamptz,
  handed_over_at timestamptz,
  delivered_at timestamptz,
  voided_at timestamptz,
  primary key (tenant_id, parcel_id),
  unique (tenant_id, sscc),
  constraint parcel_state check (state in ('packed', 'labelled', 'handed_over', 'delivered', 'lost', 'voided')),
  check (state in ('packed', 'voided') or tracking_number is not null)
) with (fillfactor = 80);
create unique index parcel_tracking on shipping.parcel (tenant_id, tracking_number, carrier) where tracking_number is not null;
create index parcel_fulfilment on shipping.parcel (tenant_id, fulfilment_id);
select platform.close_table('shipping.parcel');

-- What is in a parcel: lines of one or several orders.
create table shipping.parcel_line (
  tenant_id uuid not null,
  parcel_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  primary key (tenant_id, parcel_id, order_id, line_no)
);
create index parcel_line_order on shipping.parcel_line (tenant_id, order_id, line_no);
select platform.close_table('shipping.parcel_line');

-- A label costs money: each is bought once under its key, and used or voided in the end.
create table shipping.label (
  tenant_id uuid not null,
  label_id uuid not null,
  parcel_id uuid not null,
  carrier text collate "C" not null,
  key text collate "C" not null,
  tracking_number text collate "C" not null,
  state text collate "C" not null default 'bought',
  bought_at timestamptz not null,
  used_at timestamptz,
  voided_at timestamptz,
  primary key (tenant_id, label_id),
  unique (tenant_id, carrier, key),
  unique (tenant_id, carrier, tracking_number),
  constraint label_state check (state in ('bought', 'used', 'voided'))
);
create unique index label_living on shipping.label (tenant_id, parcel_id) where state <> 'voided';
select platform.close_table('shipping.label');

-- Serial references of SSCCs: GS1 wants each used once, so they are counted. Parcels are packed by hand: the row is not hot.
create table shipping.number_range (
  tenant_id uuid not null,
  kind text collate "C" not null,
  next bigint not null,
  primary key (tenant_id, kind)
);
select platform.close_table('shipping.number_range');

create view shipping.v_order_parcel with (security_invoker = true) as
  select l.tenant_id, l.order_id, l.line_no, l.sku, l.quantity, p.parcel_id, p.fulfilment_id, p.location_id, p.carrier, p.service, p.state, p.tracking_number,
         p.packed_at, p.handed_over_at, p.delivered_at, p.promised_at
    from shipping.parcel_line l join shipping.parcel p on p.tenant_id = l.tenant_id and p.parcel_id = l.parcel_id;
grant select on shipping.v_order_parcel to ordo_app, ordo_maintenance;
