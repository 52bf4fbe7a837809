-- V1 an order is screened at most once, and none is confirmed without
select e.tenant_id, e.subject as order_id, 'twice' as fault from outbox.event e
 where e.type = 'order.screened' group by e.tenant_id, e.subject having count(*) > 1
union all
select c.tenant_id, c.subject, 'never' from outbox.event c
 where c.type = 'order.confirmed' and c.actor = 'step:orders.verify-payment'
   and not exists (select from outbox.event s where s.tenant_id = c.tenant_id and s.subject = c.subject and s.type = 'order.screened')
