-- Rules tell how many different orders they took, and how many of these they sent, whatever is tried again; counts are added up by the hour, so that a week of them stays small.
-- Who decides meanwhile waits for nothing here: the table is new, and of the others rows are only read, or deleted where nobody else has them.

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

-- What was decided in the last eight days is counted from its reasons, each order where its rule took it first. Ids tell their times: only the months of these
-- days are read, and what came before is looked up by the index of each order that is old enough to have it. What is decided while this runs is not counted.
do $$
declare
  since constant uuid := (lpad(to_hex((extract(epoch from now() - interval '8 days') * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;
  -- decisions are younger than their orders; a day is left for clocks that differ
  young constant uuid := (lpad(to_hex((extract(epoch from now() - interval '7 days') * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;
begin
  insert into policies.rule_hour (tenant_id, kind, hour, rule_id, orders, sent)
  select tenant_id, 'allocation', date_trunc('hour', at, 'UTC'), rule_id, count(*), count(*) filter (where sent)
    from (select tenant_id, order_id, detail->'rule'->>1 as rule_id, min(at) as at, bool_or(cost is not null) as sent
            from allocation.explanation where decision_id >= since and detail ? 'rule' group by 1, 2, 3) taken
    left join lateral (
      select true as found from allocation.explanation e
       where taken.order_id < young and e.tenant_id = taken.tenant_id and e.order_id = taken.order_id
         and e.decision_id < since and e.detail->'rule'->>1 = taken.rule_id
       limit 1) earlier on true
   where earlier.found is null
   group by 1, 3, 4;
end $$;

-- An order is screened once: what was counted of that is right, and its time stands in the id. What was counted of allocation by another rule goes.
with mine as materialized (
  select tenant_id, hit_id from policies.hit for update skip locked),
gone as (
  delete from policies.hit h using mine m where h.tenant_id = m.tenant_id and h.hit_id = m.hit_id
  returning h.tenant_id, h.kind, h.hit_id, h.rule_id, h.orders)
insert into policies.rule_hour (tenant_id, kind, hour, rule_id, orders)
select tenant_id, kind, date_trunc('hour', to_timestamp(('x' || left(replace(hit_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0), 'UTC') as hour, rule_id, sum(orders)
  from gone where kind <> 'allocation' group by 1, 2, 3, 4;
