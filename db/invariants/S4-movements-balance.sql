-- S4 every movement has two sides, and over all places, those outside too, the units of a SKU sum to zero
with sides as (
  select tenant_id, sku, quantity from inventory.movement where to_place <> ''
  union all
  select tenant_id, sku, -quantity from inventory.movement where from_place <> '')
select tenant_id, sku, sum(quantity) as units from sides group by tenant_id, sku having sum(quantity) <> 0
