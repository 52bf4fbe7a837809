-- M7 what falls due at shipment is captured, or asked for, at most for what has left the warehouse
with line as (
  select tenant_id, order_id, net, ordered,
         shipped + delivered + return_requested + returned + restocked + written_off + lost as units
    from orders.order_line),
gone as (
  select tenant_id, order_id, sum(units) as units, sum(net) as goods,
         sum(net / ordered * units + sign(net) * least(units, abs(net % ordered))) as worth
    from line group by tenant_id, order_id),
money as (
  select tenant_id, demand_id, sum(captured + capturing) filter (where method in ('card', 'cod')) as at_shipment
    from payment.intent group by tenant_id, demand_id)
select g.tenant_id, g.order_id, g.units, m.at_shipment, g.worth, o.total - g.goods as charges
  from gone g join orders.order o on o.tenant_id = g.tenant_id and o.order_id = g.order_id
  join money m on m.tenant_id = g.tenant_id and m.demand_id = g.order_id
 where m.at_shipment > case when g.units = 0 then 0 else g.worth + o.total - g.goods end
