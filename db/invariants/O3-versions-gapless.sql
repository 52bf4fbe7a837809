-- O3 the versions of an order's events are one to its version without a gap
select o.tenant_id, o.order_id, o.version, e.events, e.first, e.last from orders.order o
  left join (select tenant_id, subject, count(*) as events, count(distinct version) as versions, min(version) as first, max(version) as last from outbox.event group by tenant_id, subject) e
    on e.tenant_id = o.tenant_id and e.subject = o.order_id
 where e.events is distinct from o.version or e.versions is distinct from o.version or e.first <> 1 or e.last <> o.version
