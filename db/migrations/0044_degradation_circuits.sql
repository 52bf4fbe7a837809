-- Degradations open after a threshold and close after a quiet time or by hand: what batches and the clock have seen of each is kept until it is counted.

alter table modes.degradation
  -- null: suspected; decisions are marked, nobody is told yet. The default is for processes of the version before
  add column opened_at timestamptz default now(),
  add column failed_orders integer not null default 0 check (failed_orders >= 0),
  -- when it was seen failing last, and how often good since then
  add column failed_at timestamptz not null default now(),
  add column good_probes integer not null default 0 check (good_probes >= 0),
  -- closed by hand: by whom and why
  add column ended_by text,
  add column end_reason text check (length(end_reason) between 1 and 500),
  add check ((ended_by is null) = (end_reason is null)),
  add check (ended_by is null or ended_at is not null);
update modes.degradation set opened_at = since, failed_at = since;

create or replace view modes.v_degradation with (security_invoker = true) as
  select tenant_id, degradation_id, kind, cause, keys, since, ended_at, opened_at, failed_orders, failed_at, good_probes, ended_by, end_reason from modes.degradation;

create or replace function modes.degraded_now() returns table (kind text, tenants integer) language sql stable security definer set search_path = pg_catalog as $$
  select kind, count(*)::int from modes.degradation where ended_at is null and opened_at is not null group by kind
$$;

-- What a batch or the clock has seen of a degradation; counted and deleted within a minute or two.
create table modes.degradation_sighting (
  tenant_id uuid not null,
  degradation_id uuid not null,
  sighting_id uuid not null,
  at timestamptz not null,
  good boolean not null,
  orders integer not null check (orders >= 0),
  keys text[] not null check (cardinality(keys) between 0 and 50),
  primary key (tenant_id, degradation_id, sighting_id)
);
select platform.close_table('modes.degradation_sighting');

-- Those that are open get the job that watches them.
insert into engine.job (tenant_id, step, due_at, job_id, subject)
  select tenant_id, 'allocation.watch-circuits', now(), degradation_id, degradation_id from modes.degradation where ended_at is null;
