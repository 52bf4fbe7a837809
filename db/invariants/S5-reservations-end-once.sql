-- S5 every unit of a reservation ends once: consumed, released or broken, and what is allocated of it is open
select r.tenant_id, r.reservation_id, r.quantity, r.open, r.consumed, r.released, r.broken, a.open as allocated
  from inventory.reservation r
  left join (select tenant_id, reservation_id, sum(open) as open, sum(consumed) as consumed from inventory.allocation group by tenant_id, reservation_id) a
    on a.tenant_id = r.tenant_id and a.reservation_id = r.reservation_id
 where r.quantity <> r.open + r.consumed + r.released + r.broken or (r.ended_at is null) <> (r.open > 0)
    or coalesce(a.open, 0) > r.open or coalesce(a.consumed, 0) <> r.consumed
