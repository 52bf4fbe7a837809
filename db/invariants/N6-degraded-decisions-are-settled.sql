-- N6 once everything is good again that an order was decided under, it has been priced again, or a job will do it
select d.tenant_id, d.order_id
  from allocation.degraded_decision d
  join modes.degradation g on g.tenant_id = d.tenant_id and g.degradation_id = d.degradation_id
 where d.result is null
   and not exists (select from engine.job j where j.tenant_id = d.tenant_id and j.step = 'allocation.reconcile')
   and not exists (select from engine.dead_letter l where l.tenant_id = d.tenant_id and l.step = 'allocation.reconcile')
 group by d.tenant_id, d.order_id
having bool_and(g.ended_at is not null)
