-- A6 a rule counts no more orders of an hour than it decided then, nor more of them as sent; less only where the program before this one decided
with counted as (
  select tenant_id, rule_id, hour, sum(orders) as orders, sum(sent) as sent
    from (select tenant_id, rule_id, hour, orders, sent from policies.rule_hour where kind = 'allocation'
          union all
          select tenant_id, rule_id, date_trunc('hour', at, 'UTC'), orders, sent from policies.hit where kind = 'allocation' and isfinite(at)) every_count
   group by tenant_id, rule_id, hour),
first as (
  select tenant_id, order_id, detail->'rule'->>1 as rule_id, date_trunc('hour', min(at), 'UTC') as hour, bool_or(cost is not null) as sent
    from allocation.explanation where at >= (select min(hour) from counted) and detail ? 'rule' group by 1, 2, 3),
decided as (
  select tenant_id, rule_id, hour, count(*) as orders, count(*) filter (where sent) as sent from first group by 1, 2, 3)
select c.tenant_id, c.rule_id, c.hour, c.orders, d.orders as decided, c.sent, d.sent as decided_to_send
  from counted c left join decided d using (tenant_id, rule_id, hour)
 where c.orders > coalesce(d.orders, 0) or c.sent > coalesce(d.sent, 0)
