-- A promotion may be given a later end, with a reason; the plan of a disruption says which failed values it stands on.

create table modes.promotion_extension (
  tenant_id uuid not null,
  extension_id uuid not null,
  promotion_id uuid not null,
  until_before timestamptz not null,
  until_at timestamptz not null check (until_at > until_before),
  reason text not null check (length(reason) between 1 and 500),
  at timestamptz not null,
  actor text not null,
  primary key (tenant_id, promotion_id, extension_id)
);
select platform.close_table('modes.promotion_extension');

alter table disruptions.disruption add column degraded text[] not null default '{}' check (cardinality(degraded) between 0 and 3);
