-- X1 no open work was planned at a location while a disruption that is in force had closed it, unless it is just being moved away
select p.tenant_id, d.disruption_id, p.order_id, p.location_id
  from disruptions.disruption d
  join warehouse.v_open_place p on p.tenant_id = d.tenant_id and p.location_id = any (d.location_ids)
 where d.state in ('applying', 'active') and p.planned_at > d.applied_at
   and p.planned_at >= d.from_at and (d.until_at is null or p.planned_at < d.until_at)
   and not exists (select from disruptions.affected a where a.tenant_id = d.tenant_id and a.disruption_id = d.disruption_id and a.order_id = p.order_id and a.result is null)
   and not exists (select from engine.job j where j.tenant_id = d.tenant_id and j.step = 'disruptions.roll' and j.subject = d.disruption_id)
   and not exists (select from engine.dead_letter l where l.tenant_id = d.tenant_id and l.step = 'disruptions.roll' and l.subject = d.disruption_id)
