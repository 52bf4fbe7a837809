-- W6 goods that wait to be put back cannot be sold: they lie among the unsellable of their location
with waiting as (
  select tenant_id, location_id, sku, lot, sum(quantity) as quantity from warehouse.put_back where done_at is null group by tenant_id, location_id, sku, lot)
select w.tenant_id, w.location_id, w.sku, w.lot, w.quantity, s.unsellable
  from waiting w left join inventory.stock s on s.tenant_id = w.tenant_id and s.location_id = w.location_id and s.sku = w.sku and s.lot = w.lot
 where w.quantity > coalesce(s.unsellable, 0)
