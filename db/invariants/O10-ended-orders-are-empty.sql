-- O10 a cancelled or rejected order has no living unit, and a closed one none that still moves
select o.tenant_id, o.order_id, o.commercial from orders.order o
 where o.commercial in ('cancelled', 'rejected', 'closed') and exists (
   select from orders.order_line l where l.tenant_id = o.tenant_id and l.order_id = o.order_id
      and l.open + l.backordered + l.reserved + l.allocated + l.released + l.picked + l.packed + l.shipped > 0)
