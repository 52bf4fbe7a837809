-- L1 what is booked in a slot of a location is the sum of its bookings that are not cancelled, and what is done of it the sum of the packed ones
select tenant_id, location_id, starts_at, s.orders, b.orders as booked
  from capacity.slot s
  full join (select tenant_id, location_id, starts_at, count(*) as orders, sum(lines) as lines, sum(seconds) as seconds,
                    count(*) filter (where ended_by = 'packed') as done_orders,
                    coalesce(sum(lines) filter (where ended_by = 'packed'), 0) as done_lines,
                    coalesce(sum(seconds) filter (where ended_by = 'packed'), 0) as done_seconds
               from capacity.booking where ended_by is distinct from 'cancelled' group by tenant_id, location_id, starts_at) b
  using (tenant_id, location_id, starts_at)
 where (coalesce(s.orders, 0), coalesce(s.lines, 0), coalesce(s.seconds, 0), coalesce(s.done_orders, 0), coalesce(s.done_lines, 0), coalesce(s.done_seconds, 0))
       <> (coalesce(b.orders, 0), coalesce(b.lines, 0), coalesce(b.seconds, 0), coalesce(b.done_orders, 0), coalesce(b.done_lines, 0), coalesce(b.done_seconds, 0))
