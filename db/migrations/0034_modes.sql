-- Modes of a merchant: promotions (frozen rules, raised limits, orders decided in batches), with who, why and what was let through all the same.

create schema modes;
grant usage on schema modes to ordo_app, ordo_maintenance;

create table modes.promotion (
  tenant_id uuid not null,
  promotion_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  reason text not null check (length(reason) between 1 and 500),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  state text collate "C" not null check (state in ('planned', 'active', 'ended', 'cancelled')),
  version integer not null default 1 check (version > 0),
  -- rules may not change
  frozen boolean not null,
  -- limits of locations in per cent of what they are; null: as they are
  limits_percent integer check (limits_percent between 100 and 1000),
  -- where limits are raised; null: everywhere
  location_ids text[] check (cardinality(location_ids) between 1 and 200),
  -- orders are collected for so long and decided together; null: each as it comes
  cadence_seconds integer check (cadence_seconds between 5 and 900),
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (tenant_id, promotion_id),
  check (location_ids is null or limits_percent is not null),
  check ((ended_at is null) = (state in ('planned', 'active')) and (ended_by is null) = (ended_at is null))
) with (fillfactor = 80);
-- one at a time: planned or on
create unique index promotion_open on modes.promotion (tenant_id) where state in ('planned', 'active');
select platform.close_table('modes.promotion');

-- What was changed although rules were frozen: by whom, and why it could not wait.
create table modes.freeze_override (
  tenant_id uuid not null,
  override_id uuid not null,
  promotion_id uuid not null,
  what text collate "C" not null check (length(what) between 1 and 200),
  reason text not null check (length(reason) between 1 and 500),
  at timestamptz not null,
  actor text not null,
  primary key (tenant_id, promotion_id, override_id)
);
select platform.close_ledger('modes.freeze_override');
