-- The ground: tenants, how a table is closed to other tenants, jobs, events and their feed, stored replies, facts, files, webhooks.

-- Closes a table: row level security for everybody, the tenant of the transaction for the app, all rows for owner and maintenance.
create function platform.close_table(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy tenant on %s to ordo_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid) with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', name);
  execute format('create policy everything on %s to ordo_owner, ordo_maintenance using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to ordo_app, ordo_maintenance', name);
end $$;

-- As close_table, but the app may only add rows: ledgers, events, audit.
create function platform.close_ledger(name regclass) returns void language plpgsql as $$
begin
  perform platform.close_table(name);
  execute format('revoke update, delete on %s from ordo_app', name);
end $$;

grant usage on schema platform to ordo_app, ordo_maintenance;
grant select on platform.migration to ordo_app, ordo_maintenance;

create table platform.tenant (
  tenant_id uuid primary key,
  code text collate "C" not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,30}$'),
  name text not null,
  state text not null default 'open' check (state in ('open', 'suspended')),
  base_currency text not null default 'CNY',
  time_zone text not null default 'Asia/Shanghai',
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);
alter table platform.tenant enable row level security;
alter table platform.tenant force row level security;
create policy everybody_reads on platform.tenant for select to ordo_app using (true);
create policy everything on platform.tenant to ordo_owner, ordo_maintenance using (true) with check (true);
grant select (tenant_id, code, state, name, base_currency, time_zone, locale, settings) on platform.tenant to ordo_app;
grant select, insert, update, delete on platform.tenant to ordo_maintenance;

-- Versioned facts that decisions read: never changed in place, the newest valid_from not after the moment of decision counts; value null ends a fact.
create table platform.fact (
  tenant_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  valid_from timestamptz not null,
  version_id uuid not null,
  value jsonb,
  set_by text not null,
  reason text,
  primary key (tenant_id, kind, key, valid_from, version_id)
);
select platform.close_ledger('platform.fact');

-- One row per kind of fact: raised by each change, so that a process knows when what it holds in memory is old.
create table platform.fact_head (
  tenant_id uuid not null,
  kind text collate "C" not null,
  version integer not null,
  primary key (tenant_id, kind)
);
select platform.close_table('platform.fact_head');

-- Replies kept with their effect: the same key gives the same answer. Ids and states only, for seven days.
create table platform.stored_reply (
  tenant_id uuid not null,
  principal text collate "C" not null,
  route text collate "C" not null,
  key text collate "C" not null,
  body_sha256 bytea not null,
  status smallint not null,
  reply jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, principal, route, key)
);
create index stored_reply_age on platform.stored_reply (tenant_id, created_at);
select platform.close_table('platform.stored_reply');

create schema engine;
grant usage on schema engine to ordo_app, ordo_maintenance;

create table engine.job (
  tenant_id uuid not null,
  step text collate "C" not null,
  due_at timestamptz not null,
  job_id uuid not null,
  subject uuid not null,
  attempts smallint not null default 0,
  payload jsonb,
  last_error text,
  primary key (tenant_id, step, due_at, job_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
select platform.close_table('engine.job');

create table engine.dead_letter (
  tenant_id uuid not null,
  step text collate "C" not null,
  job_id uuid not null,
  subject uuid not null,
  attempts smallint not null,
  payload jsonb,
  error text not null,
  died_at timestamptz not null,
  primary key (tenant_id, job_id)
);
select platform.close_table('engine.dead_letter');

-- What each worker slot has in hand, committed without waiting for the disk before the batch runs: jobs of a dead worker run alone afterwards.
create table engine.worker_batch (
  tenant_id uuid not null,
  worker_id uuid not null,
  slot smallint not null,
  step text collate "C" not null,
  job_ids uuid[] not null,
  started_at timestamptz not null,
  primary key (tenant_id, worker_id, slot)
);
select platform.close_table('engine.worker_batch');

create table engine.suspect (
  tenant_id uuid not null,
  job_id uuid not null,
  crashes smallint not null,
  primary key (tenant_id, job_id)
);
select platform.close_table('engine.suspect');

-- Live processes; one row each, touched every few seconds. Of no tenant.
create table engine.process (
  process_id uuid primary key,
  kind text not null,
  seen_at timestamptz not null
);
alter table engine.process enable row level security;
alter table engine.process force row level security;
create policy everybody on engine.process to ordo_app, ordo_owner, ordo_maintenance using (true) with check (true);
grant select, insert, update, delete on engine.process to ordo_app, ordo_maintenance;

-- The steps that have something due, each with its tenant: an index skip scan, so its cost is the number of (tenant, step), not of jobs.
create function engine.due(at timestamptz) returns table (tenant_id uuid, step text, due_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  with recursive pair as (
    (select j.tenant_id, j.step, j.due_at from engine.job j order by j.tenant_id, j.step, j.due_at limit 1)
    union all
    select n.tenant_id, n.step, n.due_at
      from pair p cross join lateral (
        select j.tenant_id, j.step, j.due_at from engine.job j
         where (j.tenant_id, j.step) > (p.tenant_id, p.step)
         order by j.tenant_id, j.step, j.due_at limit 1) n
  )
  select pair.tenant_id, pair.step, pair.due_at from pair where pair.due_at <= at
$$;
revoke execute on function engine.due(timestamptz) from public;
grant execute on function engine.due(timestamptz) to ordo_app, ordo_maintenance;

-- The batches that workers left behind which have not been seen since; only for the recovery step of a living worker.
create function engine.orphaned_batches(seen_before timestamptz) returns table (tenant_id uuid, worker_id uuid, slot smallint, job_ids uuid[])
  language sql stable security definer set search_path = pg_catalog as $$
  select b.tenant_id, b.worker_id, b.slot, b.job_ids from engine.worker_batch b
   where not exists (select from engine.process p where p.process_id = b.worker_id and p.seen_at >= seen_before)
   order by b.tenant_id, b.worker_id, b.slot limit 1000
$$;
revoke execute on function engine.orphaned_batches(timestamptz) from public;
grant execute on function engine.orphaned_batches(timestamptz) to ordo_app, ordo_maintenance;

create schema outbox;
grant usage on schema outbox to ordo_app, ordo_maintenance;

-- What happened, and the history of every aggregate: subject moved to version. Append-only, partitioned by month.
create table outbox.event (
  tenant_id uuid not null,
  event_id uuid not null,
  type text collate "C" not null,
  subject uuid not null,
  version integer not null,
  at timestamptz not null,
  actor text not null,
  data jsonb not null,
  primary key (tenant_id, event_id)
) partition by range (event_id);
create table outbox.event_default partition of outbox.event default;
alter table outbox.event_default enable row level security;
alter table outbox.event_default force row level security;
create index event_subject on outbox.event (tenant_id, subject, version);
select platform.close_ledger('outbox.event');

-- Committed events in a gap-free order per tenant; only the feed step writes here and moves the counter.
create table outbox.feed (
  tenant_id uuid not null,
  position bigint not null,
  event_id uuid not null,
  type text collate "C" not null,
  subject uuid not null,
  primary key (tenant_id, position, event_id)
) partition by range (event_id);
create table outbox.feed_default partition of outbox.feed default;
alter table outbox.feed_default enable row level security;
alter table outbox.feed_default force row level security;
select platform.close_ledger('outbox.feed');

create table outbox.feed_counter (
  tenant_id uuid primary key,
  last_position bigint not null,
  -- positions up to here are no longer kept
  purged_position bigint not null default 0
);
select platform.close_table('outbox.feed_counter');

create table outbox.webhook_endpoint (
  tenant_id uuid not null,
  endpoint_id uuid not null,
  url text not null,
  types text[] not null default '{}',
  secrets jsonb not null,
  state text not null default 'active' check (state in ('active', 'paused', 'disabled')),
  state_reason text,
  next_position bigint not null,
  created_at timestamptz not null,
  primary key (tenant_id, endpoint_id)
);
select platform.close_table('outbox.webhook_endpoint');

create table outbox.webhook_delivery (
  tenant_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  position bigint not null,
  state text not null check (state in ('pending', 'delivered', 'failed')),
  attempts smallint not null default 0,
  last_status smallint,
  last_outcome text,
  updated_at timestamptz not null,
  primary key (tenant_id, endpoint_id, event_id)
);
create index webhook_delivery_state on outbox.webhook_delivery (tenant_id, endpoint_id, state, position);
select platform.close_table('outbox.webhook_delivery');

create schema files;
grant usage on schema files to ordo_app, ordo_maintenance;

create table files.object (
  tenant_id uuid not null,
  file_id uuid not null,
  sha256 bytea not null,
  media_type text not null,
  bytes bytea not null check (octet_length(bytes) <= 1048576),
  person_id uuid,
  keep_until timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, file_id)
);
create index object_keep on files.object (tenant_id, keep_until);
create index object_person on files.object (tenant_id, person_id) where person_id is not null;
select platform.close_table('files.object');
