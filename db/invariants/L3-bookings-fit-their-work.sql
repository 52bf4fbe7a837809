-- L3 the bookings of a fulfilment that have not ended have its lines, no more and no less, or the word of what left it is on its way
select b.tenant_id, b.fulfilment_id, b.lines, f.lines as living
  from (select tenant_id, fulfilment_id, sum(lines) as lines from capacity.booking where ended_at is null group by tenant_id, fulfilment_id) b
  join warehouse.v_fulfilment_state f on f.tenant_id = b.tenant_id and f.fulfilment_id = b.fulfilment_id
 where f.state in ('planned', 'released', 'picking') and b.lines <> f.lines
   and not exists (select from engine.job j where j.tenant_id = b.tenant_id and j.step = 'capacity.end-bookings' and j.subject = b.fulfilment_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = b.tenant_id and d.step = 'capacity.end-bookings' and d.subject = b.fulfilment_id)
