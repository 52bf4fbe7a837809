-- N4 a degradation that has opened and is not over is what decisions read of its kind, and any other is not
select g.tenant_id, g.degradation_id, g.kind, g.ended_at
  from modes.degradation g
  left join lateral (
    select f.value ->> 'degradation_id' as degradation_id from platform.fact f
     where f.tenant_id = g.tenant_id and f.kind = 'degradation' and f.key = g.kind order by f.valid_from desc, f.version_id desc limit 1) f on true
 where (g.ended_at is null and g.opened_at is not null) is distinct from (f.degradation_id is not distinct from g.degradation_id::text)
