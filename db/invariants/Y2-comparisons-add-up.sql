-- Y2 what a comparison counts is what its rows say: orders that changed, units by location and hour
select c.tenant_id, c.comparison_id, c.result->'changed'->>'all' as counted, n.changed
  from lab.comparison c
  cross join lateral (select count(*) as changed from lab.changed x where x.tenant_id = c.tenant_id and x.comparison_id = c.comparison_id) n
  cross join lateral (select coalesce(sum(l.a_units), 0) as a, coalesce(sum(l.b_units), 0) as b
                        from lab.load l where l.tenant_id = c.tenant_id and l.comparison_id = c.comparison_id) u
 where ((c.result->'changed'->>'all')::bigint, (c.result->'a'->>'units')::bigint, (c.result->'b'->>'units')::bigint) is distinct from (n.changed, u.a, u.b)
