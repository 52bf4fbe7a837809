-- Y1 a comparison that is over has nothing waiting, one that is done has replayed every order, and no row belongs to none
select c.tenant_id, c.comparison_id, c.state, c.done, c.orders
  from lab.comparison c
 where (c.state = 'done' and c.done <> c.orders)
    or (c.ended_at is not null and (
         exists (select from lab.queue q where q.tenant_id = c.tenant_id and q.comparison_id = c.comparison_id)
         or exists (select from lab.stretch s where s.tenant_id = c.tenant_id and s.comparison_id = c.comparison_id)))
union all
select r.tenant_id, r.comparison_id, 'gone', 0, 0
  from (select tenant_id, comparison_id from lab.queue union select tenant_id, comparison_id from lab.stretch
        union select tenant_id, comparison_id from lab.changed union select tenant_id, comparison_id from lab.load) r
 where not exists (select from lab.comparison c where c.tenant_id = r.tenant_id and c.comparison_id = r.comparison_id)
