-- R1 the units of returns are those of their order lines: never more comes back than was delivered, nor is more decided as lost than was lost
with back as (
  select l.tenant_id, l.order_id, l.line_no, sum(awaited) as awaited, sum(arrived) as arrived, sum(restocked) as restocked, sum(written_off) as written_off,
         coalesce(sum(withdrawn) filter (where r.reason in ('lost', 'reshipped')), 0) as lost
    from returns.return_line l join returns.return r on r.tenant_id = l.tenant_id and r.return_id = l.return_id
   group by l.tenant_id, l.order_id, l.line_no)
select coalesce(o.tenant_id, b.tenant_id) as tenant_id, coalesce(o.order_id, b.order_id) as order_id, coalesce(o.line_no, b.line_no) as line_no,
       o.return_requested, b.awaited, o.returned, b.arrived, o.restocked, b.restocked as restocked_by_returns, o.written_off, b.written_off as written_off_by_returns,
       o.lost, b.lost as lost_by_returns
  from orders.order_line o full join back b on b.tenant_id = o.tenant_id and b.order_id = o.order_id and b.line_no = o.line_no
 where coalesce(o.return_requested, 0) <> coalesce(b.awaited, 0) or coalesce(o.returned, 0) <> coalesce(b.arrived, 0)
    or coalesce(o.restocked, 0) <> coalesce(b.restocked, 0) or coalesce(o.written_off, 0) <> coalesce(b.written_off, 0)
    or coalesce(o.lost, 0) < coalesce(b.lost, 0)
