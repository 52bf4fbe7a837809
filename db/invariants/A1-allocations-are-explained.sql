-- A1 every allocation has the explanation of its decision
select e.tenant_id, e.subject as order_id, e.event_id from outbox.event e
 where e.type = 'order.allocated' and e.data ? 'decision_id'
   and not exists (select from allocation.explanation x where x.tenant_id = e.tenant_id and x.decision_id = (e.data ->> 'decision_id')::uuid and x.order_id = e.subject)
