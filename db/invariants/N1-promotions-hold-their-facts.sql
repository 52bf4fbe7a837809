-- N1 what decisions read of a promotion begins and ends with it: a fact from its beginning while it is planned or on, none from its end on
select p.tenant_id, p.promotion_id, p.state
  from modes.promotion p
  cross join lateral (select case when p.state in ('planned', 'active') then p.until_at else greatest(p.ended_at, p.from_at) end as at) e
  cross join lateral (
    select (select f.value from platform.fact f where f.tenant_id = p.tenant_id and f.kind = 'promotion' and f.key = p.promotion_id::text and f.valid_from <= p.from_at
             order by f.valid_from desc, f.version_id desc limit 1) as begun,
           (select f.value from platform.fact f where f.tenant_id = p.tenant_id and f.kind = 'promotion' and f.key = p.promotion_id::text and f.valid_from <= e.at
             order by f.valid_from desc, f.version_id desc limit 1) as over,
           exists (select from (select distinct on (f.valid_from) f.value from platform.fact f
                                 where f.tenant_id = p.tenant_id and f.kind = 'promotion' and f.key = p.promotion_id::text and f.valid_from > e.at
                                 order by f.valid_from, f.version_id desc) later where later.value is not null) as comes_back) v
 where v.over is not null or v.comes_back or (p.state in ('planned', 'active') and v.begun is null)
