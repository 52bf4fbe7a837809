-- S5 open reservations of an order line cover exactly its units that hold stock; units of cancelled lines keep it only until the warehouse has let go
with held as (
  select tenant_id, demand_id, demand_line, sum(open) as open from inventory.reservation where ended_at is null and expires_at is null group by tenant_id, demand_id, demand_line)
select coalesce(l.tenant_id, h.tenant_id) as tenant_id, coalesce(l.order_id, h.demand_id) as order_id, coalesce(l.line_no, h.demand_line) as line_no,
       coalesce(h.open, 0) as open, coalesce(l.units, 0) as units
  from (select tenant_id, order_id, line_no, reserved + allocated + released + picked + packed as units, cancelled from orders.order_line
         where reserved + allocated + released + picked + packed > 0) l
  full join held h on h.tenant_id = l.tenant_id and h.demand_id = l.order_id and h.demand_line = l.line_no
 where coalesce(h.open, 0) <> coalesce(l.units, 0)
   and not exists (select from engine.job j where j.tenant_id = coalesce(l.tenant_id, h.tenant_id) and j.subject = coalesce(l.order_id, h.demand_id) and j.step in ('warehouse.cancel', 'orders.break-lines', 'warehouse.break-lines'))
   and not exists (select from engine.dead_letter j where j.tenant_id = coalesce(l.tenant_id, h.tenant_id) and j.subject = coalesce(l.order_id, h.demand_id))
