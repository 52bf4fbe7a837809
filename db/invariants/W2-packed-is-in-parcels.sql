-- W2 what a fulfilment line has packed and shipped is what lies in its parcels: nothing is packed twice, nothing leaves unpacked
with inside as (
  select l.tenant_id, p.fulfilment_id, l.order_id, l.line_no,
         sum(l.quantity) filter (where p.state in ('packed', 'labelled')) as packed,
         sum(l.quantity) filter (where p.state in ('handed_over', 'delivered', 'lost')) as shipped
    from shipping.parcel_line l join shipping.parcel p on p.tenant_id = l.tenant_id and p.parcel_id = l.parcel_id
   where p.state <> 'voided' group by l.tenant_id, p.fulfilment_id, l.order_id, l.line_no)
select coalesce(f.tenant_id, i.tenant_id) as tenant_id, coalesce(f.fulfilment_id, i.fulfilment_id) as fulfilment_id, coalesce(f.order_id, i.order_id) as order_id,
       coalesce(f.line_no, i.line_no) as line_no, f.packed, i.packed as packed_in_parcels, f.shipped, i.shipped as shipped_in_parcels
  from warehouse.fulfilment_line f
  full join inside i on i.tenant_id = f.tenant_id and i.fulfilment_id = f.fulfilment_id and i.order_id = f.order_id and i.line_no = f.line_no
 where coalesce(f.packed, 0) <> coalesce(i.packed, 0) or coalesce(f.shipped, 0) <> coalesce(i.shipped, 0)
