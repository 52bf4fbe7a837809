-- O5 a planned fulfilment order waits for something: a job of one of its orders, or a hold that somebody will end
select f.tenant_id, f.fulfilment_id from warehouse.fulfilment_order f
 where f.state = 'planned'
   and not exists (
     select from warehouse.fulfilment_line l
      where l.tenant_id = f.tenant_id and l.fulfilment_id = f.fulfilment_id
        and (exists (select from engine.job j where j.tenant_id = f.tenant_id and j.step in ('warehouse.release', 'warehouse.cancel', 'orders.resume') and j.subject = l.order_id)
             or exists (select from engine.dead_letter d where d.tenant_id = f.tenant_id and d.step in ('warehouse.release', 'warehouse.cancel', 'orders.resume') and d.subject = l.order_id)
             or exists (select from orders.hold h where h.tenant_id = f.tenant_id and h.order_id = l.order_id and h.ended_at is null)))
