-- M1 the entries of every booking sum to zero in each currency, and no booking is without entries
select b.tenant_id, b.booking_id, e.currency, sum(e.amount) as sum from payment.booking b
  left join payment.entry e on e.tenant_id = b.tenant_id and e.booking_id = b.booking_id
 group by b.tenant_id, b.booking_id, e.currency
having sum(e.amount) is distinct from 0
