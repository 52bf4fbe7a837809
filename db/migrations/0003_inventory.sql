-- Stock as a double-entry ledger of movements, with balances at the network and at the location; the CHECKs make overselling impossible.
create schema inventory;
grant usage on schema inventory to ordo_app, ordo_maintenance;

-- Which network a location belongs to and whether its stock counts; the rest of a location is a fact of the catalogue.
create table inventory.location (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  network_id text collate "C" not null,
  is_open boolean not null default true,
  primary key (tenant_id, location_id)
);
select platform.close_table('inventory.location');

-- What lies at a location: only allocating, picking and counting touch it.
create table inventory.stock (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  sku text collate "C" not null,
  lot text collate "C" not null default '',
  on_hand integer not null default 0 check (on_hand >= 0),
  unsellable integer not null default 0 check (unsellable >= 0),
  allocated integer not null default 0,
  primary key (tenant_id, location_id, sku, lot),
  check (allocated >= 0 and allocated <= on_hand - unsellable)
) with (fillfactor = 70);
create index stock_sku on inventory.stock (tenant_id, sku, location_id);
select platform.close_table('inventory.stock');

-- What a network can promise: only reserving and changes of supply touch it.
create table inventory.network_stock (
  tenant_id uuid not null,
  network_id text collate "C" not null,
  sku text collate "C" not null,
  stock_id uuid not null,
  supply integer not null default 0 check (supply >= 0),
  reserved integer not null default 0,
  presale integer not null default 0 check (presale >= 0),
  -- raised with each change of supply or presale, not with each reservation
  version integer not null default 1,
  primary key (tenant_id, network_id, sku),
  check (reserved >= 0 and reserved <= supply + presale)
) with (fillfactor = 50);
create index network_stock_id on inventory.network_stock (tenant_id, stock_id);
select platform.close_table('inventory.network_stock');

-- A claim that was granted. quantity = open + consumed + released + broken; network reserved = the sum of open.
create table inventory.reservation (
  tenant_id uuid not null,
  reservation_id uuid not null,
  demand_id uuid not null,
  demand_line integer not null,
  network_id text collate "C" not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  open integer not null,
  consumed integer not null default 0 check (consumed >= 0),
  released integer not null default 0 check (released >= 0),
  broken integer not null default 0 check (broken >= 0),
  expires_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, reservation_id),
  check (open >= 0 and quantity = open + consumed + released + broken),
  check ((ended_at is null) = (open > 0))
) with (fillfactor = 80);
create index reservation_demand on inventory.reservation (tenant_id, demand_id, demand_line);
create index reservation_open on inventory.reservation (tenant_id, network_id, sku, reservation_id) where ended_at is null;
select platform.close_table('inventory.reservation');

-- Where a reservation is to be taken from. quantity = open + consumed + released; stock allocated = the sum of open.
create table inventory.allocation (
  tenant_id uuid not null,
  allocation_id uuid not null,
  reservation_id uuid not null,
  location_id text collate "C" not null,
  sku text collate "C" not null,
  lot text collate "C" not null default '',
  quantity integer not null check (quantity > 0),
  open integer not null,
  consumed integer not null default 0 check (consumed >= 0),
  released integer not null default 0 check (released >= 0),
  created_at timestamptz not null,
  primary key (tenant_id, allocation_id),
  check (open >= 0 and quantity = open + consumed + released)
) with (fillfactor = 80);
create index allocation_reservation on inventory.allocation (tenant_id, reservation_id);
create index allocation_open on inventory.allocation (tenant_id, location_id, sku) where open > 0;
select platform.close_table('inventory.allocation');

-- A reservation that a fall of supply broke, until the demand has been told.
create table inventory.broken_reservation (
  tenant_id uuid not null,
  reservation_id uuid not null,
  broken_id uuid not null,
  demand_id uuid not null,
  demand_line integer not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  -- where the units were allocated; null where they were not yet
  location_id text collate "C",
  cause text not null,
  broken_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, broken_id)
);
create index broken_open on inventory.broken_reservation (tenant_id, demand_id) where settled_at is null;
select platform.close_table('inventory.broken_reservation');

-- Every unit that ever moved. Both sides in one row; places outside are @supplier, @customer, @scrap, @adjust, @transit.
-- The sides say in which condition the unit left and arrived: sellable or unsellable.
create table inventory.movement (
  tenant_id uuid not null,
  movement_id uuid not null,
  kind text not null check (kind in ('receive', 'ship', 'return', 'adjust', 'count', 'transfer', 'damage', 'restore', 'scrap')),
  sku text collate "C" not null,
  lot text collate "C" not null default '',
  quantity integer not null check (quantity > 0),
  from_place text collate "C" not null,
  from_condition text not null default 'sellable' check (from_condition in ('sellable', 'unsellable')),
  to_place text collate "C" not null,
  to_condition text not null default 'sellable' check (to_condition in ('sellable', 'unsellable')),
  reference uuid,
  reason text,
  actor text not null,
  at timestamptz not null,
  primary key (tenant_id, movement_id),
  check (from_place <> to_place or from_condition <> to_condition)
) partition by range (movement_id);
create table inventory.movement_default partition of inventory.movement default;
alter table inventory.movement_default enable row level security;
alter table inventory.movement_default force row level security;
create index movement_from on inventory.movement (tenant_id, from_place, sku, lot);
create index movement_to on inventory.movement (tenant_id, to_place, sku, lot);
select platform.close_ledger('inventory.movement');
