-- What is sold. Channels, locations and networks are versioned facts (kinds channel, location, network); SKUs are rows.
create schema catalog;
grant usage on schema catalog to ordo_app, ordo_maintenance;

create table catalog.sku (
  tenant_id uuid not null,
  sku text collate "C" not null,
  name text not null,
  name_zh text,
  category text collate "C" not null default '',
  state text not null default 'active' check (state in ('active', 'retired')),
  weight_grams integer not null check (weight_grams >= 0),
  length_mm integer not null check (length_mm >= 0),
  width_mm integer not null check (width_mm >= 0),
  height_mm integer not null check (height_mm >= 0),
  handling_classes text[] not null default '{}',
  gtin text collate "C",
  price_minor bigint,
  currency text,
  updated_at timestamptz not null,
  primary key (tenant_id, sku)
);
select platform.close_table('catalog.sku');
