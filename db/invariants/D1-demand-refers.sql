-- D1 lines and holds belong to orders that exist, and lines to SKUs that the catalogue has
select l.tenant_id, l.order_id, 'line without order' as what from orders.order_line l where not exists (select from orders.order o where o.tenant_id = l.tenant_id and o.order_id = l.order_id)
union all
select h.tenant_id, h.order_id, 'hold without order' from orders.hold h where not exists (select from orders.order o where o.tenant_id = h.tenant_id and o.order_id = h.order_id)
union all
select l.tenant_id, l.order_id, 'line of unknown SKU ' || l.sku from orders.order_line l where not exists (select from catalog.sku s where s.tenant_id = l.tenant_id and s.sku = l.sku)
