-- Degraded mode: when rates, coordinates or rules fail, what was decided with the last good values, and what came of it once good values were back.

create table modes.degradation (
  tenant_id uuid not null,
  degradation_id uuid not null,
  kind text collate "C" not null check (kind in ('rates', 'geo', 'rules')),
  cause text not null check (length(cause) between 1 and 500),
  -- what failed: rate cards, currencies, versions of rules, channels
  keys text[] not null check (cardinality(keys) between 0 and 50),
  since timestamptz not null,
  ended_at timestamptz check (ended_at >= since),
  primary key (tenant_id, degradation_id)
) with (fillfactor = 80);
-- one of a kind at a time
create unique index degradation_open on modes.degradation (tenant_id, kind) where ended_at is null;
select platform.close_table('modes.degradation');

-- For allocation: which are over.
create view modes.v_degradation with (security_invoker = true) as
  select tenant_id, degradation_id, kind, cause, keys, since, ended_at from modes.degradation;
grant select on modes.v_degradation to ordo_app, ordo_maintenance;

-- For the metrics page: tenants that decide with last good values now, by kind.
create function modes.degraded_now() returns table (kind text, tenants integer) language sql stable security definer set search_path = pg_catalog as $$
  select kind, count(*)::int from modes.degradation where ended_at is null group by kind
$$;
revoke all on function modes.degraded_now() from public;
grant execute on function modes.degraded_now() to ordo_app, ordo_maintenance;

-- A decision under a degradation, and what was found when it was priced again: as good as any, dearer and kept, moved, or gone on its way before.
create table allocation.degraded_decision (
  tenant_id uuid not null,
  degradation_id uuid not null,
  decision_id uuid not null,
  order_id uuid not null,
  decided_at timestamptz not null,
  result text collate "C" check (result in ('same', 'kept', 'moved', 'gone')),
  -- freight and handling in minor units of the base currency, by the good values: where it lies, and the best there was
  cost_now bigint,
  cost_best bigint,
  settled_at timestamptz,
  primary key (tenant_id, degradation_id, decision_id),
  check ((result is null) = (settled_at is null)),
  check (result not in ('kept', 'moved') or (cost_now is not null and cost_best is not null and cost_best < cost_now))
) with (fillfactor = 80);
create index degraded_waiting on allocation.degraded_decision (tenant_id, order_id) where result is null;
select platform.close_table('allocation.degraded_decision');

-- Where an area is, about a kilometre exact, as the orders of a channel said it: for orders of that channel that come without coordinates.
create table allocation.known_place (
  tenant_id uuid not null,
  channel text collate "C" not null,
  country text collate "C" not null,
  postcode text collate "C" not null,
  lat numeric(5, 2) not null,
  lon numeric(5, 2) not null,
  seen_at timestamptz not null,
  primary key (tenant_id, channel, country, postcode)
);
select platform.close_table('allocation.known_place');

-- For allocation: where orders go, by time.
create view orders.v_destination with (security_invoker = true) as
  select tenant_id, order_id, channel, ship_country, ship_postcode, ship_lat, ship_lon from orders.order;
grant select on orders.v_destination to ordo_app, ordo_maintenance;
