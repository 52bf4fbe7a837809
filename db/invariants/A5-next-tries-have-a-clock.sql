-- A5 what waits for its next try has a job that looks for it by then, or a dead letter
select x.tenant_id, x.exception_id, x.order_id, x.try_again_at from allocation.exception x
 where x.resolved_at is null and x.try_again_at is not null
   and not exists (select from engine.job j where j.tenant_id = x.tenant_id and j.step = 'allocation.try-again'
                    and (j.due_at <= x.try_again_at + interval '1 minute' or j.attempts > 0))
   and not exists (select from engine.dead_letter d where d.tenant_id = x.tenant_id and d.step = 'allocation.try-again')
