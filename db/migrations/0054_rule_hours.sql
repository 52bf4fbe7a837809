-- Rules tell how many different orders they took, and how many of these they sent, whatever is tried again; counts are added up by the hour, so that a week of them stays small.

-- Rows are still added, never changed, so that batches do not wait for each other; every few minutes they go into the hours below.
alter table policies.hit
  -- when the rule took these orders for the first time: what it sends of them later counts there too
  -- the program before this one counted by another rule and names no time: what it adds meanwhile counts nowhere
  add column at timestamptz not null default '-infinity',
  -- of orders that it took then, those that it sends now for the first time, whole or in part; null where rules send nothing
  add column sent integer check (sent >= 0),
  alter column version_id drop not null,
  drop constraint hit_orders_check,
  add constraint hit_orders_check check (orders >= 0);
drop index policies.hit_kind;

create table policies.rule_hour (
  tenant_id uuid not null,
  kind text collate "C" not null,
  hour timestamptz not null,
  rule_id text collate "C" not null,
  -- that it took for the first time in this hour
  orders integer not null check (orders >= 0),
  sent integer check (sent >= 0),
  primary key (tenant_id, kind, hour, rule_id)
);
select platform.close_table('policies.rule_hour');

-- What was decided in the last eight days is counted from its reasons; a decision's id tells its time.
with since as (
  select (regexp_replace(lpad(to_hex((extract(epoch from now() - interval '8 days') * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\1-\2') || '-7000-8000-000000000000')::uuid as id)
insert into policies.rule_hour (tenant_id, kind, hour, rule_id, orders, sent)
select tenant_id, 'allocation', date_trunc('hour', at, 'UTC'), rule_id, count(*), count(*) filter (where sent)
  from (select tenant_id, order_id, detail->'rule'->>1 as rule_id, min(at) as at, bool_or(cost is not null) as sent
          from allocation.explanation where decision_id >= (select id from since) and detail ? 'rule' group by 1, 2, 3) taken
 where not exists (select from allocation.explanation e
                    where e.tenant_id = taken.tenant_id and e.order_id = taken.order_id and e.decision_id < (select id from since) and e.detail->'rule'->>1 = taken.rule_id)
 group by 1, 3, 4;
-- An order is screened once: what was counted is right; the time stands in the id.
insert into policies.rule_hour (tenant_id, kind, hour, rule_id, orders)
select tenant_id, kind, date_trunc('hour', to_timestamp(('x' || left(replace(hit_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0), 'UTC') as hour, rule_id, sum(orders)
  from policies.hit where kind <> 'allocation' group by 1, 2, 3, 4;
delete from policies.hit;
