-- S2 allocated of a stock row is the sum of its open allocations
select coalesce(s.tenant_id, a.tenant_id) as tenant_id, coalesce(s.location_id, a.location_id) as location_id, coalesce(s.sku, a.sku) as sku, s.allocated, a.open
  from inventory.stock s
  full join (select tenant_id, location_id, sku, lot, sum(open) as open from inventory.allocation where open > 0 group by tenant_id, location_id, sku, lot) a
    on a.tenant_id = s.tenant_id and a.location_id = s.location_id and a.sku = s.sku and a.lot = s.lot
 where coalesce(s.allocated, 0) <> coalesce(a.open, 0)
