-- O4 every order that was accepted has its order.placed event
select o.tenant_id, o.order_id from orders.order o
 where o.commercial <> 'draft' and not exists (select from outbox.event e where e.tenant_id = o.tenant_id and e.subject = o.order_id and e.type = 'order.placed')
