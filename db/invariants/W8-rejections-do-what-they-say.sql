-- W8 what was rejected has left its fulfilment order, and the stock was written down by as much as its reason wants, once
with told as (
  select r.tenant_id, r.fulfilment_id, l.order_id, l.line_no, sum(l.quantity) as quantity
    from warehouse.rejection r join warehouse.rejection_line l on l.tenant_id = r.tenant_id and l.rejection_id = r.rejection_id
   group by r.tenant_id, r.fulfilment_id, l.order_id, l.line_no),
down as (
  select r.tenant_id, r.rejection_id, r.reason, r.location_id, coalesce(sum(l.written_down), 0) as written_down
    from warehouse.rejection r left join warehouse.rejection_line l on l.tenant_id = r.tenant_id and l.rejection_id = r.rejection_id
   group by r.tenant_id, r.rejection_id, r.reason, r.location_id),
moved as (
  select d.tenant_id, d.rejection_id, sum(m.quantity) as quantity
    from down d join inventory.movement m on m.tenant_id = d.tenant_id and m.reference = d.rejection_id and m.from_place = d.location_id
     and m.kind = case d.reason when 'no_stock_found' then 'adjust' when 'damaged' then 'damage' when 'quality' then 'damage' end
   group by d.tenant_id, d.rejection_id)
select t.tenant_id, t.fulfilment_id as subject, 'still there' as wrong, t.quantity::bigint as told, coalesce(f.cancelled, 0)::bigint as found
  from told t left join warehouse.fulfilment_line f
    on f.tenant_id = t.tenant_id and f.fulfilment_id = t.fulfilment_id and f.order_id = t.order_id and f.line_no = t.line_no
 where coalesce(f.cancelled, 0) < t.quantity
union all
select d.tenant_id, d.rejection_id, 'stock differs', d.written_down::bigint, coalesce(m.quantity, 0)::bigint
  from down d left join moved m on m.tenant_id = d.tenant_id and m.rejection_id = d.rejection_id
 where d.written_down <> coalesce(m.quantity, 0)
union all
select r.tenant_id, r.rejection_id, 'no units', 0, 0 from warehouse.rejection r
 where not exists (select from warehouse.rejection_line l where l.tenant_id = r.tenant_id and l.rejection_id = r.rejection_id)
