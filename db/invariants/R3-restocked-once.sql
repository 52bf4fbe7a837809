-- R3 every unit that a return put on the shelf or wrote off was booked into stock exactly once
with booked as (
  select tenant_id, reference, coalesce(sum(quantity) filter (where to_condition = 'sellable'), 0) as sellable,
         coalesce(sum(quantity) filter (where to_condition = 'unsellable'), 0) as unsellable
    from inventory.movement where kind = 'return' group by tenant_id, reference),
taken as (select tenant_id, return_id, sum(restocked) as restocked, sum(written_off) as written_off from returns.return_line group by tenant_id, return_id)
select coalesce(t.tenant_id, b.tenant_id) as tenant_id, t.return_id, t.restocked, b.sellable, t.written_off, b.unsellable
  from taken t full join booked b on b.tenant_id = t.tenant_id and b.reference = t.return_id
 where coalesce(t.restocked, 0) <> coalesce(b.sellable, 0) or coalesce(t.written_off, 0) <> coalesce(b.unsellable, 0)
