-- X2 each order of a plan in force has its outcome (moved, kept with its cause, before a person, waiting, gone), or a job that will settle it
select a.tenant_id, a.disruption_id, a.order_id, d.state
  from disruptions.affected a
  join disruptions.disruption d on d.tenant_id = a.tenant_id and d.disruption_id = a.disruption_id
 where d.state not in ('draft', 'planned', 'discarded')
   and (a.result is null or a.back = 'asked' or (d.state = 'undone' and a.result in ('moved', 'part', 'inbox', 'waits') and a.back is null)
        or (a.result = 'kept' and a.cause is null))
   and not exists (select from engine.job j where j.tenant_id = a.tenant_id and j.subject in (a.order_id, a.disruption_id)
                    and j.step in ('disruptions.roll', 'disruptions.take-out', 'disruptions.bring-back', 'disruptions.settle', 'allocation.allocate'))
   and not exists (select from engine.dead_letter l where l.tenant_id = a.tenant_id and l.subject in (a.order_id, a.disruption_id)
                    and l.step in ('disruptions.roll', 'disruptions.take-out', 'disruptions.bring-back', 'disruptions.settle', 'allocation.allocate'))
