-- R2 what is owed for returns is at most what was paid for the units that came back or were lost, and payment was asked for no more than it grants
with owed as (
  select tenant_id, order_id, sum(refund_due) as due, sum(refund_asked) as asked from returns.return group by tenant_id, order_id),
worth as (
  -- a minor unit of each line may fall on either side of a split
  select o.tenant_id, o.order_id, sum(ceil(o.net * (o.restocked + o.written_off + coalesce(g.units, 0))::numeric / o.ordered) + 1) as paid
    from orders.order_line o
    left join (select l.tenant_id, l.order_id, l.line_no, sum(l.withdrawn) as units
                 from returns.return_line l join returns.return r on r.tenant_id = l.tenant_id and r.return_id = l.return_id and r.reason = 'lost'
                group by l.tenant_id, l.order_id, l.line_no) g on g.tenant_id = o.tenant_id and g.order_id = o.order_id and g.line_no = o.line_no
   where o.restocked + o.written_off + coalesce(g.units, 0) > 0 group by o.tenant_id, o.order_id),
granted as (select tenant_id, demand_id, sum(granted) as granted from payment.intent group by tenant_id, demand_id)
select o.tenant_id, o.order_id, o.due, o.asked, w.paid, g.granted
  from owed o left join worth w on w.tenant_id = o.tenant_id and w.order_id = o.order_id
  left join granted g on g.tenant_id = o.tenant_id and g.demand_id = o.order_id
 where o.due > coalesce(w.paid, 0) or o.asked > coalesce(g.granted, 0)
