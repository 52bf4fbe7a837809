-- A replay decides an order by where it went then: each destination that an address change has replaced is kept, with the order and as long as it.
create table orders.former_destination (
  tenant_id uuid not null,
  order_id uuid not null,
  -- of the order while it went there
  revision integer not null,
  until timestamptz not null,
  ship_country text not null,
  ship_region text,
  ship_city text,
  ship_postcode text collate "C",
  ship_lat real,
  ship_lon real,
  primary key (tenant_id, order_id, revision)
);
select platform.close_table('orders.former_destination');

-- What both arms of an experiment came to, kept when the rows of its orders go, ninety days after its end.
alter table policies.experiment add column result jsonb check (result is null or stopped_at is not null);
create index experiment_stopped on policies.experiment (tenant_id, stopped_at) where stopped_at is not null;
grant delete on policies.experiment_order to ordo_app;
