-- Chores: what a process does now and then for all tenants together. One row each says when it is due; whoever takes it holds it for a time.
create table engine.chore (
  name text collate "C" primary key,
  due_at timestamptz not null,
  -- Nobody else takes it before this time; a process that dies with it lets it go then.
  taken_until timestamptz,
  done_at timestamptz,
  -- What the last run did, as it counts it itself.
  rows bigint not null default 0,
  last_error text
);
alter table engine.chore enable row level security;
alter table engine.chore force row level security;
create policy everybody on engine.chore to ordo_app, ordo_owner, ordo_maintenance using (true) with check (true);
grant select, insert, update, delete on engine.chore to ordo_app, ordo_maintenance;

-- Makes one month's partition of an append-only table, which the app itself may not. The name follows from table and month: nothing else can be made.
-- Answers whether it was made: not where it stands already, nor where rows of the month lie in the default partition, which then keeps that month.
create function platform.make_partition(parent text, month date, lower_id uuid, upper_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog set lock_timeout = '2s' as $$
declare
  name text := parent || to_char(month, '_YYYY_MM');
begin
  if parent !~ '^[a-z_]+\.[a-z_]+$' or not exists (select from pg_partitioned_table where partrelid = to_regclass(parent)) then
    raise exception 'no partitioned table %', parent;
  end if;
  if to_regclass(name) is not null then return false; end if;
  execute format('create table %s partition of %s for values from (%L) to (%L)', name, parent, lower_id, upper_id);
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  return true;
exception when check_violation then return false;
end $$;
revoke execute on function platform.make_partition(text, date, uuid, uuid) from public;
grant execute on function platform.make_partition(text, date, uuid, uuid) to ordo_app;

-- Takes the oldest positions of every tenant's feed whose events are older than an id, at most so many; answers how many went. The app only adds to the feed.
create function outbox.purge_feed(before_id uuid, at_most integer) returns bigint
  language sql security definer set search_path = pg_catalog as $$
  with old as (
    select f.tenant_id, max(f.position) as position from outbox.feed f where f.event_id < before_id group by f.tenant_id),
  taken as (
    select f.tenant_id, f.position from outbox.feed f join old on old.tenant_id = f.tenant_id and f.position <= old.position
     order by f.tenant_id, f.position limit at_most),
  moved as (
    update outbox.feed_counter c set purged_position = greatest(c.purged_position, s.position)
      from (select tenant_id, max(position) as position from taken group by tenant_id) s where c.tenant_id = s.tenant_id),
  gone as (
    delete from outbox.feed f using taken where f.tenant_id = taken.tenant_id and f.position = taken.position returning 1)
  select count(*) from gone
$$;
revoke execute on function outbox.purge_feed(uuid, integer) from public;
grant execute on function outbox.purge_feed(uuid, integer) to ordo_app, ordo_maintenance;

-- Finished deliveries of webhooks, of all tenants, at most so many.
create function outbox.purge_deliveries(before timestamptz, at_most integer) returns bigint
  language sql security definer set search_path = pg_catalog as $$
  with gone as (
    delete from outbox.webhook_delivery d using (
      select tenant_id, endpoint_id, event_id from outbox.webhook_delivery where state <> 'pending' and updated_at < before limit at_most) old
     where d.tenant_id = old.tenant_id and d.endpoint_id = old.endpoint_id and d.event_id = old.event_id returning 1)
  select count(*) from gone
$$;
revoke execute on function outbox.purge_deliveries(timestamptz, integer) from public;
grant execute on function outbox.purge_deliveries(timestamptz, integer) to ordo_app, ordo_maintenance;
