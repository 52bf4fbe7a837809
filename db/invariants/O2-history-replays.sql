-- O2 the last state event in the history of an order is its present commercial state
with last as (
  select distinct on (tenant_id, subject) tenant_id, subject, type from outbox.event
   where type in ('order.placed', 'order.confirmed', 'order.closed', 'order.cancelled', 'order.rejected')
   order by tenant_id, subject, version desc)
select o.tenant_id, o.order_id, o.commercial, l.type from orders.order o
  left join last l on l.tenant_id = o.tenant_id and l.subject = o.order_id
 where o.commercial <> 'draft' and l.type is distinct from 'order.' || o.commercial
