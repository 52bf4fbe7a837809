-- O7 one order per channel and external id
select tenant_id, channel, external_id, count(*) as orders from orders.order group by tenant_id, channel, external_id having count(*) > 1
