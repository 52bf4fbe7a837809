-- W7 what a fulfilment holds lies allocated at its location for its order line, unless a cancellation or a broken promise is on its way to it
with work as (
  select l.tenant_id, l.order_id, l.line_no, f.location_id, sum(l.to_pick + l.picked + l.packed) as quantity
    from warehouse.fulfilment_line l join warehouse.fulfilment_order f on f.tenant_id = l.tenant_id and f.fulfilment_id = l.fulfilment_id
   where f.state in ('planned', 'released', 'picking', 'packed') group by l.tenant_id, l.order_id, l.line_no, f.location_id),
held as (
  select a.tenant_id, r.demand_id as order_id, r.demand_line as line_no, a.location_id, sum(a.open) as quantity
    from inventory.allocation a join inventory.reservation r on r.tenant_id = a.tenant_id and r.reservation_id = a.reservation_id
   where a.open > 0 group by a.tenant_id, r.demand_id, r.demand_line, a.location_id),
compared as (
  select coalesce(w.tenant_id, h.tenant_id) as tenant_id, coalesce(w.order_id, h.order_id) as order_id, coalesce(w.line_no, h.line_no) as line_no,
         coalesce(w.location_id, h.location_id) as location_id, coalesce(w.quantity, 0) as in_work, coalesce(h.quantity, 0) as allocated
    from work w full join held h on h.tenant_id = w.tenant_id and h.order_id = w.order_id and h.line_no = w.line_no and h.location_id = w.location_id)
select tenant_id, order_id, line_no, location_id, in_work, allocated from compared c
 where in_work <> allocated
   and not exists (select from engine.job j where j.tenant_id = c.tenant_id and j.step in ('warehouse.cancel', 'orders.break-lines') and j.subject = c.order_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = c.tenant_id and d.step in ('warehouse.cancel', 'orders.break-lines') and d.subject = c.order_id)
