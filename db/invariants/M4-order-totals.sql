-- M4 an order's total is the sum of its lines and charges, with tax where prices exclude it
select o.tenant_id, o.order_id, o.total, l.net, c.amount from orders.order o
  left join (select tenant_id, order_id, sum(net) as net, sum(gross) as gross, sum(discount) as discount, sum(tax) as tax from orders.order_line group by tenant_id, order_id) l
    on l.tenant_id = o.tenant_id and l.order_id = o.order_id
  left join (select tenant_id, order_id, sum(amount) as amount, sum(tax) as tax from orders.charge group by tenant_id, order_id) c
    on c.tenant_id = o.tenant_id and c.order_id = o.order_id
 where o.total <> coalesce(l.net, 0) + coalesce(c.amount, 0) + case when o.prices_include_tax then 0 else coalesce(c.tax, 0) end
    or coalesce(l.net, 0) <> coalesce(l.gross - l.discount, 0) + case when o.prices_include_tax then 0 else coalesce(l.tax, 0) end
