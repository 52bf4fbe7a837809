-- N7 a degradation that is not over has a job that looks at it by the clock, or that job is among the dead letters
select g.tenant_id, g.degradation_id, g.kind
  from modes.degradation g
 where g.ended_at is null
   and not exists (select from engine.job j where j.tenant_id = g.tenant_id and j.step = 'allocation.watch-circuits' and j.subject = g.degradation_id)
   and not exists (select from engine.dead_letter l where l.tenant_id = g.tenant_id and l.step = 'allocation.watch-circuits' and l.subject = g.degradation_id)
