-- H6 units that the customer has were in a delivered parcel, and every unit of a delivered parcel arrived, came back or was given up
with arrived as (
  select l.tenant_id, l.order_id, l.line_no, sum(l.quantity) as quantity
    from shipping.parcel_line l join shipping.parcel p on p.tenant_id = l.tenant_id and p.parcel_id = l.parcel_id and p.state = 'delivered'
   group by l.tenant_id, l.order_id, l.line_no)
select o.tenant_id, o.order_id, o.line_no, o.delivered, o.return_requested, coalesce(a.quantity, 0) as arrived
  from orders.order_line o left join arrived a on a.tenant_id = o.tenant_id and a.order_id = o.order_id and a.line_no = o.line_no
 where o.delivered + o.return_requested > coalesce(a.quantity, 0)
    or coalesce(a.quantity, 0) > o.delivered + o.return_requested + o.returned + o.restocked + o.written_off + o.lost
