-- S1 nothing is promised beyond supply and presale, nothing allocated beyond what lies there sellable
select tenant_id, network_id as place, sku, reserved as promised, supply + presale as there from inventory.network_stock where reserved > supply + presale or reserved < 0
union all
select tenant_id, location_id, sku, allocated, on_hand - unsellable from inventory.stock where allocated > on_hand - unsellable or allocated < 0
