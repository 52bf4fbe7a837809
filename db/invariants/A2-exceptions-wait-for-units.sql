-- A2 an open exception of allocation belongs to a confirmed order with units that wait for a place, or is about to be closed
select x.tenant_id, x.exception_id, x.order_id from allocation.exception x
 where x.resolved_at is null
   and not exists (select from orders.order o join orders.order_line l on l.tenant_id = o.tenant_id and l.order_id = o.order_id
                    where o.tenant_id = x.tenant_id and o.order_id = x.order_id and o.commercial = 'confirmed' and l.reserved + l.backordered > 0)
   and not exists (select from engine.job j where j.tenant_id = x.tenant_id and j.step in ('allocation.forget', 'allocation.allocate', 'allocation.follow-cancelled') and j.subject = x.order_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = x.tenant_id and d.step in ('allocation.forget', 'allocation.allocate', 'allocation.follow-cancelled') and d.subject = x.order_id)
