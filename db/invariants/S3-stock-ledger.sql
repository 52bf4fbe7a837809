-- S3 on hand and unsellable of a stock row are the sums of its movements
with sides as (
  select tenant_id, to_place as place, sku, lot, quantity as on_hand, case when to_condition = 'unsellable' then quantity else 0 end as unsellable from inventory.movement
  union all
  select tenant_id, from_place, sku, lot, -quantity, case when from_condition = 'unsellable' then -quantity else 0 end from inventory.movement),
ledger as (select tenant_id, place, sku, lot, sum(on_hand) as on_hand, sum(unsellable) as unsellable from sides where place not like '@%' group by tenant_id, place, sku, lot)
select coalesce(s.tenant_id, l.tenant_id) as tenant_id, coalesce(s.location_id, l.place) as location_id, coalesce(s.sku, l.sku) as sku, s.on_hand, l.on_hand as moved, s.unsellable, l.unsellable as moved_unsellable
  from inventory.stock s full join ledger l on l.tenant_id = s.tenant_id and l.place = s.location_id and l.sku = s.sku and l.lot = s.lot
 where coalesce(s.on_hand, 0) <> coalesce(l.on_hand, 0) or coalesce(s.unsellable, 0) <> coalesce(l.unsellable, 0)
