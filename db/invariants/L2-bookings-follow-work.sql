-- L2 a booking that has not ended is of a fulfilment that is still to be packed, or the word of its end is on its way
select b.tenant_id, b.fulfilment_id, b.location_id, f.state
  from capacity.booking b
  left join warehouse.fulfilment_order f on f.tenant_id = b.tenant_id and f.fulfilment_id = b.fulfilment_id
 where b.ended_at is null and (f.state is null or f.state in ('packed', 'shipped', 'cancelled'))
   and not exists (select from engine.job j where j.tenant_id = b.tenant_id and j.step = 'capacity.end-bookings' and j.subject = b.fulfilment_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = b.tenant_id and d.step = 'capacity.end-bookings' and d.subject = b.fulfilment_id)
