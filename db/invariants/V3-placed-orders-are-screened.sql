-- V3 a placed order whose units are reserved or backordered has been screened or is about to be
select o.tenant_id, o.order_id from orders.order o
 where o.commercial = 'placed'
   and not exists (select from orders.order_line l where l.tenant_id = o.tenant_id and l.order_id = o.order_id and l.open > 0)
   and not exists (select from outbox.event e where e.tenant_id = o.tenant_id and e.subject = o.order_id and e.type = 'order.screened')
   and not exists (select from engine.job j where j.tenant_id = o.tenant_id and j.subject = o.order_id and j.step in ('review.screen', 'orders.reserve', 'orders.resume'))
   and not exists (select from engine.dead_letter d where d.tenant_id = o.tenant_id and d.subject = o.order_id and d.step in ('review.screen', 'orders.reserve', 'orders.resume'))
   and not exists (select from orders.hold h where h.tenant_id = o.tenant_id and h.order_id = o.order_id and h.ended_at is null)
