-- W3 the units in fulfilments are those of their order lines, bucket by bucket, unless warehouse.cancel is on its way to them
with work as (
  select l.tenant_id, l.order_id, l.line_no,
         sum(l.to_pick) filter (where f.state = 'planned') as allocated, sum(l.to_pick) filter (where f.state <> 'planned') as released,
         sum(l.picked) as picked, sum(l.packed) as packed, sum(l.shipped) as shipped
    from warehouse.fulfilment_line l join warehouse.fulfilment_order f on f.tenant_id = l.tenant_id and f.fulfilment_id = l.fulfilment_id
   group by l.tenant_id, l.order_id, l.line_no),
compared as (
  select coalesce(o.tenant_id, w.tenant_id) as tenant_id, coalesce(o.order_id, w.order_id) as order_id, coalesce(o.line_no, w.line_no) as line_no,
         o.allocated, w.allocated as work_allocated, o.released, w.released as work_released, o.picked, w.picked as work_picked, o.packed, w.packed as work_packed,
         o.shipped + o.delivered + o.return_requested + o.returned + o.restocked + o.written_off + o.lost as gone, w.shipped as work_shipped
    from orders.order_line o full join work w on w.tenant_id = o.tenant_id and w.order_id = o.order_id and w.line_no = o.line_no)
select tenant_id, order_id, line_no, allocated, work_allocated, released, work_released, picked, work_picked, packed, work_packed, gone, work_shipped
  from compared c
 where (coalesce(allocated, 0) <> coalesce(work_allocated, 0) or coalesce(released, 0) <> coalesce(work_released, 0) or coalesce(picked, 0) <> coalesce(work_picked, 0)
        or coalesce(packed, 0) <> coalesce(work_packed, 0) or coalesce(gone, 0) <> coalesce(work_shipped, 0))
   and not exists (select from engine.job j where j.tenant_id = c.tenant_id and j.step = 'warehouse.cancel' and j.subject = c.order_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = c.tenant_id and d.step = 'warehouse.cancel' and d.subject = c.order_id)
