-- O5 units of a confirmed order that are reserved have a job that finds them a place, a hold, a person who looks, or wait for the rest of the order
select o.tenant_id, o.order_id from orders.order o
 where o.commercial = 'confirmed'
   and exists (select from orders.order_line l where l.tenant_id = o.tenant_id and l.order_id = o.order_id and l.reserved > 0)
   and not (o.shortage_policy = 'wait'
            and exists (select from orders.order_line l where l.tenant_id = o.tenant_id and l.order_id = o.order_id and l.backordered + l.open > 0))
   and not exists (select from orders.hold h where h.tenant_id = o.tenant_id and h.order_id = o.order_id and h.ended_at is null)
   and not exists (select from allocation.exception x where x.tenant_id = o.tenant_id and x.order_id = o.order_id and x.resolved_at is null)
   and not exists (select from engine.job j where j.tenant_id = o.tenant_id and j.subject = o.order_id
                    and j.step in ('allocation.allocate', 'allocation.reallocate', 'allocation.reallocate-rejected', 'orders.resume'))
   and not exists (select from engine.dead_letter d where d.tenant_id = o.tenant_id and d.subject = o.order_id
                    and d.step in ('allocation.allocate', 'allocation.reallocate', 'allocation.reallocate-rejected', 'orders.resume'))
