-- S3 supply of a network row is what lies sellable at its open locations
select coalesce(n.tenant_id, s.tenant_id) as tenant_id, coalesce(n.network_id, s.network_id) as network_id, coalesce(n.sku, s.sku) as sku, n.supply, s.sellable
  from inventory.network_stock n
  full join (select st.tenant_id, l.network_id, st.sku, sum(st.on_hand - st.unsellable) as sellable
               from inventory.stock st join inventory.location l on l.tenant_id = st.tenant_id and l.location_id = st.location_id and l.is_open
              group by st.tenant_id, l.network_id, st.sku) s
    on s.tenant_id = n.tenant_id and s.network_id = n.network_id and s.sku = n.sku
 where coalesce(n.supply, 0) <> coalesce(s.sellable, 0)
