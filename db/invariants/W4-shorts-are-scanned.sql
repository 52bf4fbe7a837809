-- W4 the short units of a fulfilment line are those that somebody scanned as short, each once
with told as (
  select tenant_id, fulfilment_id, order_id, line_no, sum(quantity) as quantity from warehouse.short_pick group by tenant_id, fulfilment_id, order_id, line_no)
select coalesce(l.tenant_id, t.tenant_id) as tenant_id, coalesce(l.fulfilment_id, t.fulfilment_id) as fulfilment_id, l.order_id, l.line_no, l.short, t.quantity as told
  from warehouse.fulfilment_line l
  full join told t on t.tenant_id = l.tenant_id and t.fulfilment_id = l.fulfilment_id and t.order_id = l.order_id and t.line_no = l.line_no
 where coalesce(l.short, 0) <> coalesce(t.quantity, 0)
