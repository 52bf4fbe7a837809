-- S2 reserved of a network row is the sum of its open reservations
select coalesce(n.tenant_id, r.tenant_id) as tenant_id, coalesce(n.network_id, r.network_id) as network_id, coalesce(n.sku, r.sku) as sku, n.reserved, r.open
  from inventory.network_stock n
  full join (select tenant_id, network_id, sku, sum(open) as open from inventory.reservation where ended_at is null group by tenant_id, network_id, sku) r
    on r.tenant_id = n.tenant_id and r.network_id = n.network_id and r.sku = n.sku
 where coalesce(n.reserved, 0) <> coalesce(r.open, 0)
